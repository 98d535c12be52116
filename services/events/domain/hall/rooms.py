"""The rooms of a term: some are venues, and what is published there is booked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.hall import calendar
from services.events.models import Booking, Term, TermSlot, Venue
from shared.errors import Invalid, Problem


class RoomTaken(Problem):
    """Meanwhile something else takes place in a room, or it is closed: plan again, or choose another one."""


def named(db: Session, rooms: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rooms as a term keeps them. A venue has its own name, and whoever writes that name means the venue.

    It takes as many as it takes, unless the term says how many.
    """
    ids = [room.get("venue_id") for room in rooms]
    names = [room.get("name") for room in rooms]
    found = db.scalars(select(Venue).where(or_(Venue.id.in_(ids), Venue.name.in_(names))).order_by(Venue.code.desc()))
    known = {venue.id: venue for venue in found}
    by_name = {venue.name: venue.id for venue in known.values() if venue.bookable}
    meant = [room | {"venue_id": room.get("venue_id") or by_name.get(room.get("name", ""))} for room in rooms]
    return [_named(number, room, known) for number, room in enumerate(meant)]


def hold_still(db: Session, term: Term) -> None:
    """Nobody changes the hours of its venues until we are done; in one order, so that nobody waits in a ring."""
    for venue_id in sorted(set(calendar.venues_of(term).values())):
        venues.steady(db, venue_id)


def book(db: Session, term: Term, slots: Sequence[TermSlot]) -> None:
    """Each lecture has its venue. Of two who want it at once one gets it; then nothing of this is published.

    The hall plans further ahead than others may book, and at any minute: so the venue's bounds do not count.
    """
    known = calendar.venues_of(term)
    rows = [_booking(term, slot, known[slot.place]) for slot in slots if slot.place in known]
    if not rows:
        return
    added = insert(Booking).values(rows).on_conflict_do_nothing().returning(Booking.activity_id)
    got = set(db.scalars(added))
    if missed := [slot.number for slot in slots if slot.place in known and slot.activity_id not in got]:
        raise RoomTaken(slots=missed)


def _named(number: int, room: dict[str, Any], known: dict[UUID, Venue]) -> dict[str, Any]:
    name, venue_id, capacity = room.get("name"), room.get("venue_id"), room["capacity"]
    if venue_id is None:
        if name is None:
            raise Invalid(errors={f"rooms.{number}.name": ["required"]})
        return {"name": name, "capacity": capacity, "venue_id": None}
    venue = known.get(venue_id)
    if venue is None or not venue.bookable:
        raise Invalid(errors={f"rooms.{number}.venue_id": ["not_bookable" if venue else "unknown"]})
    return {"name": venue.name, "capacity": capacity or venue.capacity, "venue_id": str(venue.id)}


def _booking(term: Term, slot: TermSlot, venue_id: UUID) -> dict[str, Any]:
    return {
        "venue_id": venue_id, "kind": "booking", "title": slot.topic.name if slot.topic else term.name,
        "starts_at": slot.starts_at, "ends_at": slot.ends_at, "unit_id": term.unit_id,
        "activity_id": slot.activity_id, "state": "confirmed",
    }  # fmt: skip
