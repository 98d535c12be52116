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
    bus.celery.send_task("notify.receive", [str(DELIVERY), 2], queue=QUEUE, retry=False)
    bus.celery.pool.force_close_all()
    return orjson.loads(redis.rpop(PREFIX + QUEUE))


def test_a_bell_says_what_celerys_message_says(celerys):
    ours = orjson.loads(bell("notify", QUEUE, DELIVERY, 2))

    assert b64decode(ours["body"]) == b64decode(celerys["body"]).replace(b", ", b",").replace(b": ", b":")
    assert {name: ours[name] for name in ("content-type", "content-encoding")} == {
        name: celerys[name] for name in ("content-type", "content-encoding")
    }


@pytest.mark.parametrize("part", ["headers", "properties"])
def test_what_a_bell_leaves_out_means_nothing_to_us(celerys, part):
    ours = orjson.loads(bell("notify", QUEUE, DELIVERY, 2))
    new_each_time = {"id", "root_id", "correlation_id", "delivery_tag"}
    told, meant = ({name: m[part][name] for name in m[part].keys() - new_each_time} for m in (ours, celerys))

    assert told.items() <= {**meant, **told}.items()
    assert {name: told[name] for name in told} == {name: meant[name] for name in told}
    assert {name for name in meant.keys() - told.keys() if meant[name] not in (None, 0, {}, [])} <= {
        "argsrepr", "kwargsrepr", "origin", "reply_to",
    }  # fmt: skip


def test_no_two_bells_are_filed_under_one_id():
    tags = {orjson.loads(bell("notify", QUEUE, DELIVERY, 1))["properties"]["delivery_tag"] for _ in range(100)}

    assert len(tags) == 100
