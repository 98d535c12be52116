"""What operators watch, and what is known of one correlation id."""

from alembic import op

from migrations.script import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0003_seen")


def downgrade() -> None:
    op.execute("DROP FUNCTION bus.figures, bus.trace, notify.figures, notify.trace")
