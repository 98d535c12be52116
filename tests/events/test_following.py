"""An activity that moves takes along the venue that is booked for it, or stays where it is."""

from datetime import timedelta

import pytest

from tests.events.conftest import seen
from tests.events.test_changes import plan_of
from tests.events.venue_fixtures import at, codes, day, rule


@pytest.fixture
def a_concert(hold):
    """At two o'clock, for two hours."""
    return hold(starts_at=at(day(), "14:00"), ends_at=at(day(), "16:00"))


@pytest.fixture
def postponed(events, clerk):
    """Call it to move an activity by so much."""

    def postponed(activity, **later):
        times = {name: (getattr(activity, name) + timedelta(**later)).isoformat() for name in ("starts_at", "ends_at")}
        return events.post(
            f"/activities/{activity.id}/postpone", json={"reason": "下雪"} | times, headers=seen(clerk, activity)
        )

    return postponed


def test_its_venue_goes_along_with_the_time_before_and_after_it(a_concert, venue, booked, db, postponed):
    booking = booked(venue(), day(), "13:30", "16:30", activity_id=a_concert.id)

    assert postponed(a_concert, days=1, hours=1).status_code == 200

    db.refresh(booking)
    assert (booking.starts_at, booking.ends_at) == (at(day(4), "14:30"), at(day(4), "17:30"))
    assert booking.state == "confirmed"


def test_where_somebody_else_is_the_activity_does_not_go(a_concert, venue, booked, events, clerk, db):
    theatre = venue()
    booking = booked(theatre, day(), "14:00", "16:00", activity_id=a_concert.id)
    booked(theatre, day(), "17:00", "18:00")

    longer = plan_of(a_concert, ends_at=at(day(), "17:30").isoformat())
    answer = events.put(f"/activities/{a_concert.id}", json=longer, headers=seen(clerk, a_concert))

    assert (answer.status_code, codes(answer, "starts_at")) == (422, ["venue_taken"])
    db.refresh(booking)
    assert booking.ends_at == at(day(), "16:00")


def test_nor_where_the_venue_is_closed(a_concert, venue, booked, postponed):
    booked(venue("小剧场", rule("08:00", "18:00")), day(), "14:00", "16:00", activity_id=a_concert.id)

    answer = postponed(a_concert, hours=6)

    assert (answer.status_code, codes(answer, "starts_at")) == (422, ["outside_hours"])


def test_another_units_venue_is_asked_about_the_other_time(
    a_concert, venue, booked, postponed, state_of, published, db
):
    booking = booked(venue(), day(), "14:00", "16:00", activity_id=a_concert.id)
    booking.venue.needs_approval = True
    db.commit()

    postponed(a_concert, hours=1)

    assert state_of(booking) == "asked"
    assert [topic for topic, _ in published("events.booking%")] == ["events.booking_asked.v1"]


def test_what_somebody_moved_already_is_left(a_concert, venue, booked, postponed, db):
    booking = booked(venue(), day(), "16:00", "18:00", activity_id=a_concert.id)

    postponed(a_concert, hours=2)

    db.refresh(booking)
    assert booking.starts_at == at(day(), "16:00")


def test_without_a_date_it_needs_no_venue(a_concert, venue, booked, events, clerk, state_of, published):
    booking = booked(venue(), day(), "14:00", "16:00", activity_id=a_concert.id)

    events.post(f"/activities/{a_concert.id}/postpone", json={"reason": "下雪"}, headers=seen(clerk, a_concert))

    assert state_of(booking) == "released"
    assert [facts["release"] for _, facts in published("events.booking_released%")] == ["postponed"]


def test_an_activity_without_a_venue_moves_alone(a_concert, db, postponed):
    assert postponed(a_concert, hours=1).status_code == 200
    db.refresh(a_concert)
    assert a_concert.starts_at == at(day(), "15:00")
