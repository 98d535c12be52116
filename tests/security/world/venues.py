"""Venues of a unit, with hours, a closure and a roster; and who has booked them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events.domain.hours import midnight, today
from services.events.models import Booking, BookingSeries, StewardDuty, Venue, VenueClosure, VenueHours
from shared.db import now

FACTS: dict[str, Any] = {
    "kind": "hall", "address": "", "step_free": "yes", "access_note": "", "rules": "", "walk_in": True,
    "bookable": True, "needs_approval": True, "slot_minutes": 30, "longest_minutes": 720, "max_hours_ahead": 2400,
    "stewards_needed": 1,
}  # fmt: skip
STATES = {"asked": 10, "confirmed": 12, "series": 14}


def of_unit(db: Session, unit_id: UUID, colleague: UUID) -> dict[str, UUID]:
    """A public venue with hours, and a hidden one; a closure next month; what a colleague booked."""
    venue = _venue(db, unit_id)
    every_day = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "on_days": "all", "opens": 0, "closes": 1440}
    since = now() + timedelta(days=30)
    until = since + timedelta(hours=2)
    closure = VenueClosure(venue_id=venue, kind="works", since=since, until=until, reason="修灯", closed_by="test")
    db.add_all([VenueHours(venue_id=venue, **every_day), closure])
    db.flush()
    theirs = {f"{state}_booking": _booking(db, venue, colleague, state) for state in STATES}
    return {"venue": venue, "hidden_venue": _venue(db, unit_id, public=False), "closure": closure.id} | theirs


def bookings(db: Session, unit_id: UUID, person_id: UUID) -> dict[str, UUID]:
    """What this person booked, in a venue of a unit that they know, and their day there as a steward."""
    venue = _venue(db, unit_id)
    db.add(StewardDuty(venue_id=venue, day=today(), person_id=person_id))
    return {"my_venue": venue} | {f"my_{state}": _booking(db, venue, person_id, state) for state in STATES}


def _venue(db: Session, unit_id: UUID, *, public: bool = True) -> UUID:
    made = Venue(unit_id=unit_id, code=uuid4().hex, name="小剧场", public=public, **FACTS)
    db.add(made)
    db.flush()
    return made.id


def _booking(db: Session, venue_id: UUID, person_id: UUID, state: str) -> UUID:
    """A booking tomorrow; of a series: whose holder is asked whether it goes on."""
    begin = midnight(today() + timedelta(days=1)) + timedelta(hours=STATES[state])
    series = _series(db, venue_id) if state == "series" else None
    facts = {"kind": "booking", "title": "合唱排练", "person_id": person_id, "series_id": series}
    made = Booking(
        venue_id=venue_id, starts_at=begin, ends_at=begin + timedelta(hours=1), **facts,
        state="confirmed" if state == "series" else state,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made.id


def _series(db: Session, venue_id: UUID) -> UUID:
    until = today() + timedelta(days=90)
    asked = {"confirmed_until": today(), "asked_for": today(), "asked_at": now()}
    made = BookingSeries(venue_id=venue_id, rule="FREQ=WEEKLY", until=until, **asked)
    db.add(made)
    db.flush()
    return made.id
