"""A series of bookings goes on month by month, as long as its holder says so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.events.models import Booking, BookingSeries
from shared.db import now
from tests.events.venue_fixtures import day


@pytest.fixture
def series(db, venue, booked, person, token):
    """Twenty weeks of a venue for somebody, and their headers."""
    holder = person("教练")
    until = day() + timedelta(weeks=19)
    first = booked(venue(), day(), "14:00", "16:00", by=holder, repeat={"rule": "FREQ=WEEKLY", "until": until})
    return first, token(holder.person_id)


@pytest.fixture
def later(db):
    """Call it to bring the end of the confirmed month nearer, as so many days do."""

    def later(days: int) -> None:
        for made in db.scalars(select(BookingSeries)):
            made.confirmed_until -= timedelta(days=days)
            if made.asked_for:
                made.asked_for -= timedelta(days=days)
                made.asked_at -= timedelta(days=days)
        for booking in db.scalars(select(Booking).order_by(Booking.starts_at)):
            booking.starts_at -= timedelta(days=days)
            booking.ends_at -= timedelta(days=days)
            db.flush()
        db.commit()

    return later


@pytest.fixture
def states(db):
    """Call it for how many bookings are in which state."""

    def states() -> dict[str, int]:
        db.expire_all()
        found: dict[str, int] = {}
        for state in db.scalars(select(Booking.state)):
            found[state] = found.get(state, 0) + 1
        return found

    return states


def asked(published: Any) -> list[dict]:
    return [facts for _, facts in published("events.booking_to_confirm%")]


def test_nobody_is_asked_before_a_week_is_left(series, later, tick, published):
    tick("events", "ask_to_confirm")
    later(20)
    tick("events", "ask_to_confirm")

    assert asked(published) == []


def test_the_holder_is_asked_once_and_says_yes_for_a_month(events, series, later, tick, published, states, db, settle):
    first, headers = series
    later(27)
    tick("events", "ask_to_confirm")
    tick("events", "ask_to_confirm")
    [facts] = asked(published)
    assert facts["count"] in (4, 5)

    answer = events.post(f"/bookings/{first.id}/reconfirm", headers=headers)
    assert (answer.status_code, answer.json["to_confirm"]) == (200, None)
    again = events.post(f"/bookings/{first.id}/reconfirm", headers=headers)
    assert (again.status_code, again.json["title"]) == (409, "NothingToConfirm")
    later(20)
    tick("events", "release_unconfirmed")

    assert states() == {"confirmed": 20}
    settle()


def test_a_month_that_nobody_confirmed_is_released_and_the_next_is_asked_about(
    series, later, tick, published, states, settle
):
    later(27)
    tick("events", "ask_to_confirm")
    later(7)
    tick("events", "release_unconfirmed")
    tick("events", "release_unconfirmed")

    [(_, facts)] = published("events.booking_released%")
    assert (facts["release"], facts["count"]) == ("not_confirmed", asked(published)[0]["count"])
    assert states() == {"confirmed": 20 - facts["count"], "released": facts["count"]}
    later(26)
    tick("events", "ask_to_confirm")
    assert len(asked(published)) == 2
    settle()


def test_when_the_clock_stood_still_the_holder_still_has_three_days(series, later, tick, states, db):
    later(40)
    tick("events", "ask_to_confirm")
    tick("events", "release_unconfirmed")
    assert states() == {"confirmed": 20}

    made = db.scalars(select(BookingSeries)).one()
    made.asked_at = now() - timedelta(days=4)
    db.commit()
    tick("events", "release_unconfirmed")
    assert states()["released"] >= 2


def test_who_waits_gets_a_released_date(series, later, tick, booked, db, state_of):
    first, _ = series
    coming = db.scalars(
        select(Booking).where(Booking.starts_at > now() + timedelta(days=36)).order_by(Booking.starts_at)
    )
    wanted = coming.first()
    local = day() + timedelta(days=(wanted.starts_at - first.starts_at).days)
    waiting = booked(wanted.venue, local, "14:00", "16:00", on_conflict="wait")
    assert waiting.state == "waiting"
    later(27)
    tick("events", "ask_to_confirm")
    later(7)

    tick("events", "release_unconfirmed")

    assert state_of(waiting) == "confirmed"


def test_a_booking_of_its_own_needs_no_confirmation(events, venue, booked, clerk):
    single = booked(venue(), day(), "14:00", "16:00")

    answer = events.post(f"/bookings/{single.id}/reconfirm", headers=clerk)

    assert (answer.status_code, answer.json["title"]) == (409, "NothingToConfirm")
