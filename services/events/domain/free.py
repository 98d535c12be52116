"""Whether a room is free: by its name, what is held and who rehearses there; of a venue also its hours and bookings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.events.domain.activities import LONGEST
from services.events.domain.bookings import picture as pictures
from services.events.domain.bookings.picture import Picture
from services.events.domain.series.dates import HERE
from services.events.models import Activity, Troupe

#: States in which an activity keeps its room.
HELD = ("submitted", "published")


class Span(NamedTuple):
    """From when until when."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass
class Rooms:
    """Some rooms within a time: what takes them, and of those that are venues the picture."""

    taken: dict[str, list[Span]]
    venues: Mapping[str, UUID]
    picture: Picture

    def objection(self, room: str, span: Span) -> str | None:
        """Why it cannot be had all that time: taken, or not open; None: it can."""
        venue_id = self.venues.get(room)
        if venue_id and not self.picture.fits(venue_id, span):
            return "not_open"
        booked = venue_id and self.picture.clashes(venue_id, span)
        return "taken" if booked or any(span.meets(other) for other in self.taken[room]) else None

    def take(self, room: str, span: Span) -> None:
        self.taken[room].append(span)


def rooms(db: Session, wanted: Mapping[str, UUID | None], whole: Span) -> Rooms:
    """Look at rooms, named and if they are venues with their ids, within a time: a few statements for all."""
    found: dict[str, list[Span]] = {name: [] for name in wanted}
    for place, starts_at, ends_at in db.execute(_activities(sorted(wanted), whole)):
        found[place].append(Span(starts_at, ends_at))
    for troupe_hours in db.scalars(select(Troupe.rehearsals).where(Troupe.active)):
        for hours in troupe_hours:
            if hours["place"] in found:
                found[hours["place"]] += rehearsals(hours, whole)
    venues = {name: id for name, id in wanted.items() if id}
    first, last = (moment.astimezone(HERE).date() for moment in whole)
    return Rooms(found, venues, pictures.load(db, venues.values(), first, last))


def rehearsals(hours: dict, whole: Span) -> list[Span]:
    """The times of {weekday, start_time, minutes} within a time."""
    first, last = (moment.astimezone(HERE).date() for moment in whole)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [on_day(day, hours) for day in days if day.isoweekday() == hours["weekday"]]


def on_day(day: date, hours: dict) -> Span:
    starts_at = datetime.combine(day, time.fromisoformat(hours["start_time"]), HERE)
    return Span(starts_at, starts_at + timedelta(minutes=hours["minutes"]))


def _activities(rooms: list[str], whole: Span) -> Select[str, datetime, datetime]:
    """The second bound of the start lets an index find the beginning."""
    return select(Activity.place, Activity.starts_at, Activity.ends_at).where(
        Activity.place.in_(rooms),
        Activity.state.in_(HELD),
        Activity.starts_at < whole.ends_at,
        Activity.starts_at > whole.starts_at - LONGEST,
        Activity.ends_at > whole.starts_at,
    )
