"""A worker that hangs is found, and none is blamed for what others do not do."""

from uuid import uuid4

import psycopg
import pytest
from redis import Redis

from embedded import valkey
from shared import bus, health
from shared.bus import SERVICES
from tests.stack import until

LONG_AGO = "now() - interval '10 minutes'"


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    running = valkey.start(tmp_path_factory.mktemp("health"))
    yield running
    running.stop()


@pytest.fixture
def owner(server):
    """The database itself: the question comes from another connection. What a test writes is taken back."""
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as owner:
        yield owner
        owner.execute("TRUNCATE bus.heartbeats, bus.schedules")


@pytest.fixture
def queue(redis):
    """A queue of the worker, in which a bell waits."""
    with Redis.from_url(redis.url) as client:
        client.rpush("joint:notify.urgent", "a bell")
        yield client
        client.flushall()


@pytest.fixture
def hangs(owner, server, redis, queue, monkeypatch):
    """Call it for the verdict on the worker of all services, who beat long ago while the clock ticks; in haste."""
    monkeypatch.setattr(health, "SUSPECTED", 0.5)
    monkeypatch.setattr(health, "BETWEEN_LOOKS", 0.1)
    owner.execute(f"INSERT INTO bus.heartbeats SELECT s, {LONG_AGO} FROM unnest(%s::text[]) AS s", [list(SERVICES)])
    _tick(owner, "now() + interval '1 minute'")  # it goes on ticking however slow this machine is

    def hangs(**other) -> bool:
        return health.hangs(SERVICES, **{"database_url": server.url, "redis_url": redis.url, "running": 3600, **other})

    until(lambda: health._was_there(queue))
    return hangs


def test_a_worker_that_is_silent_while_all_else_works_hangs(hangs):
    assert hangs()


def test_a_worker_that_beats_for_one_of_its_services_does_not_hang(hangs, owner):
    owner.execute("UPDATE bus.heartbeats SET at = now() + interval '1 minute' WHERE service = 'patrol'")

    assert not hangs()


def test_a_worker_that_has_never_beaten_is_still_starting(hangs, owner):
    owner.execute("DELETE FROM bus.heartbeats WHERE service = 'notify'")

    assert not hangs()


def test_a_worker_that_has_not_beaten_since_it_was_started_is_still_starting(hangs):
    assert not hangs(running=60)
    assert hangs(running=700)  # it has: it beat ten minutes ago


def test_a_worker_that_takes_bells_is_only_busy(hangs, queue, monkeypatch):
    look = health._oldest_bells

    def take_one_and_look(*at) -> list:
        queue.rpush("joint:notify.urgent", str(uuid4()))
        return look(*at)

    monkeypatch.setattr(health, "_oldest_bells", take_one_and_look)

    assert not hangs()


def test_a_worker_with_nothing_to_do_hangs_not(hangs, queue):
    queue.flushall()

    assert not hangs()


def test_the_queues_that_are_looked_at_are_those_of_the_bus():
    bus.connect()
    options = bus.celery.conf.broker_transport_options

    assert options["global_keyprefix"] == health.QUEUES
    assert set(bus.QUEUES) == {f"{service}{kind}" for service in SERVICES for kind in (".urgent", "")}


def test_a_worker_that_never_gets_to_its_first_beat_hangs(hangs):
    assert hangs(running=health.SLOWEST_START + 1)


def test_where_the_clock_stands_still_it_is_the_relay(hangs, owner):
    _tick(owner, LONG_AGO)

    assert not hangs()


def test_where_redis_is_away_it_is_redis(hangs, tmp_path):
    assert not hangs(redis_url=valkey.url(tmp_path))


def test_a_redis_that_was_away_until_just_now_excuses_the_worker(hangs, redis, monkeypatch):
    monkeypatch.setattr(health, "_suspect", lambda *_: True)
    assert hangs()

    monkeypatch.setattr(health, "SUSPECTED", 3600)  # longer than this Redis has been there
    assert not hangs()


def test_where_postgres_is_away_it_is_postgres(hangs, tmp_path):
    assert not hangs(database_url=f"postgresql+psycopg://app@/joint?host={tmp_path}")


def test_a_postgres_that_was_away_until_just_now_excuses_the_worker(hangs, owner, monkeypatch):
    owner.execute("UPDATE bus.heartbeats SET at = now() - interval '1 day'")
    monkeypatch.setattr(health, "SUSPECTED", 3600)  # longer than this Postgres has been there
    monkeypatch.setattr(health, "_was_there", lambda client: True)

    assert not hangs()


def _tick(owner, when: str) -> None:
    owner.execute("TRUNCATE bus.schedules")
    owner.execute(f"INSERT INTO bus.schedules VALUES ('test', 'notify', 'notify', interval '2 s', {when})")
