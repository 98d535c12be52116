"""Cases: found, fixed, seen again."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0021_cases")
    protect(op.get_bind(), "patrol")


def downgrade() -> None:
    """Photos that were taken stay in their folder."""
    op.execute("""
        DROP TABLE patrol.knocks, patrol.photos, patrol.second_looks, patrol.case_rules, patrol.case_steps,
            patrol.case_reports, patrol.cases, patrol.units;
        ALTER TABLE patrol.zones DROP COLUMN kind;
    """)
