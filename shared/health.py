"""Whether a worker really works: python -m shared.health worker notify

Every service beats its heart through the whole path: clock, relay, Redis, worker, Postgres. A
worker that is alive but silent is found by its last beat.
"""

import sys

from sqlalchemy import text

from shared import db
from shared.bus import clock
from shared.db import now

#: Seconds between beats, and without one after which a worker counts as silent.
BEAT = 20
SILENT = 120


def beats(service: str) -> None:
    """Let the worker of *service* beat."""

    def heartbeat(committee_id) -> None:
        with db.transaction(service) as tx:
            tx.execute(text("SELECT bus.beat(:service)"), {"service": service})

    clock(service)(BEAT, urgent=True, outside=True)(heartbeat)


def alive(service: str) -> bool:
    with db.transaction(service) as tx:
        last = tx.execute(text("SELECT bus.last_beat(:service)"), {"service": service}).scalar()
    return last is not None and (now() - last).total_seconds() < SILENT


def main() -> None:
    _, service = sys.argv[1:]
    db.connect(service)
    sys.exit(0 if alive(service) else 1)


if __name__ == "__main__":
    main()
