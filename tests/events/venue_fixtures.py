"""Verbs of venues: a venue is there, has hours, is booked, is closed; and days on which to do so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from services.events.domain import timetables, venues
from services.events.domain.bookings import making
from services.events.domain.bookings.wishes import Wish
from services.events.domain.hours import HERE, midnight, today
from services.events.domain.scope import Asker
from services.events.models import Booking, Unit, Venue

DAILY = {"season_from": None, "season_until": None, "weekdays": [1, 2, 3, 4, 5, 6, 7], "on_days": "all"}
NO_NOTE: dict[str, Any] = {"note": None, "note_from": None}


def rule(opens: str, closes: str, **facts: Any) -> dict[str, Any]:
    """A rule as it is kept: every day from then to then, unless *facts* say otherwise."""
    return DAILY | NO_NOTE | {"opens": minutes(opens), "closes": minutes(closes)} | facts


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def at(on: date, clock: str) -> datetime:
    """A moment of a day, here."""
    return midnight(on) + timedelta(minutes=minutes(clock))


def day(ahead: int = 3) -> date:
    """A day to come."""
    return today() + timedelta(days=ahead)


def local(moment: str) -> str:
    """A moment of an answer, as the clock on the wall shows it: 11-30 19:00."""
    return f"{datetime.fromisoformat(moment).astimezone(HERE):%m-%d %H:%M}"


VENUE: dict[str, Any] = {
    "name": "小剧场", "kind": "hall", "place_code": None, "address": "", "capacity": 160, "seats": None,
    "step_free": "yes", "access_note": "", "rules": "", "key_holder_id": None, "public": True, "walk_in": True,
    "bookable": True, "needs_approval": False, "slot_minutes": 30, "longest_minutes": 720, "max_hours_ahead": 24 * 366,
    "stewards_needed": 0,
}  # fmt: skip


@pytest.fixture
def venue(db, unit) -> Callable[..., Venue]:
    """Call it to let a venue be there, open by these rules; without any it can be booked at any time."""

    def venue(
        name: str = "小剧场", *rules: dict, of: Unit | None = None, exceptions: list[dict] | None = None, **facts
    ) -> Venue:
        owner = of or unit(f"U{uuid4().hex[:6]}")
        code = facts.pop("code", f"V{uuid4().hex[:6]}")
        stewards = facts.pop("stewards", [])
        made = venues.register(db, owner, code=code, stewards=stewards, **VENUE | {"name": name} | facts)
        if rules or exceptions:
            timetables.lay_down(db, made, rules, exceptions or [])
        db.commit()
        return made

    return venue


@pytest.fixture
def booked(db, person) -> Callable[..., Booking]:
    """Call it to let somebody have a venue from then to then."""

    def booked(venue: Venue, on: date, begin: str, end: str, **facts) -> Booking:
        holder = facts.pop("by", None) or person("订场地的人")
        asker = facts.pop("asker", Asker(person_id=holder.person_id))
        on_conflict = facts.pop("on_conflict", "fail")
        facts = {"title": "合唱排练", "person_id": holder.person_id} | facts
        wish = Wish(starts_at=at(on, begin), ends_at=at(on, end), **facts)
        made = making.book(db, venue, wish, asker, on_conflict=on_conflict).made
        db.commit()
        return made[0]

    return booked


@pytest.fixture
def state_of(db) -> Callable[[Any], str]:
    """Call it for the state in which a booking is now."""

    def state_of(booking: Any) -> str:
        db.expire_all()
        return db.scalars(select(Booking.state).where(Booking.id == booking.id)).one()

    return state_of


@pytest.fixture
def earlier(db) -> Callable[..., None]:
    """Call it to move a booking back in time: nobody waits a day in a test."""

    def earlier(booking: Booking, **delta) -> None:
        db.refresh(booking)
        booking.starts_at -= timedelta(**delta)
        booking.ends_at -= timedelta(**delta)
        db.commit()

    return earlier


@pytest.fixture
def counted(connection) -> Callable[..., Any]:
    """Use it as a block to see the statements that are done in it."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection, cursor, statement, *rest) -> None:
            seen.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counted


def wish(venue: Venue, on: date, begin: str, end: str, **facts: Any) -> dict[str, Any]:
    """A wish as a client sends it."""
    times = {"starts_at": at(on, begin).isoformat(), "ends_at": at(on, end).isoformat()}
    return {"venue_id": str(venue.id), "title": "合唱排练", **times, **facts}


def codes(answer: Any, field: str) -> list[str]:
    """The codes of what is wrong with a field of what was sent."""
    assert answer.status_code == 422, answer.text
    return [error["code"] for error in answer.json["errors"][field]]
