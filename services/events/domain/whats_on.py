"""What is on for everybody, day by day. It is read without signing in, so it names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from services.events.domain import hours, sign_ups
from services.events.domain.hours import Opening, midnight
from services.events.domain.scope import for_everyone
from services.events.models import HELD, PLACES, Activity, Booking, Label, Unit, Venue
from shared.db import now
from shared.errors import NotFound

#: What a page has room for.
MOST = 200

#: When a night is over, from midnight.
MORNING = timedelta(hours=6)

#: What is shown: also what was called off, since somebody may still go by the poster.
SHOWN = ("published", "called_off")


@dataclass(frozen=True)
class Wanted:
    """Of what: a compound, a kind of activity (or only venues), a unit, a venue; by their codes."""

    place: str | None = None
    kind: str | None = None
    unit: str | None = None
    venue: str | None = None


@dataclass(frozen=True)
class DayOn:
    """A day: activities, and venues with the times at which one just goes there."""

    on: date
    activities: list[Activity]
    venues: list[tuple[Venue, Opening]]


def shown(db: Session, activity_id: UUID) -> Activity:
    """An activity that everybody may see, with its seats."""
    found = select(Activity).where(Activity.id == activity_id, for_everyone()).options(joinedload(Activity.unit))
    activity = db.scalars(found).one_or_none()
    if activity is None:
        raise NotFound
    return sign_ups.counted(db, [activity], None)[0]


def venue_of(db: Session, activity: Activity) -> Venue | None:
    """The public venue that is booked for it."""
    booked = (
        select(Venue).join(Booking).where(Booking.activity_id == activity.id, Booking.state.in_(HELD), Venue.public)
    )
    return db.scalars(booked.order_by(Booking.starts_at, Booking.id).limit(1)).first()


def week(db: Session, first: date, wanted: Wanted, days: int = 7) -> list[DayOn]:
    """So many days from *first* on: what is over by now is left out."""
    last = first + timedelta(days=days - 1)
    activities = [] if wanted.kind == "venue" else _activities(db, first, last, wanted)
    openings = _openings(db, first, last, wanted)
    return [
        DayOn(
            on,
            [one for one in activities if _touches(one, on)],
            [(venue, each[number]) for venue, each in openings.items() if each[number].spans],
        )
        for number, on in enumerate(hours.days(first, last))
    ]


def compounds(db: Session) -> Sequence[Label]:
    """The compounds in which there are public venues, to choose from."""
    there = select(Venue.place_code).where(Venue.public, Venue.place_code.is_not(None))
    found = select(Label).where(Label.kind == "place", Label.active, Label.code.in_(there))
    return db.scalars(found.order_by(Label.name, Label.code)).all()


def kinds(db: Session, first: date, days: int = 7) -> set[str]:
    """The kinds of activities that there are in these days."""
    coming = select(Activity.kind).where(*_within(first, first + timedelta(days=days - 1))).distinct()
    return set(db.scalars(coming))


def _activities(db: Session, first: date, last: date, wanted: Wanted) -> list[Activity]:
    found = select(Activity).where(*_within(first, last), *_narrowed(db, wanted)).options(joinedload(Activity.unit))
    rows = db.scalars(found.order_by(Activity.starts_at, Activity.id).limit(MOST)).all()
    return sign_ups.counted(db, rows, None)


def _within(first: date, last: date) -> list[ColumnElement[bool]]:
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    # No activity lasts longer than 31 days: so the index by start is searched from there on.
    started = Activity.starts_at > begin - timedelta(days=31)
    over = Activity.ends_at > max(begin, now())
    return [for_everyone(), Activity.state.in_(SHOWN), started, over, Activity.starts_at < end]


def _narrowed(db: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        Activity.kind == wanted.kind if wanted.kind else true(),
        _at_place(db, wanted.place) if wanted.place else true(),
        Activity.unit_id.in_(select(Unit.unit_id).where(Unit.code == wanted.unit)) if wanted.unit else true(),
        _booked(Venue.code == wanted.venue) if wanted.venue else true(),
    ]


def _at_place(db: Session, code: str) -> ColumnElement[bool]:
    """In a venue of the compound, or in a place that bears its name."""
    name = db.scalar(select(Label.name).where(Label.kind == "place", Label.code == code))
    named = Activity.place.contains(name, autoescape=True) if name else false()
    return or_(_booked(Venue.place_code == code), named)


def _booked(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Booking.activity_id == Activity.id, Booking.state.in_(HELD), Booking.venue_id == Venue.id, which
    )


def _openings(db: Session, first: date, last: date, wanted: Wanted) -> dict[Venue, list[Opening]]:
    """Where one just goes; not asked for when only one kind of activity is."""
    if wanted.kind not in (None, "venue"):
        return {}
    conditions: list[Any] = [Venue.public, Venue.walk_in, Venue.kind.in_(PLACES)]
    conditions += [Venue.place_code == wanted.place] if wanted.place else []
    conditions += [Venue.code == wanted.venue] if wanted.venue else []
    conditions += [Venue.unit_id.in_(select(Unit.unit_id).where(Unit.code == wanted.unit))] if wanted.unit else []
    venues = db.scalars(select(Venue).where(*conditions).order_by(Venue.name, Venue.id)).all()
    found = hours.openings(db, [venue.id for venue in venues], first, last)
    return {venue: found[venue.id] for venue in venues}


def _touches(activity: Activity, on: date) -> bool:
    """Whether it belongs on a day's list: what ends in the small hours belongs to the evening before."""
    begin, end = midnight(on), midnight(on + timedelta(days=1))
    return begin <= activity.starts_at < end or (activity.starts_at < begin and activity.ends_at > begin + MORNING)
