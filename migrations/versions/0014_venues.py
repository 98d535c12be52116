"""Venues: hours, closures, stewards, bookings."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0014_venues")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    op.execute("""
        DROP TABLE events.bookings, events.booking_series, events.venue_closures, events.venue_exceptions,
            events.venue_hours, events.steward_duties, events.venue_stewards, events.venues;
    """)
