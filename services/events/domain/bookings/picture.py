"""What is open, taken and free in some venues over some days: read once, asked as often as one likes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import hours
from services.events.domain.days import kind_of
from services.events.domain.hours import HERE, Opening, Span, Timetable, cut, merged, midnight
from services.events.models import HELD, LONGEST_BOOKING, Booking

#: (start, end)
Times = tuple[datetime, datetime]


@dataclass
class Picture:
    """The days from *first* to *last*."""

    first: date
    last: date
    kinds: dict[date, str]
    tables: dict[UUID, Timetable]
    taken: dict[UUID, list[Booking]]
    openings: dict[tuple[UUID, date], Opening] = field(default_factory=dict)

    @cached_property
    def days(self) -> list[date]:
        return list(self.kinds)

    def opening(self, venue_id: UUID, on: date) -> Opening:
        """When it can be booked on this day, and why not else."""
        if (venue_id, on) not in self.openings:
            self.openings[venue_id, on] = self.tables[venue_id].bookable(on, self.kinds[on])
        return self.openings[venue_id, on]

    def fits(self, venue_id: UUID, times: Times) -> bool:
        """Whether the venue can be booked all that time, be it taken or not."""
        spans = [span for on in days_of(times) if on in self.kinds for span in self.opening(venue_id, on).spans]
        return any(span.starts_at <= times[0] and times[1] <= span.ends_at for span in merged(spans))

    def clashes(self, venue_id: UUID, times: Times) -> list[Booking]:
        """What has the venue at that time, or at some of it."""
        return [one for one in self.taken[venue_id] if one.starts_at < times[1] and times[0] < one.ends_at]

    def is_free(self, venue_id: UUID, times: Times) -> bool:
        return self.fits(venue_id, times) and not self.clashes(venue_id, times)

    def free(self, venue_id: UUID, on: date) -> list[Span]:
        """What nobody has of this day."""
        spans = merged(self.opening(venue_id, on).spans)
        for one in self.taken[venue_id]:
            spans = [piece for span in spans for piece in cut(span, one.starts_at, one.ends_at)]
        return spans


def load(db: Session, venue_ids: Iterable[UUID], first: date, last: date, *, but: UUID | None = None) -> Picture:
    """The picture without the booking *but*: a timetable and the bookings of all, in one statement each."""
    venues = list(venue_ids)
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    # Not by &&: row-level security keeps Postgres from asking an index for an operator that might tell of other rows.
    within = (Booking.starts_at > begin - LONGEST_BOOKING) & (Booking.starts_at < end) & (Booking.ends_at > begin)
    held = (
        select(Booking)
        .where(Booking.venue_id.in_(venues), Booking.state.in_(HELD), within, Booking.id.is_distinct_from(but))
        .order_by(Booking.starts_at)
    )
    taken: dict[UUID, list[Booking]] = defaultdict(list)
    for booking in db.scalars(held):
        taken[booking.venue_id].append(booking)
    kinds = kind_of(db, hours.days(first, last))
    return Picture(first, last, kinds, hours.load(db, venues, first, last), taken)


def days_of(times: Times) -> Iterator[date]:
    """The days, here, on which some of this time lies."""
    first, end = (moment.astimezone(HERE) for moment in times)
    last = end.date() - timedelta(days=1) if end == midnight(end.date()) else end.date()
    yield from hours.days(first.date(), last)
