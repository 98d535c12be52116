"""What large lists need: indexes in the order of their pages, search by parts of words, and counts that are kept."""

from alembic import op

from migrations.script import run_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0008_large")


def downgrade() -> None:
    op.execute("""
        DROP FUNCTION notify.trace;
        DROP VIEW members.names, events.words;
        DROP INDEX members.people_name_pieces, events.activities_pieces;
        DROP FUNCTION bus.pieces;
        DROP TABLE members.tallies, notify.told_counts;
        DROP INDEX members.people_of_unit, members.memberships_heads, members.import_batches_newest,
            events.activities_by_start, events.activities_by_state, events.sign_ups_in_turn, patrol.shifts_by_start,
            patrol.shifts_by_state, patrol.shifts_handed_over, patrol.sos_newest, notify.texts_newest, notify.texts_of_class,
            notify.messages_to_answer;
        CREATE INDEX people_name_parts ON members.people USING gin (name gin_trgm_ops);
        CREATE INDEX people_unit_id ON members.people (unit_id);
        CREATE INDEX activities_to_check ON events.activities (starts_at, id) WHERE state = 'submitted';
        CREATE INDEX shifts_by_start ON patrol.shifts (starts_at, id);
    """)
    run_script("0008_trace_before")
