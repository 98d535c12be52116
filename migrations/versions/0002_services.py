"""The tables of the four services."""

from importlib import import_module
from pathlib import Path

from alembic import op

from migrations.protect import SERVICES, protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for service in SERVICES:
        connection.exec_driver_sql(f"CREATE SCHEMA {service}")
        import_module(f"services.{service}.models").Base.metadata.create_all(connection)
        script = Path(__file__).parents[1].joinpath(f"{service}.sql")
        if script.exists():
            connection.exec_driver_sql(script.read_text().replace("%", "%%"))
        protect(connection, service)


def downgrade() -> None:
    for service in SERVICES:
        op.execute(f"DROP SCHEMA {service} CASCADE")
