"""Calls to which everybody answers together, drills, weather."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0022_together")
    protect(op.get_bind(), "patrol")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    """Shifts that the weather took stay cancelled; "in ten minutes" becomes "call me"."""
    op.execute("""
        UPDATE notify.messages SET answer = 'call_me' WHERE answer = 'later';
        ALTER TABLE notify.messages DROP CONSTRAINT messages_answer;
        ALTER TABLE notify.messages ADD CONSTRAINT messages_answer CHECK (answer IN ('ack', 'decline', 'call_me'));
        UPDATE events.venue_closures SET kind = 'other' WHERE kind IN ('heat', 'storm');
        ALTER TABLE events.venue_closures DROP CONSTRAINT venue_closures_kind;
        ALTER TABLE events.venue_closures ADD CONSTRAINT venue_closures_kind
            CHECK (kind IN ('cold', 'air', 'works', 'event', 'other'));
        ALTER TABLE events.venue_closures DROP COLUMN weather_id;
        DELETE FROM events.venue_exceptions WHERE weather_id IS NOT NULL;
        ALTER TABLE events.venue_exceptions DROP COLUMN weather_id;
        DROP TABLE events.weather_modes;
        ALTER TABLE patrol.shifts DROP COLUMN weather_id;
        DROP TABLE patrol.weather_modes, patrol.response_log, patrol.response_calls, patrol.responses;
        DROP FUNCTION patrol.refuse_to_rewrite();
    """)
