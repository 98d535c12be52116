"""The audit log: a chain of rows that nobody changes."""

from alembic import op

from migrations.script import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0006_audit")


def downgrade() -> None:
    op.execute("DROP SCHEMA audit CASCADE")
