"""A venue is closed by cold, and opens again: what becomes of its bookings, and who is told."""

import pytest
from sqlalchemy import select

from services.events.domain import closures
from services.events.models import Booking, VenueClosure
from shared.db import now
from tests.events.conftest import once
from tests.events.venue_fixtures import at, codes, day, rule, wish


@pytest.fixture
def close(db):
    """Call it to close a venue."""

    def close(venue, kind: str = "cold", **facts) -> VenueClosure:
        facts = {"since": now(), "until": None, "reason": "零下二十五度", "by": "test"} | facts
        closure = closures.close(db, venue, kind=kind, **facts)
        db.commit()
        return closure

    return close


@pytest.fixture
def reopen(db):
    """Call it to end a closure."""

    def reopen(closure: VenueClosure) -> None:
        closures.reopen(db, closure.id)
        db.commit()

    return reopen


def test_cold_suspends_what_is_near_and_tells_why(venue, booked, close, state_of, published, settle):
    ground = venue("操场", rule("08:00", "22:00"))
    near, far = booked(ground, day(1), "19:00", "21:00"), booked(ground, day(9), "19:00", "21:00")

    close(ground)

    assert (state_of(near), state_of(far)) == ("suspended", "confirmed")
    [(_, facts)] = published("events.bookings_suspended%")
    assert (facts["cause"], facts["reason"], facts["count"]) == ("cold", "零下二十五度", 1)
    assert facts["person_id"] == str(near.person_id)
    assert [facts["until"] for _, facts in published("events.venue_closed%")] == [None]
    settle()


def test_whoever_has_many_bookings_is_told_once(venue, booked, close, published, person):
    ground, holder = venue(), person("教练")
    for n in range(1, 6):
        booked(ground, day(n), "19:00", "21:00", by=holder)

    close(ground, "works", until=at(day(30), "08:00"))

    assert [facts["count"] for _, facts in published("events.bookings_suspended%")] == [5]


def test_as_the_cold_goes_on_more_is_suspended(venue, booked, close, earlier, tick, state_of, published):
    ground = venue()
    close(ground)
    coming = booked(ground, day(4), "19:00", "21:00")
    tick("events", "heed_closures")
    assert state_of(coming) == "confirmed"

    earlier(coming, days=3)
    tick("events", "heed_closures")
    tick("events", "heed_closures")

    assert state_of(coming) == "suspended"
    assert len(published("events.bookings_suspended%")) == 1


def test_when_it_opens_again_bookings_hold_as_before(venue, booked, close, reopen, state_of, published, settle):
    ground = venue(needs_approval=True)
    asked = booked(ground, day(1), "19:00", "21:00")
    closure = close(ground)

    reopen(closure)

    assert state_of(asked) == "asked"
    assert [facts["count"] for _, facts in published("events.bookings_restored%")] == [1]
    assert len(published("events.venue_opened%")) == 1
    settle()


def test_what_is_over_when_it_opens_again_stays_off(venue, booked, close, reopen, earlier, state_of, published):
    ground = venue()
    missed = booked(ground, day(1), "19:00", "21:00")
    closure = close(ground)
    earlier(missed, days=3)

    reopen(closure)

    assert state_of(missed) == "suspended"
    assert published("events.bookings_restored%") == []


def test_two_closures_must_both_end(venue, booked, close, reopen, state_of):
    ground = venue()
    booking = booked(ground, day(1), "19:00", "21:00")
    cold, works = close(ground), close(ground, "works", until=at(day(3), "00:00"))

    reopen(cold)
    assert state_of(booking) == "suspended"
    reopen(works)
    assert state_of(booking) == "confirmed"


def test_what_a_closure_suspended_is_nobody_elses(venue, booked, close, reopen, state_of, events, clerk):
    ground = venue()
    booking = booked(ground, day(1), "19:00", "21:00")
    closure = close(ground)

    block = wish(ground, day(1), "19:00", "21:00", kind="block")
    assert events.post("/bookings", json=block, headers=once(clerk)).status_code == 409
    reopen(closure)
    assert state_of(booking) == "confirmed"


def test_a_closure_that_is_over_cannot_end_again(venue, close, reopen, events, clerk):
    closure = close(venue(), "event", until=at(day(1), "00:00"))
    reopen(closure)

    again = events.delete(f"/closures/{closure.id}", headers=clerk)

    assert (again.status_code, again.json["title"]) == (409, "AlreadyOpen")


def test_a_booking_that_spans_a_closure_is_refused_with_its_reason(venue, close, events, clerk):
    ground = venue()
    close(ground, "works", since=at(day(3), "10:00"), until=at(day(3), "12:00"), reason="修灯")

    def book(begin, end):
        return events.post("/bookings", json=wish(ground, day(3), begin, end), headers=once(clerk))

    answer = book("09:00", "13:00")
    assert codes(answer, "starts_at") == ["closed"]
    assert answer.json["errors"]["starts_at"][0]["reason"] == "修灯"
    assert book("12:00", "13:00").status_code == 201


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"until": "2002-01-01T00:00:00Z", "from": "2001-12-01T00:00:00Z"}, "until", "in_the_past"),
        ({"until": "2026-01-01T00:00:00Z", "from": "2027-01-01T00:00:00Z"}, "until", "ends_before_start"),
        ({"kind": "flu"}, "kind", "not_one_of"),
        ({"reason": ""}, "reason", "length"),
        ({"from": "yesterday"}, "from", "invalid"),
    ],
)
def test_a_closure_that_makes_no_sense_is_refused(events, venue, clerk, facts, field, code):
    sent = {"kind": "cold", "reason": "冷"} | facts

    answer = events.post(f"/venues/{venue().id}/closures", json=sent, headers=once(clerk))

    assert codes(answer, field) == [code]


def test_a_closure_over_http_says_how_many_bookings_it_took(events, venue, booked, clerk, db):
    ground = venue()
    booked(ground, day(1), "19:00", "21:00")
    path = f"/venues/{ground.id}/closures"

    made = events.post(path, json={"kind": "air", "reason": "AQI 240"}, headers=once(clerk)).json
    assert (made["suspended"], made["until"]) == (1, None)
    assert [one["id"] for one in events.get(path, headers=clerk).json["items"]] == [made["id"]]
    assert events.delete(f"/closures/{made['id']}", headers=clerk).status_code == 204
    assert events.get(path, headers=clerk).json["items"] == []
    assert db.scalars(select(Booking.state)).all() == ["confirmed"]


def test_a_suspended_booking_can_go_to_another_room(events, venue, booked, close, clerk):
    ground, hall = venue("操场"), venue("大讲堂")
    booking = booked(ground, day(1), "19:00", "21:00")
    close(ground)

    moved = events.put(
        f"/bookings/{booking.id}", json=wish(hall, day(1), "19:00", "21:00"), headers=clerk | {"If-Match": "*"}
    )

    assert (moved.json["state"], moved.json["closure"]) == ("confirmed", None)
