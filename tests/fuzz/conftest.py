"""A small world to fuzz in, and ways to see that what must not change did not."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import TextClause, text

from shared.config import config
from tests.security.standing import connection, standing, undone, world
from tests.security.world import OTHERS

__all__ = ["connection", "standing", "undone", "world"]

#: All rows that a committee has with a service, table by table, as one hash.
KEPT = text("""
    SELECT string_agg(format(
        $$SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM %I.%I t WHERE committee_id = %L$$,
        table_schema, table_name, CAST(:committee AS text)), ' UNION ALL ')
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE column_name = 'committee_id' AND table_type = 'BASE TABLE' AND table_schema = :service
        AND table_name !~ '_(\\d{4}_\\d\\d|other)$'
""")
EVENT = text("""
    INSERT INTO bus.events (topic, committee_id, subject, occurred_at, actor, correlation_id, data_class, payload)
    VALUES (:topic, :committee, :subject, :at, :actor, '', 'C', CAST(:payload AS jsonb)) RETURNING id
""")
DELIVERY = text("""
    INSERT INTO bus.deliveries (event_id, subscriber, topic, queue, attempts)
    VALUES (:event, :service, :topic, :service, 1) RETURNING id
""")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch) -> Iterator[None]:
    """What goes to disk goes to a folder of the test."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    config.cache_clear()
    yield
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def kept(connection, world) -> Callable[[str], list[str]]:
    """Call it for a fingerprint of all that the other committee has with a service, which may write nowhere else."""

    @cache
    def of(service: str) -> TextClause:
        return text(connection.execute(KEPT, {"committee": str(OTHERS), "service": service}).scalar_one())

    def kept(service: str) -> list[str]:
        return list(connection.execute(of(service)).scalars())

    return kept


@pytest.fixture
def forge(connection) -> Callable[..., UUID]:
    """Call it to put an event on the bus that no service published; the id of its delivery. Bytes are JSON already."""

    def forge(service: str, topic: str, payload: Any, **facts: Any) -> UUID:
        written = payload.decode() if isinstance(payload, bytes) else json.dumps(payload)
        event = connection.execute(EVENT, {"topic": topic, "payload": written, **facts}).scalar_one()
        return connection.execute(DELIVERY, {"event": event, "service": service, "topic": topic}).scalar_one()

    return forge
