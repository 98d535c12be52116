"""The database that the migrations make is the one that the models speak of."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from embedded import postgres
from migrations.__main__ import is_current
from migrations.protect import SERVICES
from migrations.scope import compared, ours
from migrations.upgrade import downgrade, upgrade

METADATA = [import_module(f"services.{service}.models").Base.metadata for service in SERVICES]


@pytest.mark.filterwarnings("ignore:Did not recognize type .ltree.")  # its own type in the models
def test_the_models_say_what_the_database_has(engine):
    with engine.connect() as connection:
        options = {"include_schemas": True, "include_name": ours, "include_object": compared, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, METADATA) == []  # type: ignore[arg-type]


def test_a_database_at_the_last_revision_is_left_alone(server):
    assert is_current(server.url)


def test_down_and_up_again_and_twice_is_once(server, tmp_path):
    other = postgres.start(tmp_path / "other", durable=False)
    try:
        assert not is_current(other.url)
        upgrade(other.url)
        upgrade(other.url)
        downgrade(other.url, "0001")
        upgrade(other.url)

        engine = create_engine(other.url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM bus.partitioned")).scalar_one() > 0
        engine.dispose()
    finally:
        other.stop()
