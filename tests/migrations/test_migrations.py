"""The database that the migrations make is the one that the models speak of."""

from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from embedded import postgres
from migrations.protect import SERVICES
from migrations.scope import ours
from migrations.upgrade import downgrade, upgrade

METADATA = [import_module(f"services.{service}.models").Base.metadata for service in SERVICES]


def test_the_models_say_what_the_database_has(engine):
    with engine.connect() as connection:
        options = {"include_schemas": True, "include_name": ours, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, METADATA) == []  # type: ignore[arg-type]


def test_down_and_up_again_and_twice_is_once(server, tmp_path):
    other = postgres.start(tmp_path / "other", durable=False)
    try:
        upgrade(other.url)
        upgrade(other.url)
        downgrade(other.url, "0001")
        upgrade(other.url)

        with create_engine(other.url).connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM bus.partitioned")).scalar_one() > 0
    finally:
        other.stop()
