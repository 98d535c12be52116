"""One clock for all: that of Postgres.

A process learns it when it connects, and goes on from there by a counter that nobody sets. So a machine whose time of
day is wrong, or is set while it works, does nothing too early, too late or twice: leases, due times, ends of sessions
and what counts as silence are Postgres' time, wherever they are reckoned.
"""

import time
from datetime import UTC, datetime, timedelta

#: Seconds after which it is learned anew: both clocks are steered a little.
GOOD_FOR = 60

#: What Postgres' clock showed, and the counter at that moment.
_learned: list[tuple[datetime, float]] = []


def learn(moment: datetime) -> None:
    """Postgres' clock shows this now."""
    _learned[:] = [(moment.astimezone(UTC), time.monotonic())]


def is_stale() -> bool:
    return not _learned or time.monotonic() - _learned[0][1] > GOOD_FOR


def now() -> datetime:
    """Postgres' time; before the first connection, this machine's."""
    if not _learned:
        return datetime.now(UTC)
    moment, counted = _learned[0]
    return moment + timedelta(seconds=time.monotonic() - counted)
