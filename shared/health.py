"""Whether a process really works: python -m shared.health worker notify, python -m shared.health relay

Every service beats its heart through the whole path: clock, relay, Redis, worker, Postgres. A
worker that is alive but silent is found by its last beat, the relay by the last tick of its clock.
"""

import sys

import psycopg

from shared.config import config

#: Seconds between beats, and without a sign of life after which a process counts as silent.
BEAT = 20
SILENT = 120

LAST_BEAT = "SELECT bus.last_beat(%(role)s) > now() - make_interval(secs => %(silent)s)"
LAST_TICK = "SELECT max(slot) > now() - make_interval(secs => %(silent)s) FROM bus.schedules"


def beats(service: str) -> None:
    """Let the worker of *service* beat."""
    from sqlalchemy import text  # the check below is asked often, and does without these and Celery

    from shared import db
    from shared.bus import clock

    def heartbeat(committee_id) -> None:
        with db.transaction(service) as tx:
            tx.execute(text("SELECT bus.beat(:service)"), {"service": service})

    clock(service)(BEAT, urgent=True, outside=True)(heartbeat)


def alive(role: str) -> bool:
    """Whether the worker of this service, or the relay, gave a sign of life lately."""
    url = config().database_url_for(role).replace("postgresql+psycopg://", "postgresql://")
    asked = LAST_TICK if role == "relay" else LAST_BEAT
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(asked, {"role": role, "silent": SILENT}).fetchone()
    return row is not None and row[0] is True


if __name__ == "__main__":
    sys.exit(0 if alive(sys.argv[-1]) else 1)
