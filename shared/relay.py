"""The relay rings for what is due, and is the clock: python -m shared.relay

It claims due deliveries under a lease, commits, then rings: no lock is held while it talks
to Redis. What is not acknowledged within its lease is rung for again, each time later. One relay lets
no more than HIGH messages a queue lie in Redis. When the broker was restarted or emptied, what it held is
gone, so all leases are dropped at once; when Postgres was, too, for what workers were at was undone; when a
worker was, those of its services, for whatever it was at is lost.
Any number of relays may run.
"""

import contextlib
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event as Flag

import psycopg
import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from shared import log
from shared.config import config
from shared.queues import BEGUN_ANEW, PREFIX, QUEUES, bell

HIGH = 400
BATCH = 200

#: Seconds between looks when nobody rings.
POLL = 1.0

#: Longest lease, in units of the first: 20 s doubles up to about ten minutes.
LONGEST = 32

logger = structlog.get_logger()

CLAIM = """
    UPDATE bus.deliveries d
    SET attempts = d.attempts + 1,
        due_at = clock_timestamp() + make_interval(secs =>
            CASE WHEN d.queue LIKE '%%.urgent' THEN %(urgent)s ELSE %(normal)s END
            * least(power(2, d.attempts), %(longest)s) * (1 + random() * 0.2))
    FROM unnest(%(queues)s::text[], %(rooms)s::int[]) AS q (queue, room),
        LATERAL (SELECT id FROM bus.deliveries WHERE queue = q.queue AND quarantined_at IS NULL
                 AND due_at <= clock_timestamp() ORDER BY due_at, id LIMIT q.room FOR UPDATE SKIP LOCKED) AS due
    WHERE d.id = due.id
    RETURNING d.id, d.subscriber, d.queue, d.attempts
"""
GIVE_BACK = """
    UPDATE bus.deliveries SET attempts = greatest(attempts - 1, 0), due_at = clock_timestamp() WHERE id = ANY (%s)
"""
DROP_LEASES = """
    UPDATE bus.deliveries SET due_at = clock_timestamp()
    WHERE attempts > 0 AND due_at > clock_timestamp() AND quarantined_at IS NULL
        AND subscriber = coalesce(%s, subscriber)
"""
#: Lies in Redis for as long as it forgets nothing.
MARK = f"{PREFIX}relay.was.here"

#: A claim that a power cut takes back is only rung for again, so its commit need not wait for the disk. What a worker
#: does about it is safe: its own commit waits, and for all that was written before it too.
HURRY = "SET synchronous_commit = off"
FORGET_OLD_KEYS = "DELETE FROM bus.idempotency WHERE created_at < now() - interval '7 days'"


@dataclass
class Relay:
    """One connection to Postgres, one to Redis, and what it knows of the latter."""

    postgres: psycopg.Connection
    redis: Redis
    stop: Flag = field(default_factory=Flag)
    run_id: str | None = None
    postgres_began: datetime | None = None
    begun_anew: set[str] = field(default_factory=set)  # services whose worker, or a process of it, did
    rooms: dict[str, int] = field(default_factory=dict)  # how many messages each queue can still take

    def forever(self) -> None:
        self.postgres.execute(HURRY)
        self.postgres.execute("LISTEN deliveries")
        self.postgres.execute(f"LISTEN {BEGUN_ANEW}")
        self.notice_new_postgres()
        next_look = next_sweep = 0.0
        while not self.stop.is_set():
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + POLL
                self.postgres.execute("SELECT bus.tick()")
                self.notice_restart()
                self.lay([])
            if time.monotonic() >= next_sweep:
                next_sweep = time.monotonic() + 3600
                self.sweep()
            self.drop_leases_of_those_that_died()
            if self.ring() < BATCH:
                wait = max(0.0, min(POLL, next_look - time.monotonic()))
                for news in self.postgres.notifies(timeout=wait, stop_after=1):
                    self.hear(news)

    def ring(self) -> int:
        """Ring once for everything that is due and fits; return how much that was."""
        claimed = self.claim()
        if not claimed:
            return 0
        try:
            self.lay(claimed)
        except (RedisError, OSError):
            self.postgres.execute(GIVE_BACK, [[row[0] for row in claimed]])
            raise
        return len(claimed)

    def claim(self) -> list[tuple]:
        facts = {
            "queues": list(self.rooms),
            "rooms": list(self.rooms.values()),
            "normal": config().lease_seconds,
            "urgent": config().urgent_lease_seconds,
            "longest": LONGEST,
        }
        return sorted(self.postgres.execute(CLAIM, facts).fetchall())

    def lay(self, claimed: list[tuple]) -> None:
        """Lay a bell for each of these into its queue, and learn in the same breath how many more the queues can take.

        Until the next time they only get emptier; where there are several relays, each may add a batch unseen.
        """
        pipe = self.redis.pipeline(transaction=False)
        for delivery_id, subscriber, queue, attempt in claimed:
            pipe.lpush(PREFIX + queue, bell(subscriber, queue, delivery_id, attempt))
        for queue in QUEUES:
            pipe.llen(PREFIX + queue)
        depths = pipe.execute()[len(claimed) :]
        self.rooms = {queue: max(0, min(BATCH, HIGH - depth)) for queue, depth in zip(QUEUES, depths, strict=True)}

    def notice_restart(self) -> None:
        run_id, emptied = self.redis.info("server")["run_id"], self.redis.set(MARK, "", nx=True)
        if emptied or self.run_id not in (None, run_id):
            reopened = self.postgres.execute(DROP_LEASES, [None]).rowcount
            logger.warning("broker restarted or emptied: ringing again", deliveries=reopened)
        self.run_id = run_id

    def notice_new_postgres(self) -> None:
        """Whatever workers were at when it died was undone, and need not wait until its lease is over."""
        [began] = self.postgres.execute("SELECT pg_postmaster_start_time()").fetchone() or [None]
        if self.postgres_began not in (None, began):
            reopened = self.postgres.execute(DROP_LEASES, [None]).rowcount
            logger.warning("Postgres begun anew: ringing again", deliveries=reopened)
        self.postgres_began = began

    def hear(self, news: psycopg.Notify) -> None:
        if news.channel == BEGUN_ANEW:
            self.begun_anew.add(news.payload)

    def drop_leases_of_those_that_died(self) -> None:
        while self.begun_anew:
            service = self.begun_anew.pop()
            if reopened := self.postgres.execute(DROP_LEASES, [service]).rowcount:
                logger.warning("worker begun anew: ringing again", service=service, deliveries=reopened)

    def sweep(self) -> None:
        self.postgres.execute("SELECT bus.make_partitions()")
        self.postgres.execute(FORGET_OLD_KEYS)


def relay_until(stop: Flag) -> None:
    """Relay until told to stop, through any absence of Postgres or Redis."""
    run_id = began = None
    while not stop.is_set():
        relay = None
        try:
            url = config().database_url_for("relay").replace("postgresql+psycopg://", "postgresql://")
            with psycopg.connect(url, autocommit=True) as postgres, broker() as redis:
                relay = Relay(postgres, redis, stop, run_id, began)
                relay.forever()
        except (psycopg.OperationalError, RedisError, OSError) as error:
            logger.warning("no Postgres or no Redis; once more in half a second", error=type(error).__name__)
            run_id, began = (relay.run_id, relay.postgres_began) if relay else (run_id, began)
            stop.wait(0.5)


def broker() -> Redis:
    """A connection that finds out within seconds that the other end is gone."""
    return Redis.from_url(
        config().redis_url,
        password=config().redis_password or None,
        socket_timeout=15,
        socket_connect_timeout=3,
        health_check_interval=10,
        retry=Retry(NoBackoff(), 0),  # the relay gives back what it could not ring for, and tries again itself
    )


def main() -> None:
    log.configure("relay")
    stop = Flag()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with contextlib.suppress(KeyboardInterrupt):
        relay_until(stop)


if __name__ == "__main__":
    main()
