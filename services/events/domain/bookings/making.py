"""Making bookings: Postgres decides who gets the venue (bookings_one_at_a_time), we say what else could be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.bookings import picture as pictures
from services.events.domain.bookings.picture import Picture, Times, days_of
from services.events.domain.bookings.suggestions import LATER, suggestions, would_do
from services.events.domain.bookings.wishes import NotBookable, Taken, Wish, check, check_open, occurrences, why_not
from services.events.domain.hours import HERE, today
from services.events.domain.scope import Asker
from services.events.domain.venue_news import tell_of_booking
from services.events.models import Booking, BookingSeries, Venue
from shared.schemas.events import BookingAsked

#: For so long a new series is taken as wanted; then its holder is asked, month by month.
MONTH = relativedelta(months=1)
NOT_LATER = timedelta(0)

#: Dates of a series for which suggestions are made: nobody repairs more at a sitting.
REPAIRED = 10


@dataclass
class Made:
    """What became of a wish, date by date."""

    made: list[Booking] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def book(db: Session, venue: Venue, wish: Wish, asker: Asker, *, on_conflict: str = "fail") -> Made:
    """Book the venue, once or again and again.

    *on_conflict*: what to do about dates that cannot be had: "fail": book nothing; "skip": book the others; "wait":
    also put what is taken on the waiting list.
    """
    venue = venues.steady(db, venue.id)
    if not venue.bookable and wish.kind == "booking":
        raise NotBookable
    check(venue, wish)
    wanted = occurrences(venue, wish)
    seen = _look(db, [venue], wanted)
    if wish.repeat is None and wish.kind == "booking":
        check_open(seen, venue, wish.times)
    open_then = [times for times in wanted if wish.kind == "block" or seen.fits(venue.id, times)]
    series = _series(db, venue, wish, wanted)
    made = _insert(db, venue, wish, open_then, expected_state(venue, asker), series)
    missed = [times for times in wanted if times[0] not in {one.starts_at for one in made}]
    result = Made(made, conflicts(db, venue, missed, asker, people=wish.people) if missed else [])
    _settle(db, venue, wish, result, open_then, on_conflict, series)
    if asked := [one for one in result.made if one.state == "asked"]:
        tell_of_booking(db, BookingAsked, asked[0], venue, count=len(asked))
    return result


def conflicts(
    db: Session, venue: Venue, missed: Sequence[Times], asker: Asker, *, people: int | None, but: UUID | None = None
) -> list[dict[str, Any]]:
    """For each of these times, what stands in the way, and what could be done."""
    query = select(Venue).where(Venue.bookable, venues.visible(asker)).order_by(Venue.code)
    others = [other for other in db.scalars(query) if would_do(venue, other, people)]
    seen = _look(db, [venue, *others], missed, later=LATER, but=but)
    return [
        _conflict(seen, venue, times, asker)
        | {"suggestions": suggestions(seen, venue, others, times) if number < REPAIRED else []}
        for number, times in enumerate(missed)
    ]


def expected_state(venue: Venue, asker: Asker) -> str:
    """Whoever runs the venue decides at once; a venue that needs no approval is everybody's."""
    return "asked" if venue.needs_approval and not venues.runs(asker, venue) else "confirmed"


def _look(
    db: Session,
    rooms: Sequence[Venue],
    times: Sequence[Times],
    *,
    later: timedelta = NOT_LATER,
    but: UUID | None = None,
) -> Picture:
    first = next(days_of(times[0]))
    last = [*days_of(times[-1])][-1] + later
    return pictures.load(db, [room.id for room in rooms], first, last, but=but)


def _series(db: Session, venue: Venue, wish: Wish, wanted: Sequence[Times]) -> BookingSeries | None:
    if wish.repeat is None:
        return None
    first = max(wanted[0][0].astimezone(HERE).date(), today())
    sure = first + MONTH if wish.kind == "booking" else wish.repeat["until"] + timedelta(days=1)
    series = BookingSeries(venue_id=venue.id, **wish.repeat, confirmed_until=sure)
    db.add(series)
    db.flush()
    return series


def _insert(
    db: Session, venue: Venue, wish: Wish, times: Sequence[Times], state: str, series: BookingSeries | None
) -> list[Booking]:
    """Book those of these times that nobody has; of two who try at once one gets it, and the other waits to know."""
    facts = {name: getattr(wish, name) for name in ("title", "kind", "people", "person_id", "unit_id", "activity_id")}
    facts |= {"venue_id": venue.id, "state": state, "series_id": series.id if series else None}
    rows = [facts | {"starts_at": one[0], "ends_at": one[1]} for one in times]
    if not rows:
        return []
    added = insert(Booking).values(rows).on_conflict_do_nothing().returning(Booking)
    return sorted(db.scalars(added), key=lambda one: one.starts_at)


def _settle(
    db: Session,
    venue: Venue,
    wish: Wish,
    result: Made,
    open_then: Sequence[Times],
    on_conflict: str,
    series: BookingSeries | None,
) -> None:
    """Put what is taken on the waiting list if that is wanted; refuse what leaves nothing, or is all or nothing."""
    if on_conflict == "wait":
        got = {one.starts_at for one in result.made}
        result.made += _insert(db, venue, wish, [one for one in open_then if one[0] not in got], "waiting", series)
    if result.conflicts and (on_conflict == "fail" or not result.made):
        raise Taken(conflicts=result.conflicts)


def _conflict(seen: Picture, venue: Venue, times: Times, asker: Asker) -> dict[str, Any]:
    clashes = seen.clashes(venue.id, times)
    problem = {"code": "taken"} if clashes and seen.fits(venue.id, times) else why_not(seen, venue, times)
    return {
        "on": next(days_of(times)),
        "starts_at": times[0],
        "ends_at": times[1],
        **problem,
        "with": [_named(one, venue, asker) for one in clashes],
    }


def _named(booking: Booking, venue: Venue, asker: Asker) -> dict[str, Any]:
    """What stands in the way; its title for those who may see it."""
    mine = booking.person_id == asker.person_id and asker.person_id is not None
    may = venues.runs(asker, venue) or mine or booking.unit_id in asker.units
    return {
        "title": booking.title if may else None,
        "kind": booking.kind,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
    }
