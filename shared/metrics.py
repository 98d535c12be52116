"""Figures for operators, as Prometheus reads them: of this process, and of the whole installation.

The latter come from Postgres and the broker, so that any one process answers for all. They are asked for on a
connection of their own: a pool that is used up is just what somebody wants to see.
Who is alarmed when: deploy/prometheus/alerts.yml.
"""

import time
from collections.abc import Iterable, Iterator
from hmac import compare_digest
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy.pool import QueuePool

from shared import db, upkeep
from shared.config import config
from shared.errors import Unauthenticated
from shared.live import hub
from shared.queues import queue_of

#: A figure: its name, its labels, its value.
Row = tuple[str, dict[str, str], float]

#: From a check-in's few milliseconds to what nobody waits for.
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter("http_requests", "Requests answered", ["service", "route", "method", "status"])
SMS_REPLIES = Counter("sms_replies", "Replies by SMS that were read, by what came of them", ["outcome"])
SECONDS = Histogram("http_request_seconds", "Time to the answer", ["service", "route"], buckets=BUCKETS)

#: All other figures; each is called joint_<name>.
FIGURES = {
    "postgres_up": "Whether Postgres answered with the figures of the installation",
    "schema_revision": "Number of the last migration that Postgres has seen",
    "delivery_oldest_seconds": "Age of the oldest delivery that is not done, quarantined ones apart",
    "deliveries_open": "Deliveries that are not done, quarantined ones apart",
    "deliveries_quarantined": "Deliveries that failed too often and wait for a person",
    "relay_tick_age_seconds": "Time since the clock last struck",
    "worker_beat_age_seconds": "Time since the worker of a service last showed that it works",
    "postgres_connections": "Connections that programs have to Postgres",
    "postgres_connections_limit": "Connections that Postgres allows",
    "postgres_oldest_transaction_seconds": "Age of the oldest transaction",
    "wal_archive_failing": "Whether the last try to archive changes failed; absent where none are archived",
    "wal_archived_age_seconds": "Time since changes were last archived; absent where none are",
    "upkeep_age_seconds": "Time since the last backup, restore drill, anchor and check of the audit log; +Inf: never",
    "upkeep_failed": "Whether the last of these went wrong",
    "sending_oldest_due_seconds": "How long the oldest sending is overdue, by class of message",
    "sendings_open": "Sendings that wait, are on their way, or were given up, however old",
    "sendings_last_hour": "Sendings of the last hour's events",
    "gateway_errors": "Sendings that stand at an error of their gateway, by kind of error",
    "broker_up": "Whether the broker answered",
    "broker_queue_length": "Messages that lie in a queue of the broker",
    "broker_memory_bytes": "Memory that the broker uses",
    "broker_memory_limit_bytes": "Memory that the broker may use; 0: no limit",
    "streams_open": "Event streams that this process holds open",
    "streams_limit": "Event streams that this process would hold open, for each service",
    "pool_in_use": "Connections to Postgres that this process is using, by service",
    "pool_size": "Connections to Postgres that this process may use, by service",
}

#: Seconds for which the installation's figures are kept.
FRESH = 5.0

ARCHIVED = """
    SELECT 'wal_archived_age_seconds', '{}'::jsonb,
        extract(epoch FROM clock_timestamp() - coalesce(last_archived_time, pg_postmaster_start_time()))::float8
    FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off'
"""

log = structlog.get_logger()


class Gauges:
    """Figures in the form in which generate_latest asks for them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)

    def collect(self) -> Iterator[Metric]:
        """All that there are, also those that have no value now."""
        for name, meaning in FIGURES.items():
            found = [(labels, value) for figure, labels, value in self.rows if figure == name]
            names = sorted(found[0][0]) if found else []
            family = GaugeMetricFamily(f"joint_{name}", meaning, labels=names)
            for labels, value in found:
                family.add_metric([labels[each] for each in names], value)
            yield family


class Installation:
    """The installation's figures, asked for once in a while however often we are."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.stale_at = 0.0
        self.lock = Lock()

    def figures(self, service: str) -> list[Row]:
        with self.lock:
            if time.monotonic() >= self.stale_at:
                found = list(of_postgres(service))
                self.rows = [*found, *of_broker(_queues(found)), *of_upkeep()]
                self.stale_at = time.monotonic() + FRESH
            return self.rows


installation = Installation()


def admit(token: str | None) -> None:
    """Refuse who does not show METRICS_TOKEN; without that setting, everybody."""
    ours = config().metrics_token
    if not ours or not compare_digest((token or "").encode(), ours.encode()):
        raise Unauthenticated


def exposition(service: str) -> tuple[bytes, str]:
    """All figures as text, and its content type."""
    ours = Gauges([*of_process(), *installation.figures(service)])
    return generate_latest() + generate_latest(ours), CONTENT_TYPE_LATEST


def of_process() -> Iterator[Row]:
    """What this process uses: event streams, connections to Postgres."""
    for service, pool in _pools().items():
        yield "streams_open", {"service": service}, _streams(service)
        yield "streams_limit", {"service": service}, config().max_streams
        yield "pool_in_use", {"service": service}, pool.checkedout()
        yield "pool_size", {"service": service}, pool.size()


def of_postgres(service: str) -> Iterator[Row]:
    """What Postgres knows of the installation. Any service may ask."""
    url = config().database_url_for(service).replace("postgresql+psycopg://", "postgresql://")
    try:
        with psycopg.connect(url, connect_timeout=2, options="-c statement_timeout=4s") as connection:
            found = connection.execute("SELECT name, labels, value FROM bus.figures()").fetchall()
            found += connection.execute(ARCHIVED).fetchall()
    except psycopg.Error as error:
        log.warning("no figures from Postgres", error=type(error).__name__)
        yield "postgres_up", {}, 0
        return
    yield "postgres_up", {}, 1
    yield from found


def of_broker(queues: list[str]) -> Iterator[Row]:
    """How full the broker is."""
    from redis import Redis, RedisError  # web processes need no broker, unless they are asked for this

    try:
        with Redis.from_url(config().redis_url, **_impatient(), password=config().redis_password or None) as broker:
            memory = broker.info("memory")
            depths = [broker.llen(f"joint:{queue}") for queue in queues]
    except (RedisError, OSError) as error:
        log.warning("no figures from the broker", error=type(error).__name__)
        yield "broker_up", {}, 0
        return
    yield "broker_up", {}, 1
    yield "broker_memory_bytes", {}, memory["used_memory"]
    yield "broker_memory_limit_bytes", {}, memory["maxmemory"]
    yield from (("broker_queue_length", {"queue": q}, depth) for q, depth in zip(queues, depths, strict=True))


def of_upkeep() -> Iterator[Row]:
    """When backups and the like were made last, as far as this process can see it."""
    for done in upkeep.standing(Path(config().data_dir)):
        yield "upkeep_age_seconds", {"what": done.kind}, done.age
        yield "upkeep_failed", {"what": done.kind}, float(done.failed)


def _streams(service: str) -> int:
    with hub(service).lock:
        return sum(map(len, hub(service).readers.values()))


def _queues(found: list[Row]) -> list[str]:
    services = [labels["service"] for name, labels, _ in found if name == "worker_beat_age_seconds"]
    return [queue_of(service, urgent=urgent) for service in services for urgent in (True, False)]


def _impatient() -> dict[str, Any]:
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)}


def _pools() -> dict[str, QueuePool]:
    """Of each service that this process runs. Its engine signs in by the service's name."""
    engines = [engine.engine for engine in db.engines()]
    return {engine.url.username: engine.pool for engine in engines if isinstance(engine.pool, QueuePool)}
