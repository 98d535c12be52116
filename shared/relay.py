"""The relay rings for what is due, and is the clock: python -m shared.relay

It claims due deliveries under a lease, commits, then rings: no lock is held while it talks
to Redis. What is not acknowledged within its lease is rung for again, each time later. Never
more than HIGH messages a queue lie in Redis. When the broker was restarted or emptied, what it held is
gone, so all leases are dropped at once; when a worker was, those of its services, for whatever it was at is lost.
Any number of relays may run.
"""

import contextlib
import signal
import time
from dataclasses import dataclass, field
from threading import Event as Flag

import psycopg
import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from shared import bus, log
from shared.config import config

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
MARK = "relay.was.here"
FORGET_OLD_KEYS = "DELETE FROM bus.idempotency WHERE created_at < now() - interval '7 days'"


@dataclass
class Relay:
    """One connection to Postgres, one to the broker, and what it knows of the latter."""

    postgres: psycopg.Connection
    stop: Flag = field(default_factory=Flag)
    run_id: str | None = None
    begun_anew: set[str] = field(default_factory=set)  # services whose worker, or a process of it, did

    def forever(self) -> None:
        self.postgres.execute("LISTEN deliveries")
        self.postgres.execute(f"LISTEN {bus.BEGUN_ANEW}")
        next_look = next_sweep = 0.0
        with bus.celery.connection_for_write() as broker:
            while not self.stop.is_set():
                if time.monotonic() >= next_look:
                    next_look = time.monotonic() + POLL
                    self.postgres.execute("SELECT bus.tick()")
                    self.notice_restart(broker)
                if time.monotonic() >= next_sweep:
                    next_sweep = time.monotonic() + 3600
                    self.sweep()
                self.drop_leases_of_those_that_died()
                if self.ring(broker) < BATCH:
                    wait = max(0.0, min(POLL, next_look - time.monotonic()))
                    for news in self.postgres.notifies(timeout=wait, stop_after=1):
                        self.hear(news)

    def ring(self, broker) -> int:
        """Ring once for everything that is due and fits; return how much that was."""
        rooms = self.rooms(broker)
        claimed = self.claim(rooms)
        if not claimed:
            return 0
        try:
            with bus.celery.amqp.Producer(broker.default_channel) as producer, producer.batch(max_size=BATCH):  # type: ignore[attr-defined]
                for delivery_id, subscriber, queue, attempt in claimed:
                    bus.celery.send_task(
                        bus.task_name(subscriber),
                        [str(delivery_id), attempt],
                        queue=queue,
                        producer=producer,
                        retry=False,
                    )
        except (OperationalError, RedisError, OSError):
            self.postgres.execute(GIVE_BACK, [[row[0] for row in claimed]])
            raise
        return len(claimed)

    def claim(self, rooms: dict[str, int]) -> list[tuple]:
        facts = {
            "queues": list(rooms),
            "rooms": list(rooms.values()),
            "normal": config().lease_seconds,
            "urgent": config().urgent_lease_seconds,
            "longest": LONGEST,
        }
        return sorted(self.postgres.execute(CLAIM, facts).fetchall())

    def rooms(self, broker) -> dict[str, int]:
        """How many messages each queue can still take."""
        pipe = broker.default_channel.client.pipeline(transaction=False)
        for queue in bus.QUEUES:
            pipe.llen(queue)
        return {
            queue: max(0, min(BATCH, HIGH - depth)) for queue, depth in zip(bus.QUEUES, pipe.execute(), strict=True)
        }

    def notice_restart(self, broker) -> None:
        client = broker.default_channel.client
        run_id, emptied = client.info("server")["run_id"], client.set(MARK, "", nx=True)
        if emptied or self.run_id not in (None, run_id):
            reopened = self.postgres.execute(DROP_LEASES, [None]).rowcount
            logger.warning("broker restarted or emptied: ringing again", deliveries=reopened)
        self.run_id = run_id

    def hear(self, news: psycopg.Notify) -> None:
        if news.channel == bus.BEGUN_ANEW:
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
    run_id = None
    while not stop.is_set():
        relay = None
        try:
            url = config().database_url_for("relay").replace("postgresql+psycopg://", "postgresql://")
            with psycopg.connect(url, autocommit=True) as postgres:
                relay = Relay(postgres, stop, run_id)
                relay.forever()
        except (psycopg.OperationalError, OperationalError, RedisError, OSError) as error:
            logger.warning("no Postgres or no Redis; once more in half a second", error=type(error).__name__)
            run_id = relay.run_id if relay else run_id
            stop.wait(0.5)


def main() -> None:
    log.configure("relay")
    bus.connect()
    stop = Flag()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with contextlib.suppress(KeyboardInterrupt):
        relay_until(stop)


if __name__ == "__main__":
    main()
