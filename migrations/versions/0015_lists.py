"""The three lists, and the joint meeting's agenda."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0015_lists")
    for service in ("events", "members"):
        protect(op.get_bind(), service)


def downgrade() -> None:
    op.execute("""
        DROP FUNCTION events.open_wish;
        DROP TABLE events.projects, events.claim_partners, events.claims, events.matches, events.offers,
            events.clearances, events.wishes, events.supports, events.needs, members.agenda_items;
    """)
