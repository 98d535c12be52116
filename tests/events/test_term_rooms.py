"""A term in venues: planned only where they are open and free, and booked when it is published."""

from typing import Any

import pytest

from services.events.domain import closures
from services.events.domain.bookings.wishes import Taken
from services.events.domain.hall import fixing, publishing, terms
from services.events.domain.hall.publishing import RoomTaken
from services.events.domain.hours import midnight
from services.events.models import Booking, Venue
from shared.errors import Invalid
from tests.events.hall import TUESDAY, codes, next_day, slots, term, topic
from tests.events.venue_fixtures import rule


@pytest.fixture
def planned(db, unit):
    """Call it for a term of four Tuesdays at 19:00 in these rooms, planned; nobody has to speak."""

    def planned(*venues: Venue):
        for code in ("T1", "T2", "T3", "T4"):
            topic(db, code, needs_speaker=False)
        rooms = [{"name": None, "venue_id": venue.id, "capacity": None} for venue in venues]
        made = term(db, unit(), rooms=rooms)
        terms.plan(db, made.id)
        return made

    return planned


def test_nothing_is_planned_where_a_venue_is_closed_or_has_no_hours_then(db, venue, planned):
    mornings, evenings = venue("读书室", rule("08:00", "12:00")), venue("大讲堂", rule("18:00", "21:30"))
    first = midnight(next_day(TUESDAY))
    closures.close(db, evenings, since=first, until=first.replace(hour=23), kind="works", reason="换灯", by="test")

    made = planned(mornings, evenings)

    assert [slot.place for slot in slots(db, made)] == [None, "大讲堂", "大讲堂", "大讲堂"]
    assert slots(db, made)[0].why == [
        {"code": "no_room"}, {"code": "room_not_open", "place": "读书室"}, {"code": "room_not_open", "place": "大讲堂"},
    ]  # fmt: skip


def test_whoever_writes_the_name_of_a_venue_means_it(db, venue, unit):
    hall = venue("大讲堂", capacity=80)

    made = term(db, unit(), rooms=[{"name": "大讲堂", "capacity": 60}, {"name": "院子里", "capacity": None}])

    assert made.rooms == [
        {"name": "大讲堂", "capacity": 60, "venue_id": str(hall.id)},
        {"name": "院子里", "capacity": None, "venue_id": None},
    ]


def test_what_somebody_booked_is_passed_over_for_the_next_room(db, venue, booked, planned):
    small, large = venue("小剧场"), venue("大讲堂")
    booked(small, next_day(TUESDAY, 1), "20:00", "22:00")

    made = planned(small, large)

    assert [slot.place for slot in slots(db, made)] == ["小剧场", "大讲堂", "小剧场", "小剧场"]


def test_a_published_term_has_its_venues_and_nobody_else_gets_them(db, venue, booked, planned):
    hall = venue("大讲堂", capacity=80, max_hours_ahead=24)
    made = planned(hall)

    publishing.publish(db, made.id, posted_by="test")
    db.commit()

    held = db.query(Booking).filter(Booking.venue_id == hall.id).order_by(Booking.starts_at).all()
    assert [(one.state, one.activity_id) for one in held] == [
        ("confirmed", slot.activity_id) for slot in slots(db, made)
    ]
    assert {slot.activity.capacity for slot in slots(db, made) if slot.activity} == {80}
    hall.max_hours_ahead = 24 * 60
    with pytest.raises(Taken):
        booked(hall, next_day(TUESDAY), "18:00", "20:00")


def test_a_venue_that_was_booked_meanwhile_is_named_and_nothing_is_published(db, venue, booked, planned):
    hall = venue("大讲堂")
    made = planned(hall)
    booked(hall, next_day(TUESDAY, 2), "19:30", "20:00")

    with pytest.raises(RoomTaken) as refused:
        publishing.publish(db, made.id, posted_by="test")

    assert refused.value.facts == {"slots": [3]}


def test_by_hand_too_a_lecture_is_where_it_is_open_and_free(db, venue, booked, planned):
    evenings, mornings = venue("大讲堂"), venue("读书室", rule("08:00", "12:00"))
    made = planned(evenings, mornings)
    booked(evenings, next_day(TUESDAY), "19:00", "20:00")

    for place, code in (("读书室", "not_open"), ("大讲堂", "taken")):
        with pytest.raises(Invalid) as refused:
            fixing.fix(db, made.id, number=1, topic="T1", place=place)
        assert refused.value.errors == {"place": [code]}
        db.rollback()

    fixing.fix(db, made.id, number=2, topic="T1", place="大讲堂")
    assert codes(slots(db, made)[1].why) == ["by_hand"]


@pytest.mark.parametrize(("facts", "code"), [({"bookable": False}, "not_bookable"), (None, "unknown")])
def test_a_term_is_only_in_venues_that_can_be_booked(db, venue, unit, facts: dict[str, Any] | None, code):
    venue_id = venue(**facts).id if facts else unit("U09").unit_id

    with pytest.raises(Invalid) as refused:
        term(db, unit(), rooms=[{"name": None, "venue_id": venue_id, "capacity": None}])

    assert refused.value.errors == {"rooms.0.venue_id": [code]}
