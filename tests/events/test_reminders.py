"""A day ahead and an hour ahead, whoever has a seat is reminded: once, and not of what does not take place."""

from datetime import timedelta

import pytest

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import activities, changes, sign_ups
from shared.db import now

NEAR = "events.activity_is_near.v1"


@pytest.fixture
def going(db, person):
    """Call it to give somebody a seat."""

    def going(activity, who=None):
        who = who or person()
        sign_ups.sign_up(db, activity.id, person_id=who.person_id)
        db.commit()
        return who

    return going


@pytest.fixture
def reminded(tick, published):
    """Call it to let the clock strike: of whom was spoken so far, and how far ahead."""

    def reminded() -> list[tuple[str, list[str]]]:
        tick("events", "remind_of_what_is_near")
        return [(facts["ahead"], facts["person_ids"]) for _, facts in published(NEAR)]

    return reminded


def test_whoever_has_a_seat_is_reminded_a_day_ahead_and_an_hour_ahead_each_once(hold, going, move, reminded):
    held = hold(starts_at=now() + timedelta(hours=30), capacity=1)
    first = str(going(held).person_id)
    going(held)  # who waits has no seat to be reminded of

    assert reminded() == []
    move(held, hours=-7)
    assert reminded() == [("day", [first])]
    assert reminded() == [("day", [first])]


def test_an_hour_ahead_as_well(hold, going, reminded):
    held = hold(starts_at=now() + timedelta(minutes=50))
    who = str(going(held).person_id)

    assert reminded() == [("hour", [who])]
    assert reminded() == [("hour", [who])]


def test_when_it_is_moved_people_are_reminded_of_the_new_time(db, hold, going, move, reminded):
    held = hold(starts_at=now() + timedelta(hours=23))
    who = str(going(held).person_id)
    reminded()

    start = now() + timedelta(hours=20)
    changes.postpone(db, held.id, reason="下雪", starts_at=start, ends_at=start + timedelta(hours=2))
    db.commit()

    assert reminded() == [("day", [who])] * 2


@pytest.mark.parametrize("step", [activities.call_off, changes.postpone, changes.withdraw])
def test_nobody_is_reminded_of_what_does_not_take_place(db, hold, going, reminded, step):
    held = hold(starts_at=now() + timedelta(hours=23))
    going(held)
    step(db, held.id, reason="下雪")
    db.commit()

    assert reminded() == []


def test_nobody_is_reminded_of_what_has_begun_or_is_just_about_to(hold, going, move, reminded):
    held = hold(starts_at=now() + timedelta(hours=2))
    going(held)

    move(held, hours=-2, minutes=5)
    assert reminded() == []
    move(held, minutes=-30)
    assert reminded() == []


def test_who_gave_the_seat_back_hears_nothing(db, hold, going, reminded):
    held = hold(starts_at=now() + timedelta(hours=23))
    who = going(held)
    sign_ups.cancel(db, held.id, person_id=who.person_id)
    db.commit()

    assert reminded() == []


def test_when_nothing_is_near_the_clock_asks_once(hold, tick, heard):
    hold(starts_at=now() + timedelta(days=3))

    with heard() as statements:
        tick("events", "remind_of_what_is_near")

    asked = [one for one in statements if "events." in one]
    assert len(asked) == 1


def test_old_reminders_are_forgotten(db, hold, going, move, reminded, tick):
    held = hold(starts_at=now() + timedelta(hours=23))
    going(held)
    reminded()
    db.connection().exec_driver_sql("UPDATE events.reminders SET starts_at = starts_at - interval '9 days'")

    tick("events", "forget_what_people_told")

    assert db.connection().exec_driver_sql("SELECT count(*) FROM events.reminders").scalar() == 0
