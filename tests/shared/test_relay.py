"""The relay rings again at once for what it learns was lost, and lets everything else be."""

from datetime import timedelta

import psycopg
import pytest
from redis import Redis

from embedded import valkey
from shared.queues import BEGUN_ANEW
from shared.relay import Relay

LEASED = """
    INSERT INTO bus.deliveries (subscriber, topic, queue, attempts, due_at)
    SELECT service, 'test', service, 1, clock_timestamp() + interval '1 hour' FROM unnest(%s::text[]) AS s (service)
"""
DUE = "SELECT subscriber FROM bus.deliveries WHERE topic = 'test' AND due_at <= clock_timestamp() ORDER BY subscriber"


@pytest.fixture
def valkey_server(tmp_path):
    running = valkey.start(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def relay(server, valkey_server):
    """A relay whose deliveries, one for notify and one for patrol, were rung for and are not acknowledged yet."""
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(LEASED, [["notify", "patrol"]])
        with Redis.from_url(valkey_server.url) as broker:
            yield Relay(owner, broker)
        owner.execute("DELETE FROM bus.deliveries WHERE topic = 'test'")


def due(relay: Relay) -> list[str]:
    return [row[0] for row in relay.postgres.execute(DUE)]


def test_what_a_worker_was_at_is_rung_for_as_soon_as_another_takes_its_place(relay):
    relay.hear(psycopg.Notify(BEGUN_ANEW, "notify", 1))
    relay.drop_leases_of_those_that_died()

    assert due(relay) == ["notify"]


def test_news_of_deliveries_is_no_news_of_workers(relay):
    relay.hear(psycopg.Notify("deliveries", "", 1))
    relay.drop_leases_of_those_that_died()

    assert due(relay) == []


def test_a_broker_that_was_emptied_while_it_ran_on_is_noticed(relay):
    relay.notice_restart()
    relay.postgres.execute("UPDATE bus.deliveries SET due_at = clock_timestamp() + interval '1 hour'")
    relay.notice_restart()
    assert due(relay) == []

    relay.redis.flushall()
    relay.notice_restart()

    assert due(relay) == ["notify", "patrol"]


def test_when_postgres_has_begun_anew_everything_is_rung_for_again(relay):
    relay.notice_new_postgres()
    assert due(relay) == []

    relay.postgres_began -= timedelta(seconds=1)
    relay.notice_new_postgres()

    assert due(relay) == ["notify", "patrol"]
