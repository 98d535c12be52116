"""The times of a term: which days of its weeks, and which room is free at each."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import free
from services.events.domain.days import kind_of
from services.events.domain.free import Rooms, Span
from services.events.domain.hall.planning import Hour
from services.events.models import Term, TermSlot
from shared.db import now
from shared.errors import Invalid

#: Lectures in a term.
MOST = 150


def times(db: Session, term: Term) -> tuple[list[Span], list[dict[str, Any]]]:
    """When something can take place from now on; and the days left out, each with why."""
    days = [term.starts_on + timedelta(days=n) for n in range((term.ends_on - term.starts_on).days + 1)]
    wanted = sorted(term.wanted, key=lambda hours: hours["start_time"])
    kinds = kind_of(db, days)
    spans, skipped = [], []
    for day in days:
        hours = [free.on_day(day, one) for one in wanted if one["weekday"] == day.isoweekday()]
        coming = [span for span in hours if span.starts_at > now()]
        if coming and kinds[day] == "holiday":
            skipped.append({"on": day.isoformat(), "why": [{"code": "holiday"}]})
        else:
            spans += coming
    if len(spans) > MOST:
        raise Invalid(errors={"wanted": [{"code": "too_many", "max": MOST}]})
    return spans, skipped


def hours(db: Session, term: Term, spans: Iterable[Span], kept: Iterable[TermSlot]) -> list[Hour]:
    """These times, numbered, each with the first room that is free; what a person decided has its room already."""
    decided = {Span(slot.starts_at, slot.ends_at): slot.place for slot in kept}
    ordered = sorted({*spans, *decided})
    if not ordered:
        return []
    rooms = look(db, term, decided.values(), ordered)
    for span, place in decided.items():
        if place:
            rooms.take(place, span)
    return [
        Hour(n, *span, decided[span]) if span in decided else _with_room(n, span, rooms, names_of(term))
        for n, span in enumerate(ordered, 1)
    ]


def collisions(db: Session, term: Term, slots: Iterable[TermSlot]) -> dict[int, str]:
    """What speaks against the places of these slots, by their numbers: taken, also by another of them, or not open."""
    held = [(slot.number, slot.place, Span(slot.starts_at, slot.ends_at)) for slot in slots if slot.place]
    if not held:
        return {}
    rooms = look(db, term, [place for _, place, _ in held], [span for *_, span in held])
    found = {}
    for number, place, span in sorted(held):
        if objection := rooms.objection(place, span):
            found[number] = objection
        rooms.take(place, span)
    return found


def venues_of(term: Term) -> dict[str, UUID]:
    """Those of its rooms that are venues, by their names."""
    return {room["name"]: UUID(room["venue_id"]) for room in term.rooms if room.get("venue_id")}


def names_of(term: Term) -> list[str]:
    """Its rooms, the preferred one first."""
    return [room["name"] for room in term.rooms]


def look(db: Session, term: Term, places: Iterable[str | None], spans: Collection[Span]) -> Rooms:
    """Its rooms and these places within the time in which all of that lies."""
    venues = venues_of(term)
    names = {*names_of(term), *(place for place in places if place)}
    whole = Span(min(span.starts_at for span in spans), max(span.ends_at for span in spans))
    return free.rooms(db, {name: venues.get(name) for name in names}, whole)


def last_day(starts_on: date) -> date:
    """The latest day on which a term can end."""
    return starts_on + timedelta(days=200)


def _with_room(number: int, span: Span, rooms: Rooms, names: Sequence[str]) -> Hour:
    """A time with the first room that can be had; without one, with what speaks against each."""
    against = {name: rooms.objection(name, span) for name in names}
    room = next((name for name, objection in against.items() if objection is None), None)
    if room is None:
        return Hour(number, *span, None, tuple(against.items()))
    rooms.take(room, span)
    return Hour(number, *span, room)
