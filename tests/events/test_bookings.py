"""Booking a venue: what is refused and why, what is suggested, who decides, who waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from services.events.domain.bookings import steps
from services.events.models import Booking
from tests.events.conftest import once, seen
from tests.events.venue_fixtures import at, codes, day, local, rule, wish

DAILY = {"rule": "FREQ=DAILY"}


@pytest.fixture
def somebody(person, token):
    """A member, and their headers."""
    member = person("王秀英")
    return member, token(member.person_id)


@pytest.fixture
def book(events, somebody):
    """Call it to let somebody wish for a venue."""

    def book(venue, on, begin, end, headers=None, **facts):
        sent = wish(venue, on, begin, end, **facts)
        return events.post("/bookings", json=sent, headers=once(headers or somebody[1]))

    return book


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


def weekly(weeks: int) -> dict:
    return {"repeat": {"rule": "FREQ=WEEKLY", "until": (day() + timedelta(weeks=weeks - 1)).isoformat()}}


def test_of_twenty_dates_the_seventh_is_taken_and_one_is_told_which(book, venue, booked, db):
    theatre = venue("小剧场", rule("08:00", "21:00"))
    seventh = day() + timedelta(weeks=6)
    booked(theatre, seventh, "14:30", "15:00")

    failed = book(theatre, day(), "14:00", "16:00", **weekly(20))
    assert (failed.status_code, failed.json["title"]) == (409, "Taken")
    assert [one["on"] for one in failed.json["conflicts"]] == [seventh.isoformat()]
    assert failed.json["conflicts"][0]["suggestions"]
    assert db.scalar(text("SELECT count(*) FROM events.bookings")) == 1, "all or nothing"

    skipped = book(theatre, day(), "14:00", "16:00", on_conflict="skip", **weekly(20))
    assert skipped.status_code == 201, skipped.text
    assert len(skipped.json["made"]) == 19
    assert [one["on"] for one in skipped.json["conflicts"]] == [seventh.isoformat()]


def test_a_date_of_a_series_that_is_closed_or_out_of_hours_is_a_conflict_of_its_own(book, venue):
    working = venue("健康小屋", rule("08:00", "17:00", weekdays=[1, 2, 3, 4, 5]))
    daily = {"repeat": {"rule": "FREQ=DAILY", "until": day(9).isoformat()}}

    answer = book(working, day(), "14:00", "16:00", on_conflict="skip", **daily)

    assert len(answer.json["made"]) == 5
    assert {one["code"] for one in answer.json["conflicts"]} == {"outside_hours"}


def test_a_series_of_bookings_must_not_overlap_itself(book, venue):
    camp = venue("营地", longest_minutes=3 * 24 * 60)
    daily = {"repeat": {"rule": "FREQ=DAILY", "until": day(9).isoformat()}, "ends_at": at(day(5), "08:00").isoformat()}

    assert codes(book(camp, day(), "08:00", "09:00", **daily), "repeat.rule") == ["overlaps_itself"]


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


def test_a_series_is_decided_about_and_given_back_as_a_whole(events, venue, booked, somebody, clerk, published, db):
    member, headers = somebody
    repeat = {"rule": "FREQ=WEEKLY", "until": day() + timedelta(weeks=4)}
    first = booked(venue(needs_approval=True), day(), "14:00", "16:00", by=member, repeat=repeat)
    second, *_ = db.scalars(select(Booking.id).where(Booking.id != first.id).order_by(Booking.starts_at)).all()

    def states() -> list[str]:
        db.expire_all()
        return list(db.scalars(select(Booking.state).order_by(Booking.starts_at)))

    assert events.post(f"/bookings/{second}/approve?series=true", headers=clerk).status_code == 200
    assert states() == ["asked", *["confirmed"] * 4]
    assert [facts["count"] for _, facts in published("events.booking_decided%")] == [4]

    given_back = events.post(f"/bookings/{second}/cancel", json={"reason": "不办了", "series": True}, headers=headers)
    assert given_back.json["state"] == "cancelled"
    assert events.post(f"/bookings/{first.id}/withdraw?series=true", headers=headers).json["state"] == "withdrawn"
    assert states() == ["withdrawn", *["cancelled"] * 4]


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
