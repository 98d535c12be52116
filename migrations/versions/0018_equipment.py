"""Equipment and its loans."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0018_equipment")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    op.execute("DROP TABLE events.loans, events.equipment; DROP SEQUENCE events.loan_numbers;")
