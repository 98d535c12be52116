"""The bus, the roles, and the first committee."""

from alembic import op

from migrations.protect import make_roles, protect_bus
from migrations.script import run_script
from shared.config import config

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0001_bus")
    make_roles(op.get_bind())
    protect_bus(op.get_bind())
    op.get_bind().exec_driver_sql(
        "INSERT INTO bus.committees VALUES (%s, 'sanshundian', '三顺店社区区域联合党委')", (config().committee_id,)
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA bus CASCADE")
