"""How it was, as those say who were there."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0017_feedback")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    op.execute("DROP TABLE events.feedback, events.feedback_told")
