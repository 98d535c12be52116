"""Who decides about a booking, gives it back, moves it; what nobody decides."""

from services.events.models import Booking
from tests.events.conftest import once, seen
from tests.events.venue_fixtures import day, local, rule, wish


def test_a_clerk_or_the_venues_unit_decides_and_nobody_else(
    events, unit, venue, booked, liaison, clerk, published, settle
):
    owner = unit()
    theatre = venue(of=owner, needs_approval=True)
    asked = [booked(theatre, day(n), "14:00", "16:00") for n in (3, 4, 5)]
    decide = {"owner": liaison(owner), "clerk": clerk, "stranger": liaison(unit("U77"))}

    answers = [
        events.post(f"/bookings/{one.id}/approve", headers=decide[who]).status_code
        for one, who in zip(asked, decide, strict=True)
    ]

    assert answers == [200, 200, 404]
    assert {facts["decision"] for _, facts in published("events.booking_decided%")} == {"confirmed"}
    settle()


def test_who_runs_the_venue_books_without_asking_and_blocks_it(events, unit, venue, liaison, somebody):
    owner = unit()
    theatre, officer = venue(of=owner, needs_approval=True), liaison(owner)

    block = events.post("/bookings", json=wish(theatre, day(), "00:00", "23:00", kind="block"), headers=once(officer))
    assert (block.status_code, block.json["made"][0]["state"]) == (201, "confirmed")
    taken = events.post("/bookings", json=wish(theatre, day(), "14:00", "16:00"), headers=once(somebody[1]))
    assert taken.json["conflicts"][0]["with"][0]["kind"] == "block"
    refused = events.post(
        "/bookings", json=wish(theatre, day(9), "0:00", "2:00", kind="block"), headers=once(somebody[1])
    )
    assert refused.status_code == 403


def test_a_request_is_withdrawn_and_a_confirmed_booking_cancelled(events, venue, booked, somebody):
    member, headers = somebody
    theatre = venue(needs_approval=True)
    asked = booked(theatre, day(), "14:00", "16:00", by=member)

    cancelled = events.post(f"/bookings/{asked.id}/cancel", json={"reason": "x"}, headers=headers)
    assert (cancelled.status_code, cancelled.json["title"]) == (409, "WrongState")
    assert events.post(f"/bookings/{asked.id}/withdraw", headers=headers).json["state"] == "withdrawn"
    again = events.post(f"/bookings/{asked.id}/withdraw", headers=headers)
    assert (again.status_code, again.json["state"]) == (409, "withdrawn")
    assert booked(theatre, day(), "14:00", "16:00").state == "asked", "it is free again"


def test_moving_a_booking_shows_the_conflict_and_leaves_it_where_it_was(events, venue, booked, somebody, db):
    member, headers = somebody
    theatre = venue("小剧场", rule("08:00", "21:00"))
    mine, _ = booked(theatre, day(), "14:00", "16:00", by=member), booked(theatre, day(), "18:00", "20:00")

    path, edit = f"/bookings/{mine.id}", wish(theatre, day(), "17:00", "19:00")
    conflict = events.put(path, json=edit, headers=seen(headers, mine))
    assert (conflict.status_code, conflict.json["title"]) == (409, "Taken")
    assert conflict.json["conflicts"][0]["suggestions"]
    assert local(events.get(path, headers=headers).json["starts_at"])[-5:] == "14:00"

    db.refresh(mine)
    later = events.put(path, json=wish(theatre, day(), "15:00", "17:00"), headers=seen(headers, mine))
    assert later.status_code == 200, later.text
    assert local(later.json["starts_at"])[-5:] == "15:00", "a booking is not in its own way"
    assert events.put(path, json=edit, headers=seen(headers, {"version": 1})).status_code == 412


def test_moving_to_a_venue_that_needs_approval_asks_anew(events, venue, booked, somebody, published):
    member, headers = somebody
    mine = booked(venue(), day(), "14:00", "16:00", by=member)

    moved = events.put(
        f"/bookings/{mine.id}", json=wish(venue("大讲堂", needs_approval=True), day(), "14:00", "16:00"),
        headers=seen(headers, mine),
    )  # fmt: skip

    assert (moved.json["state"], moved.json["venue"]["name"]) == ("asked", "大讲堂")
    assert [topic for topic, _ in published("events.booking%")] == ["events.booking_asked.v1"]


def test_an_activity_that_is_called_off_needs_no_venue(events, db, hold, venue, clerk, settle, state_of, published):
    activity, theatre = hold(), venue()
    sent = wish(theatre, day(), "14:00", "16:00", activity_id=str(activity.id))
    made = events.post("/bookings", json=sent, headers=once(clerk)).json["made"][0]

    events.post(f"/activities/{activity.id}/call-off", json={"reason": "大雪"}, headers=seen(clerk, activity))
    settle()

    assert state_of(db.get(Booking, made["id"])) == "released"
    assert [facts["release"] for _, facts in published("events.booking_released%")] == ["called_off"]


def test_what_nobody_decided_until_it_begins_is_released(db, venue, booked, earlier, tick, state_of, published):
    theatre = venue(needs_approval=True)
    late, coming = booked(theatre, day(3), "14:00", "16:00"), booked(theatre, day(9), "14:00", "16:00")
    earlier(late, days=4)

    tick("events", "release_undecided")
    tick("events", "release_undecided")

    assert (state_of(late), state_of(coming)) == ("released", "asked")
    assert [facts["release"] for _, facts in published("events.booking_released%")] == ["not_decided"]
