"""Many reach for the last seats at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from services.events.domain import activities, sign_ups
from services.events.models import Person, Unit
from shared.db import enter, now
from tests.conftest import COMMITTEE
from tests.events.conftest import EVERYONE, a_member

CROWD = 24
SEATS = 5


@pytest.fixture
def transaction(server):
    """Transactions that are really committed, each on a connection of its own."""
    engine = create_engine(server.url, pool_size=CROWD)
    sessions = sessionmaker(engine, expire_on_commit=False)

    def transaction(act):
        with sessions.begin() as db:
            enter(db, COMMITTEE)
            return act(db)

    yield transaction
    engine.dispose()


@pytest.fixture
def crowd(transaction):
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

    activity_id = transaction(arrange)
    yield activity_id, [somebody["person_id"] for somebody in people]
    transaction(lambda db: _sweep(db, activity_id, unit_id, [somebody["person_id"] for somebody in people]))


def _sweep(db, activity_id, unit_id, people) -> None:
    facts = {"activity": activity_id, "unit": unit_id, "people": people}
    for statement in (
        "DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.subject = :activity",
        "DELETE FROM bus.events WHERE subject = :activity",
        "DELETE FROM events.sign_ups WHERE activity_id = :activity",
        "DELETE FROM events.activities WHERE id = :activity",
        "DELETE FROM events.people WHERE person_id = ANY (:people)",
        "DELETE FROM events.units WHERE unit_id = :unit",
    ):
        db.execute(text(statement), facts)


def test_a_crowd_at_once_gets_each_seat_once(transaction, crowd):
    activity_id, people = crowd

    def reach(person_id) -> str:
        return transaction(lambda db: sign_ups.sign_up(db, activity_id, person_id=person_id).state)

    with ThreadPoolExecutor(CROWD) as threads:
        states = list(threads.map(reach, people))
    assert sorted(states) == ["going"] * SEATS + ["waiting"] * (CROWD - SEATS)

    def give_back(person_id) -> None:
        transaction(lambda db: sign_ups.cancel(db, activity_id, person_id=person_id))

    with ThreadPoolExecutor(CROWD) as threads:
        list(threads.map(give_back, people[::2]))
    left = transaction(lambda db: sign_ups.people_of(db, activity_id))
    assert transaction(lambda db: sign_ups.going_count(db, activity_id)) == SEATS
    assert set(left) == set(people[1::2])
