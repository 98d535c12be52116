"""Booking a venue: what is refused and why, what is suggested, who waits."""

import pytest
from sqlalchemy import select

from services.events.domain.bookings import steps
from services.events.models import Booking
from tests.events.conftest import once
from tests.events.venue_fixtures import at, codes, day, local, rule, wish

DAILY = {"rule": "FREQ=DAILY"}


def what(suggestion: dict) -> tuple[str, str, str, str]:
    begin, end = local(suggestion["starts_at"]), local(suggestion["ends_at"])
    return suggestion["why"][0]["code"], suggestion["venue"]["name"], begin, end[-5:]


def test_a_venue_that_needs_no_approval_is_theirs_at_once(book, venue, published):
    answer = book(venue(), day(), "14:00", "16:00", people=30)

    assert answer.status_code == 201, answer.text
    [made] = answer.json["made"]
    assert (made["state"], made["people"], answer.json["conflicts"]) == ("confirmed", 30, [])
    assert published("events.booking%") == []


def test_a_venue_that_needs_approval_is_asked_for(book, venue, published, settle):
    answer = book(venue(needs_approval=True), day(), "14:00", "16:00")

    assert answer.json["made"][0]["state"] == "asked"
    [(topic, facts)] = published("events.booking%")
    assert (topic, facts["count"]) == ("events.booking_asked.v1", 1)
    settle()


@pytest.mark.parametrize(
    ("begin", "end", "facts", "field", "code"),
    [
        ("16:00", "14:00", {}, "ends_at", "ends_before_start"),
        ("14:00", "14:00", {}, "ends_at", "ends_before_start"),
        ("08:00", "13:00", {}, "ends_at", "lasts_too_long"),
        ("14:10", "15:00", {}, "starts_at", "off_slot"),
        ("14:00", "16:00", {"people": 161}, "people", "too_many_people"),
        ("20:00", "22:00", {}, "starts_at", "outside_hours"),
        ("14:00", "16:00", {"title": ""}, "title", "length"),
        ("14:00", "16:00", {"venue_id": "20121031-0000-7000-8000-000000000009"}, "venue_id", "unknown"),
        ("14:00", "16:00", {"unit": "U99"}, "unit", "unknown"),
        ("14:00", "16:00", {"activity_id": "20121031-0000-7000-8000-000000000009"}, "activity_id", "unknown"),
        ("14:00", "16:00", {"repeat": {"rule": "FREQ=NEVER", "until": "2099-01-01"}}, "repeat.rule", "invalid"),
        ("14:00", "16:00", {"repeat": DAILY | {"until": "2020-01-01"}}, "repeat.until", "ends_before_start"),
        ("14:00", "16:00", {"repeat": DAILY | {"until": "2090-01-01"}}, "repeat.rule", "too_many"),
        (
            "14:00", "16:00", {"repeat": {"rule": "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "until": "2090-01-01"}},
            "repeat.rule", "no_date",
        ),
        ("14:00", "16:00", {"repeat": {"rule": "FREQ=YEARLY", "until": "2080-01-01"}}, "repeat.until", "too_far_ahead"),
    ],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused(book, venue, begin, end, facts, field, code):
    theatre = venue("小剧场", rule("08:00", "21:00"), longest_minutes=240)

    assert codes(book(theatre, day(), begin, end, **facts), field) == [code]


def test_what_is_over_or_too_far_ahead_cannot_be_booked(book, venue):
    theatre = venue(max_hours_ahead=24 * 7)

    assert codes(book(theatre, day(-1), "14:00", "16:00"), "starts_at") == ["in_the_past"]
    assert codes(book(theatre, day(9), "14:00", "16:00"), "starts_at") == ["too_far_ahead"]


def test_outside_of_the_hours_one_is_told_when_it_is_open(book, venue):
    answer = book(venue("大讲堂", rule("08:30", "20:30")), day(), "20:00", "22:00")

    [error] = answer.json["errors"]["starts_at"]
    assert [(local(one["from"])[-5:], local(one["to"])[-5:]) for one in error["spans"]] == [("08:30", "20:30")]


def test_a_venue_that_is_open_over_midnight_can_be_booked_over_midnight(book, venue, events, somebody):
    hall = venue("通宵", rule("00:00", "24:00"))
    times = {"starts_at": at(day(), "22:00").isoformat(), "ends_at": at(day(4), "02:00").isoformat()}

    answer = events.post("/bookings", json=wish(hall, day(), "22:00", "23:00") | times, headers=once(somebody[1]))

    assert answer.status_code == 201, answer.text


def test_what_cannot_be_booked_says_so(book, venue):
    answer = book(venue(bookable=False), day(), "14:00", "16:00")

    assert (answer.status_code, answer.json["title"]) == (409, "NotBookable")


def test_what_is_taken_comes_back_with_what_could_be_done(book, venue, booked):
    theatre = venue("小剧场", rule("08:00", "21:00"))
    venue("大讲堂", rule("08:00", "21:00"), capacity=60, kind="room")
    venue("会客厅", rule("08:00", "21:00"), capacity=12, kind="room")
    venue("大巴", kind="vehicle", capacity=200)
    booked(theatre, day(), "14:00", "16:00", title="别人的排练")

    answer = book(theatre, day(), "15:00", "17:00", people=50)

    assert (answer.status_code, answer.json["title"]) == (409, "Taken")
    [conflict] = answer.json["conflicts"]
    assert (conflict["code"], conflict["with"][0]["title"]) == ("taken", None), "it is not theirs to see"
    date, next_day = f"{day():%m-%d}", f"{day(4):%m-%d}"
    assert [what(one) for one in conflict["suggestions"]] == [
        ("other_room", "大讲堂", f"{date} 15:00", "17:00"),
        ("other_time", "小剧场", f"{date} 16:00", "18:00"),
        ("other_day", "小剧场", f"{next_day} 15:00", "17:00"),
        ("shorter", "小剧场", f"{date} 16:00", "17:00"),
    ]


def test_each_suggestion_can_really_be_had(book, venue, booked):
    theatre = venue("小剧场", rule("08:00", "21:00"))
    venue("大讲堂", rule("08:00", "21:00"))
    booked(theatre, day(), "14:00", "16:00")
    suggestions = book(theatre, day(), "15:00", "17:00").json["conflicts"][0]["suggestions"]

    def accept(one: dict) -> int:
        times = {"venue_id": one["venue"]["id"], "starts_at": one["starts_at"], "ends_at": one["ends_at"]}
        return book(theatre, day(), "15:00", "17:00", **times).status_code

    *others, shorter = suggestions
    assert [accept(one) for one in (shorter, *others)] == [201, 201, 409, 201], "two of them share an hour"


def test_a_place_in_the_waiting_list_moves_up_and_is_told(db, book, venue, booked, published, state_of):
    theatre = venue()
    first = booked(theatre, day(), "14:00", "16:00")
    answers = [book(theatre, day(), "15:00", "17:00", on_conflict="wait") for _ in range(2)]
    assert [one.json["made"][0]["state"] for one in answers] == ["waiting", "waiting"]
    lucky, other = (db.get(Booking, one.json["made"][0]["id"]) for one in answers)

    steps.cancel(db, first.id, reason="来不了", told=False)
    db.commit()

    assert (state_of(lucky), state_of(other)) == ("confirmed", "waiting")
    assert [facts["decision"] for _, facts in published("events.booking_decided%")] == ["moved_up"]


def test_waiting_for_a_venue_that_needs_approval_asks_for_it_when_it_is_free(db, book, venue, booked, clerk, events):
    theatre = venue(needs_approval=True)
    first = booked(theatre, day(), "14:00", "16:00")
    waiting = book(theatre, day(), "14:00", "16:00", on_conflict="wait").json["made"][0]["id"]

    events.post(f"/bookings/{first.id}/reject", json={"reason": "另有安排"}, headers=clerk)

    assert events.get(f"/bookings/{waiting}", headers=clerk).json["state"] == "asked"


def test_one_sees_ones_own_bookings_and_those_of_venues_that_one_runs(
    events, unit, venue, booked, liaison, somebody, clerk
):
    member, headers = somebody
    owner = unit()
    mine = booked(venue("甲"), day(), "14:00", "16:00", by=member)
    theirs = booked(venue("乙", of=owner), day(), "14:00", "16:00")

    def listed(headers, query="") -> set[str]:
        return {one["id"] for one in events.get(f"/bookings{query}", headers=headers).json["items"]}

    assert listed(headers) == {str(mine.id)}
    assert listed(liaison(owner)) == {str(theirs.id)}
    assert listed(clerk) == {str(mine.id), str(theirs.id)}
    assert listed(clerk, "?mine=true") == set()
    assert listed(headers, "?run=true") == set()
    assert listed(liaison(owner), "?run=true") == {str(theirs.id)}
    assert listed(clerk, f"?venue={theirs.venue_id}") == {str(theirs.id)}
    assert listed(clerk, "?state=asked&state=waiting") == set()
    end = at(day(), "14:00").isoformat().replace("+", "%2B")
    assert listed(clerk, f"?to={end}") == set()
    assert listed(clerk, f"?from={end}") == {str(mine.id), str(theirs.id)}


def test_what_is_free_of_a_day_is_what_is_open_and_not_taken(events, venue, booked, somebody):
    theatre = venue("小剧场", rule("08:00", "21:00"))
    booked(theatre, day(), "14:00", "16:00")

    answer = events.get(f"/venues/{theatre.id}/free?from={day()}&to={day()}", headers=somebody[1])

    [free] = answer.json["items"]
    assert [(local(one["from"])[-5:], local(one["to"])[-5:]) for one in free["spans"]] == [
        ("08:00", "14:00"), ("16:00", "21:00"),
    ]  # fmt: skip


def test_a_wish_that_is_sent_twice_books_once(events, venue, somebody, db):
    sent, headers = wish(venue(), day(), "14:00", "16:00"), once(somebody[1])

    first, again = (events.post("/bookings", json=sent, headers=headers) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert len(db.scalars(select(Booking)).all()) == 1
