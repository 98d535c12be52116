"""What is not urgent may be told together, in the morning or in the evening."""

from alembic import op

from migrations.script import run_script

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0024_digest")


def downgrade() -> None:
    """What waits for a digest goes out by itself; what is in one that waits does not go out."""
    op.execute("""
        DROP FUNCTION notify.trace, notify.last_digest, notify.next_digest, notify.digests_around;
        UPDATE notify.sendings SET state = 'queued' WHERE state = 'held';
        UPDATE notify.sendings SET state = 'cancelled' WHERE state = 'bundled';
        ALTER TABLE notify.sendings DROP CONSTRAINT sendings_state;
        ALTER TABLE notify.sendings ADD CONSTRAINT sendings_state CHECK (state IN (
            'queued', 'sending', 'sent', 'delivered', 'acknowledged', 'failed', 'gave_up', 'unknown', 'cancelled'));
        ALTER TABLE notify.sendings DROP COLUMN held_for, DROP COLUMN digest_id;
        ALTER TABLE notify.preferences DROP COLUMN digest;
    """)
    run_script("0024_trace_before")
