"""Who asked to be forgotten, and what a restored database must not do twice."""

from alembic import op

from migrations.script import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0005_restored")


def downgrade() -> None:
    """Who was forgotten stays so; only the note of it goes."""
    op.execute("""
        DROP FUNCTION bus.begin_epoch, bus.forget, members.erase;
        DROP TABLE bus.epochs, members.erasures;
    """)
