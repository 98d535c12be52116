"""What Alembic runs: on the connection that upgrade() hands over."""

from importlib import import_module

from alembic import context

from migrations.patience import LOCK_TIMEOUT
from migrations.protect import SERVICES
from migrations.scope import compared, ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[import_module(f"services.{service}.models").Base.metadata for service in SERVICES],
    include_schemas=True,
    include_name=ours,  # type: ignore[arg-type]
    include_object=compared,
    version_table_schema="public",
)
with context.begin_transaction():  # all revisions in one: either the database is new, or it is as it was
    context.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    context.run_migrations()
