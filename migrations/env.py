"""What Alembic runs: on the connection that upgrade() hands over."""

from importlib import import_module
from typing import Any

from alembic import context

from migrations.protect import SERVICES

METADATA = [import_module(f"services.{service}.models").Base.metadata for service in SERVICES]


def ours(name: str | None, kind: str, parents: Any) -> bool:
    """Compare the services' schemas only; partitions are the database's own business."""
    if kind == "schema":
        return name in SERVICES
    return not (kind == "table" and name and name.rstrip("0123456789_other").endswith("_"))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    include_schemas=True,
    include_name=ours,
    version_table_schema="public",
)
with context.begin_transaction():
    context.run_migrations()
