"""Many reach for the last seats at the same moment, on connections of their own."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.events.domain import activities, sign_ups
from services.events.models import Person, Unit
from shared.db import now
from tests.events.conftest import EVERYONE, a_member

CROWD = 24
SEATS = 5
SWEEP = (
    "DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.subject = :activity",
    "DELETE FROM bus.events WHERE subject = :activity",
    "DELETE FROM events.sign_ups WHERE activity_id = :activity",
    "DELETE FROM events.activities WHERE id = :activity",
    "DELETE FROM events.people WHERE person_id = ANY (:people)",
    "DELETE FROM events.units WHERE unit_id = :unit",
)


@pytest.fixture
def crowd(rush):
    """An activity with few seats, and many people; gone without a trace afterwards."""
    people, unit_id = [a_member(f"第{n}位") for n in range(CROWD)], uuid4()
    unit = Unit(
        unit_id=unit_id, code="CROWD", name="挤", kind="test", needs_approval=False, active=True, changed_at=now()
    )
    starts_at = now() + timedelta(days=1)
    plan: dict[str, Any] = {
        "title": "抢座",
        "summary": "",
        "kind": "show",
        "form": None,
        "place": "小剧场",
        "capacity": SEATS,
    }
    plan |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "audience": EVERYONE}

    def arrange(db) -> UUID:
        db.add_all([unit, *(Person(**somebody) for somebody in people)])
        return activities.post(db, unit, reach="all", posted_by="test", submit_it=True, **plan).id

    activity_id = rush.do(arrange)
    yield activity_id, [somebody["person_id"] for somebody in people]
    rush.sweep(*SWEEP, activity=activity_id, unit=unit_id, people=[somebody["person_id"] for somebody in people])


def test_a_crowd_at_once_gets_each_seat_once(rush, crowd):
    activity_id, people = crowd

    states = rush.at_once(
        *[lambda db, one=one: sign_ups.sign_up(db, activity_id, person_id=one).state for one in people]
    )
    assert sorted(states) == ["going"] * SEATS + ["waiting"] * (CROWD - SEATS)

    rush.at_once(*[lambda db, one=one: sign_ups.cancel(db, activity_id, person_id=one) for one in people[::2]])
    left = rush.do(lambda db: sign_ups.people_of(db, activity_id))
    assert rush.do(lambda db: sign_ups.going_count(db, activity_id)) == SEATS
    assert set(left) == set(people[1::2])
