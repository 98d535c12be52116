"""The lecture hall, troupes, ten services, jobs."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0016_hall")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    """Lectures that were published stay, as activities."""
    op.execute("""
        DROP TABLE events.referrals, events.jobs, events.service_requests, events.service_cells,
            events.family_services, events.troupe_invitations, events.troupe_members, events.troupes,
            events.term_slots, events.terms, events.speaker_topics, events.speakers, events.topic_tallies,
            events.topic_votes, events.topics;
    """)
