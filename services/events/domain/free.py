"""Whether a room is free, as far as it is known by its name: what is held there, and who rehearses there."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.events.domain.activities import LONGEST
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


def taken(db: Session, rooms: Iterable[str], whole: Span) -> dict[str, list[Span]]:
    """When each of these rooms is taken within a time: two statements, however many rooms."""
    names = sorted(set(rooms))
    found: dict[str, list[Span]] = {name: [] for name in names}
    for place, starts_at, ends_at in db.execute(_activities(names, whole)):
        found[place].append(Span(starts_at, ends_at))
    for troupe_hours in db.scalars(select(Troupe.rehearsals).where(Troupe.active)):
        for hours in troupe_hours:
            if hours["place"] in found:
                found[hours["place"]] += rehearsals(hours, whole)
    return found


def is_free(spans: Sequence[Span], wanted: Span) -> bool:
    return not any(span.meets(wanted) for span in spans)


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
