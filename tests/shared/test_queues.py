"""The relay's bells are messages as Celery itself would send them."""

from base64 import b64decode
from uuid import uuid4

import orjson
import pytest
from redis import Redis

from embedded import valkey
from shared import bus
from shared.config import config
from shared.queues import PREFIX, bell

QUEUE, DELIVERY = "notify.urgent", uuid4()


@pytest.fixture
def redis(tmp_path, server, monkeypatch):
    """What Celery and we lay our messages into."""
    running = valkey.start(tmp_path)
    monkeypatch.setenv("REDIS_URL", running.url)
    config.cache_clear()
    with Redis.from_url(running.url) as redis:
        yield redis
    monkeypatch.undo()
    config.cache_clear()
    running.stop()


@pytest.fixture
def celerys(redis):
    """The message that Celery makes of the same."""
    bus.connect()
    with bus.celery.connection_for_write() as connection:
        bus.celery.send_task("notify.receive", [str(DELIVERY), 2], queue=QUEUE, retry=False, connection=connection)
    return orjson.loads(redis.rpop(PREFIX + QUEUE))


def test_a_bell_says_what_celerys_message_says(celerys):
    ours = orjson.loads(bell("notify", QUEUE, DELIVERY, 2))

    assert orjson.loads(b64decode(ours["body"])) == orjson.loads(b64decode(celerys["body"]))
    for part in ("headers", "properties"):
        told, meant = _lasting(ours[part]), _lasting(celerys[part])
        assert told.items() <= meant.items()
        left_out = {name for name in meant.keys() - told.keys() if meant[name]}
        assert left_out <= {"argsrepr", "kwargsrepr", "origin", "reply_to"}


def _lasting(facts: dict) -> dict:
    """What does not differ from one message to the next; nested facts as text, so that they compare."""
    ids = {"id", "root_id", "correlation_id", "delivery_tag"}
    return {name: str(value) for name, value in facts.items() if name not in ids and value not in (None, {}, [], 0)}


def test_no_two_bells_are_filed_under_one_id():
    tags = {orjson.loads(bell("notify", QUEUE, DELIVERY, 1))["properties"]["delivery_tag"] for _ in range(100)}

    assert len(tags) == 100
