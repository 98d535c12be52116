"""When a report of a phone happened, and how far that is to be trusted.

A phone may be days late and its clock wrong. We keep what it said (device_at), when we heard it
(received_at), and our best estimate (happened_at) with its ground (time_quality):

    device     the phone's clock was right, by ours
    corrected  the phone's clock was off, and we know by how much
    server     the phone did not show its clock: it spoke as it happened
    uncertain  that cannot be; the estimate is the possible moment that is nearest
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Clocks that differ by less are the same.
CLOSE = timedelta(seconds=5)

#: No phone keeps a report for longer.
OLDEST = timedelta(days=30)

#: Crews meet before their shift.
EARLY = timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """What the phone's clock showed when we heard it. *now* is None when it did not show it."""

    received_at: datetime
    now: datetime | None = None
    page_session: str | None = None  # the run of the page; within one, we take a clock for steady


@dataclass(frozen=True)
class Moment:
    """A moment, and why we believe it."""

    happened_at: datetime
    quality: str

    @property
    def trusted(self) -> bool:
        return self.quality != "uncertain"


def judge(at: datetime, clock: Clock, *, earliest: datetime, page_session: str | None = None) -> Moment:
    """When that happened of which the phone says that it was *at*. *page_session*: in which it was written down."""
    estimate, quality = _estimate(at, clock, page_session)
    possible = max(earliest, clock.received_at - OLDEST) <= estimate <= clock.received_at + CLOSE
    happened_at = min(max(estimate, earliest), clock.received_at)
    return Moment(happened_at, quality if possible else "uncertain")


def _estimate(at: datetime, clock: Clock, page_session: str | None) -> tuple[datetime, str]:
    if clock.now is None:
        live = abs(clock.received_at - at) <= CLOSE
        return (at, "device") if live else (clock.received_at, "server")
    skew = clock.received_at - clock.now
    if abs(skew) <= CLOSE and page_session in (None, clock.page_session):
        return at, "device"
    return at + skew, "corrected"
