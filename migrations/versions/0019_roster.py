"""Volunteers, templates and plans of the roster, swaps, cover."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0019_roster")
    protect(op.get_bind(), "patrol")


def downgrade() -> None:
    """Shifts that were published stay."""
    op.execute("""
        DROP TRIGGER z_admit_to_moved_crew ON patrol.shift_crew;
        DROP TRIGGER z_admit_to_crew ON patrol.shift_crew;
        DROP FUNCTION patrol.admit_to_crew, patrol.last_day;
        ALTER TABLE patrol.shifts DROP COLUMN outdoor;
        DROP TABLE patrol.cover_asks, patrol.covers, patrol.shift_swaps, patrol.roster_places, patrol.roster_slots,
            patrol.roster_plans, patrol.roster_patterns, patrol.volunteers;
    """)
