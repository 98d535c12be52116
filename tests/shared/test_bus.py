"""The outbox and the bus: nothing lost, nothing twice, in Postgres."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from marshmallow import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from shared import bus
from shared import db as database
from shared.db import now
from shared.outbox import note_failure, publish, quarantined, replay
from shared.schemas.patrol import ShiftStarted
from tests.conftest import COMMITTEE

FACTS: dict[str, Any] = {
    "shift_id": uuid4(),
    "squad": "夜安一队",
    "starts_at": now(),
    "ends_at": now(),
    "person_ids": [],
}


@pytest.fixture
def heard(monkeypatch):
    """Put a consumer of our own in notify's place; what it hears."""
    heard = []
    consumer = bus.Consumer(lambda tx, event: heard.append(event), ShiftStarted, outside=False)
    monkeypatch.setitem(bus.registry.consumers, ("notify", ShiftStarted.topic), consumer)
    return heard


@pytest.fixture
def delivery(connection, db):
    """An event of patrol, waiting for notify."""
    with database.transaction("patrol") as tx:
        publish(tx, ShiftStarted, subject=FACTS["shift_id"], **FACTS)
    return db.execute(text("SELECT id FROM bus.deliveries WHERE subscriber = 'notify'")).scalar_one()


def test_what_is_delivered_twice_is_consumed_once(heard, delivery):
    bus.receive("notify", delivery)
    bus.receive("notify", delivery)

    assert [event.squad for event in heard] == ["夜安一队"]
    assert heard[0].subject == FACTS["shift_id"]


def test_an_event_names_all_its_facts_and_no_other(connection):
    with database.transaction("patrol") as tx, pytest.raises(ValidationError):
        publish(tx, ShiftStarted, **FACTS, phone="13800000000")
    with database.transaction("patrol") as tx, pytest.raises(ValidationError):
        publish(tx, ShiftStarted, squad="夜安一队")


def test_the_eighth_failure_quarantines_and_an_operator_replays(monkeypatch, connection, delivery, heard):
    def stumble(tx, event):
        raise RuntimeError("no")

    broken = bus.Consumer(stumble, ShiftStarted, outside=False)
    with monkeypatch.context() as patch:
        patch.setitem(bus.registry.consumers, ("notify", ShiftStarted.topic), broken)
        for _ in range(8):
            bus.receive("notify", delivery)

    with database.transaction("notify") as tx:
        [waiting] = quarantined(tx, "notify")
        assert waiting["last_error"] == "RuntimeError: no"
        assert replay(tx, "notify", [delivery]) == 1
    bus.receive("notify", delivery)
    assert len(heard) == 1


def test_what_an_older_version_does_not_know_waits_for_a_newer_one(monkeypatch, connection, db, delivery, heard):
    with monkeypatch.context() as patch:
        patch.delitem(bus.registry.consumers, ("notify", ShiftStarted.topic))
        for attempt in range(1, 20):
            bus.receive("notify", delivery, attempt)
    assert db.execute(text("SELECT quarantined_at, last_error FROM bus.deliveries")).one() == (
        None,
        f"NotKnown: {ShiftStarted.topic}",
    )

    bus.receive("notify", delivery, 20)

    assert len(heard) == 1


def test_an_hour_later_it_is_put_aside_for_the_operator(db, delivery):
    """As what no version that is alive knows, whatever became of the update."""
    aged = "UPDATE bus.deliveries SET failures = 20, event_id = uuidv7(interval '-61 minutes')"
    db.execute(text(aged))
    db.commit()

    with database.transaction("notify") as tx:
        note_failure(tx, "notify", delivery, "NotKnown: x.v2")

    assert db.execute(text("SELECT count(*) FROM bus.deliveries WHERE quarantined_at IS NOT NULL")).scalar_one() == 1


def test_work_that_kills_its_process_three_times_is_quarantined(connection, db, delivery):
    for _ in range(4):
        with database.transaction("notify") as tx:
            tx.execute(text("SELECT bus.start('notify', :id)"), {"id": delivery})

    assert db.execute(text("SELECT last_error FROM bus.deliveries WHERE quarantined_at IS NOT NULL")).scalar_one()


def test_two_clocks_ring_once_a_slot(db):
    db.execute(text("SELECT bus.schedule('patrol.every.test', 'patrol', 'patrol', '1 day')"))

    assert db.execute(text("SELECT bus.tick()")).scalar() == 1
    assert db.execute(text("SELECT bus.tick()")).scalar() == 0


def test_a_service_cannot_touch_the_bus_or_another_services_tables(connection):
    for statement in ("SELECT * FROM bus.events", "DELETE FROM bus.deliveries", "SELECT * FROM members.people"):
        with pytest.raises(ProgrammingError, match="permission denied"), database.transaction("patrol") as tx:
            tx.execute(text(statement))


def test_a_service_sees_no_other_committees_rows(connection, db):
    other = uuid4()
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', '别处')"), {"id": other})
    with database.transaction("members", other) as tx:
        tx.execute(text("INSERT INTO members.people (name, active) VALUES ('别处的人', true)"))
        assert tx.execute(text("SELECT count(*) FROM members.people")).scalar() == 1

    with database.transaction("members", "20121031-0000-7000-8000-000000000001") as tx:
        assert tx.execute(text("SELECT count(*) FROM members.people")).scalar() == 0


def test_a_job_that_is_still_at_work_is_not_begun_again(connection, engine):
    begun = []

    def count(tx):
        begun.append(tx.info["committee_id"])

    job = bus.Job(count, timedelta(minutes=1), urgent=False, outside=False)
    with engine.connect() as elsewhere:
        assert elsewhere.execute(bus.ALONE, {"job": f"notify.count.{COMMITTEE}"}).scalar()
        bus.run("notify", job)
        assert COMMITTEE not in begun
    bus.run("notify", job)

    assert COMMITTEE in begun
