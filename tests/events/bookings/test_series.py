"""A series of bookings, each date with its own conflicts."""

from datetime import timedelta

from sqlalchemy import select, text

from services.events.models import Booking
from tests.events.venue_fixtures import at, codes, day, rule


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
