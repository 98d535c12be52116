"""Series, days, and changes of plan."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0011_series")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    """What is postponed is a draft again; occurrences stay, as activities of their own."""
    op.execute("""
        UPDATE events.activities SET state = 'draft', published_at = NULL WHERE state = 'postponed';
        ALTER TABLE events.activities DROP CONSTRAINT activities_state;
        ALTER TABLE events.activities ADD CONSTRAINT activities_state
            CHECK (state IN ('draft', 'submitted', 'sent_back', 'published', 'called_off'));
        DROP INDEX events.activities_of_series;
        ALTER TABLE events.activities DROP CONSTRAINT activities_occurrence;
        ALTER TABLE events.activities DROP COLUMN own, DROP COLUMN occurs_on, DROP COLUMN series_id;
        DROP TABLE events.swaps, events.poll_answers, events.polls, events.templates, events.standing_places,
            events.series, events.days;
    """)
