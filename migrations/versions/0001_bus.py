"""The bus, the roles, and the first committee."""

from pathlib import Path

from alembic import op

from migrations.protect import make_roles, protect_bus
from shared.config import config

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql(Path(__file__).parents[1].joinpath("bus.sql").read_text().replace("%", "%%"))
    make_roles(connection)
    protect_bus(connection)
    connection.exec_driver_sql(
        "INSERT INTO bus.committees VALUES (%s, 'sanshundian', '三顺店社区区域联合党委')", (config().committee_id,)
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA bus CASCADE")
