"""Answers by SMS."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0023_sms_replies")
    protect(op.get_bind(), "notify")


def downgrade() -> None:
    op.execute("""
        ALTER TABLE notify.messages DROP COLUMN answered_way;
        DROP TABLE notify.sms_questions, notify.sms_replies;
    """)
