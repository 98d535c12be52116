"""Whether a process really works: python -m shared.health worker notify, python -m shared.health relay

Every service beats its heart through the whole path: clock, relay, Redis, worker, Postgres. The relay is found by the
last tick of its clock. A worker that is silent is not always at fault: where Redis, Postgres or the relay is away,
nobody beats, and ending workers helps nobody; one that has much to do gets late to its beat. It hangs if all of these
were there all the while, at two looks, and took nothing from its queues in between.

    python -m shared.health --end worker notify     in a container: also end a worker that hangs, so that it is replaced
"""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from shared.config import config

if TYPE_CHECKING:
    from redis import Redis

#: Seconds between beats, and without a sign of life after which a process counts as silent.
BEAT = 10
SILENT = 60

#: Seconds without a beat after which a worker is suspected, and between the two looks that convict it: in all it is
#: longer than both its processes are ever busy at once, and with BEAT and a new start still less than a minute.
SUSPECTED, BETWEEN_LOOKS = 25, 10

#: Seconds for which a worker may take to its first beat: a weak machine that is busy needs long to start one.
SLOWEST_START = 180

#: What the names of all queues begin with in Redis; shared/bus.py says so too, and is too large for this.
QUEUES = "joint:"

#: The inits that stand before our program in a container.
INITS = ("docker-init", "tini", "catatonit", "podman-init")

LAST_BEAT = "SELECT bus.last_beat(%(role)s) > now() - make_interval(secs => %(silent)s)"
LAST_TICK = "SELECT max(slot) > now() - make_interval(secs => %(silent)s) FROM bus.schedules"
SUSPECT = """
    SELECT clock_timestamp() - make_interval(secs => %(suspected)s)
           > ALL (SELECT bus.last_beat(role) FROM unnest(%(roles)s::text[]) AS r (role))
       AND clock_timestamp() - make_interval(secs => %(suspected)s) > pg_postmaster_start_time()
       AND (%(running)s > %(slowest)s OR clock_timestamp() - make_interval(secs => %(running)s)
           < ANY (SELECT bus.last_beat(role) FROM unnest(%(roles)s::text[]) AS r (role)))
"""
RELAY_TICKS = "SELECT value < 5 FROM bus.figures() WHERE name = 'relay_tick_age_seconds'"


def beats(service: str) -> None:
    """Let the worker of *service* beat."""
    from sqlalchemy import text  # the checks below are asked often, and do without these and Celery

    from shared import db
    from shared.bus import clock

    def heartbeat(committee_id) -> None:
        with db.transaction(service) as tx:
            tx.execute(text("SELECT bus.beat(:service)"), {"service": service})
        with suppress(OSError):  # only a container asks for it, before it asks Postgres
            Path(config().data_dir, f"beat-{service}").touch()

    clock(service)(BEAT, urgent=True, outside=True)(heartbeat)


def alive(role: str) -> bool:
    """Whether the worker of this service, or the relay, gave a sign of life lately."""
    with _connected(config().database_url_for(role)) as connection:
        asked = LAST_TICK if role == "relay" else LAST_BEAT
        row = connection.execute(asked, {"role": role, "silent": SILENT}).fetchone()
    return row is not None and row[0] is True


def hangs(roles: Sequence[str], database_url: str, redis_url: str, redis_password: str = "", *, running: float) -> bool:
    """Whether the worker of these services is silent, and nobody else is to blame. It takes ten seconds to say yes.

    *running*: for how many seconds the worker has; one that is still starting owes no beat yet.
    """
    import redis

    client = redis.Redis.from_url(
        redis_url, password=redis_password or None, socket_timeout=3, socket_connect_timeout=3
    )
    try:
        with _connected(database_url) as connection, client:
            if not _suspect(connection, roles, running):
                return False
            waiting = _oldest_bells(client, roles)
            connection.execute("SELECT pg_sleep(%s)", [BETWEEN_LOOKS])
            stuck = any(waiting) and _oldest_bells(client, roles) == waiting
            return stuck and _suspect(connection, roles, running) and _was_there(client)
    except (psycopg.OperationalError, redis.RedisError):
        return False


def end_program() -> None:
    """End the one program of this container: its init ends too, and the restart policy starts both again."""
    if Path("/proc/1/comm").read_text().strip() not in INITS:
        sys.exit("This is no container with an init (init: true): nothing is ended.")
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if entry.read_text().rpartition(")")[2].split()[1] == "1":
                os.kill(int(entry.parent.name), signal.SIGKILL)


def _suspect(connection: psycopg.Connection, roles: Sequence[str], running: float) -> bool:
    """Whether none of these services has beaten, although the clock ticks."""
    facts = {"roles": list(roles), "suspected": SUSPECTED, "running": running, "slowest": SLOWEST_START}
    if connection.execute(SUSPECT, facts).fetchone() != (True,):  # a service that never beat is still starting
        return False
    return connection.execute(RELAY_TICKS).fetchone() == (True,)


def _oldest_bells(client: "Redis", roles: Sequence[str]) -> list[bytes | None]:
    """What each queue of these services gives out next: a worker that is only busy takes it before long."""
    return [client.lindex(f"{QUEUES}{role}{kind}", -1) for role in roles for kind in (".urgent", "")]  # type: ignore[misc]


def _was_there(client: "Redis") -> bool:
    """Whether Redis has been up since before the first look."""
    return client.info("server")["uptime_in_seconds"] > SUSPECTED + BETWEEN_LOOKS


def _connected(url: str) -> psycopg.Connection:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    return psycopg.connect(plain, connect_timeout=5, autocommit=True)


def main(role: str, *, end: bool) -> int:
    if alive(role) and not end:
        return 0
    urls = {"database_url": config().database_url_for(role), "redis_url": config().redis_url}
    beaten = Path(config().data_dir, f"beat-{role}").exists()  # else this worker is still starting
    if end and beaten and hangs([role], **urls, redis_password=config().redis_password, running=SLOWEST_START + 1):
        end_program()
    return 0 if alive(role) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[-1], end="--end" in sys.argv))
