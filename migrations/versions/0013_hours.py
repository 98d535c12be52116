"""The account of hours."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0013_hours")
    protect(op.get_bind(), "members")


def downgrade() -> None:
    op.execute("DROP TABLE members.hours")
