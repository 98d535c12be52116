"""The tables of the four services, and what their models cannot say."""

from alembic import op

from migrations.protect import SERVICES, protect
from migrations.script import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0002_services")
    for service in SERVICES:
        run_script(f"0002_{service}")
        protect(op.get_bind(), service)


def downgrade() -> None:
    op.execute("DROP SCHEMA access CASCADE")
    for service in SERVICES:
        op.execute(f"DELETE FROM bus.partitioned WHERE parent LIKE '{service}.%'")
        op.execute(f"DROP SCHEMA {service} CASCADE")
