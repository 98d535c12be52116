"""Sign-up with rules, offers of seats, guests, attendance."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0012_sign_up")
    protect(op.get_bind(), "events")


def downgrade() -> None:
    """Who was offered a seat has it; guests, what people answered, and who was there are lost."""
    op.execute("""
        DELETE FROM events.sign_ups WHERE guest;
        UPDATE events.sign_ups SET state = 'going', offer_until = NULL WHERE state = 'offered';
        DROP INDEX events.sign_ups_seated, events.sign_ups_offers, events.sign_ups_asked, events.sign_ups_told;
        ALTER TABLE events.sign_ups DROP CONSTRAINT sign_ups_state, DROP CONSTRAINT sign_ups_offer;
        ALTER TABLE events.sign_ups ADD CONSTRAINT sign_ups_state CHECK (state IN ('going', 'waiting', 'cancelled'));
        ALTER TABLE events.sign_ups DROP COLUMN guest, DROP COLUMN party_size, DROP COLUMN part, DROP COLUMN quotas,
            DROP COLUMN by, DROP COLUMN by_id, DROP COLUMN why, DROP COLUMN asked_id, DROP COLUMN offer_until,
            DROP COLUMN details;
        DROP TABLE events.reminders, events.code_tries, events.sheets, events.attendances, events.guests;
        DROP SEQUENCE events.sheet_numbers;
        DROP FUNCTION events.quotas_of;
        ALTER TABLE events.series DROP COLUMN sign_up;
        ALTER TABLE events.activities DROP COLUMN sign_up, DROP COLUMN finished_at, DROP COLUMN credit_minutes;
        DROP INDEX events.people_phone_blind;
        ALTER TABLE events.people DROP COLUMN phone_blind;
    """)
