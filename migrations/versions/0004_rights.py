"""What the roles of Postgres could still do and need not."""

from alembic import op

from migrations.script import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0004_rights")


def downgrade() -> None:
    """Rights that were too wide are not given back; only the key of kept answers is narrower than it was."""
    op.execute("""
        DROP POLICY ours ON bus.idempotency;
        CREATE POLICY ours ON bus.idempotency USING (committee_id = bus.committee());
        DELETE FROM bus.idempotency;
        ALTER TABLE bus.idempotency DROP CONSTRAINT idempotency_pkey;
        ALTER TABLE bus.idempotency ADD PRIMARY KEY (committee_id, actor, route, key);
        ALTER TABLE bus.idempotency DROP COLUMN service;
    """)
