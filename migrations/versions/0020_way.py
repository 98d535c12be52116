"""On the way: checklists, key areas, pauses, joining on the spot, handovers that are read."""

from alembic import op

from migrations.protect import protect
from migrations.script import run_script

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0020_way")
    protect(op.get_bind(), "patrol")


def downgrade() -> None:
    op.execute("""
        DROP TABLE patrol.join_tries, patrol.crew_confirmations, patrol.pauses, patrol.checks, patrol.skips,
            patrol.checklists, patrol.tips, patrol.key_area_days, patrol.key_area_checkpoints, patrol.key_areas;
        DROP FUNCTION patrol.checklists_stay;
        ALTER TABLE patrol.shift_crew DROP COLUMN joined_at;
        ALTER TABLE patrol.shifts DROP COLUMN restored_at, DROP COLUMN carried, DROP COLUMN handover_read_at,
            DROP COLUMN handover_read_by;
    """)
