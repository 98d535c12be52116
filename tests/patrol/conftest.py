"""A squad with a shift tonight, and phones that report from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from services.patrol import consumers, schedules  # noqa: F401  importing registers
from services.patrol.domain import uploads
from services.patrol.domain.readers import Reader
from services.patrol.models import Alarm, Checkpoint, Crew, Person, Shift, Squad, SquadMember, Volunteer
from shared import bus
from shared.crypto import new_token
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import SquadWentSilent
from tests.patrol.case_fixtures import answers_case, compound, fixed, later, officer, reporter, rule, steps, tell, unit  # noqa: F401  fixtures
from tests.patrol.together import (  # noqa: F401  fixtures
    neighbour,
    raise_call,
    ring_later,
    rung,
    says,
    state_of,
    tasks_of,
    weather_off,
    weather_on,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(db):
    """Call it with a name for a member whom both members and patrol know, trained and insured: their id."""

    def person(name: str = "云海峰", **papers):
        person_id = uuid4()
        db.execute(
            text("INSERT INTO members.people (id, name, active) VALUES (:id, :name, true)"),
            {"id": person_id, "name": name},
        )
        facts = {"groups": [], "skills": [], "active": True, "changed_at": now()}
        db.add(Person(person_id=person_id, name=name, **facts))
        valid = dict.fromkeys(("trained_until", "insured_until"), (now() + timedelta(days=400)).date())
        db.add(Volunteer(person_id=person_id, free=[], **valid | papers))
        db.flush()
        return person_id

    return person


@pytest.fixture
def leader(person):
    return person("郭建国")


@pytest.fixture
def walker(person):
    return person("苏红梅")


@pytest.fixture
def companion(person):
    return person("高秀英")


@pytest.fixture
def desk(person, grant):
    """Somebody on duty."""
    person_id = person("赵启明")
    grant(person_id, "duty")
    return person_id


@pytest.fixture
def clerk(person, grant):
    person_id = person("白桂芳")
    grant(person_id, "clerk")
    return person_id


@pytest.fixture
def checkpoint(db):
    """Call it with a number for a checkpoint."""

    def checkpoint(number: int, name: str = "自行车棚", zone: str | None = None):
        facts = {"code": f"P{number:02}", "number": number, "name": name, "zone": zone, "qr_token": new_token()}
        row = Checkpoint(id=uuid4(), lat=40.8424, lon=111.7499, **facts)
        db.add(row)
        db.flush()
        return row

    return checkpoint


@pytest.fixture
def squad(db, leader, walker, companion):
    """夜安一队: a leader and two who walk; the two are each other's buddies."""
    row = Squad(id=uuid4(), code="YA1", name="夜安一队", leader_id=leader, zone="C1")
    row.members = [
        SquadMember(person_id=walker, buddy_id=companion),
        SquadMember(person_id=companion, buddy_id=walker),
    ]
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def plan(db, squad, walker, companion):
    """Call it for a shift that begins so many minutes from now."""

    def plan(minutes: float = -30, *, lasts: float = 120, crew=None, of=None, **facts):
        starts_at = now() + timedelta(minutes=minutes)
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=lasts)}
        row = Shift(id=uuid4(), squad=of or squad, **times | facts)
        row.crew = [Crew(person_id=id, role="member", stand_in=False) for id in crew or [walker, companion]]
        db.add(row)
        db.flush()
        return row

    return plan


@pytest.fixture
def shift(db, plan, walker):
    """A shift that began half an hour ago, and is watched."""
    began = now() - timedelta(minutes=30)
    return plan(-30, state="active", started_at=began, started_by=walker, next_due_at=now() + timedelta(minutes=20))


@pytest.fixture
def item():
    """Call it for something that a phone writes down."""

    def item(kind: str, shift, at=None, **facts):
        return {"id": uuid4(), "kind": kind, "shift_id": shift and shift.id, "at": at or now(), **facts}

    return item


@pytest.fixture
def send(db, walker):
    """Call it with items for the verdicts on them; *clock* is what the phone's clock shows as it sends them."""

    def send(*items, by=None, clock=None, received_at=None, session=None):
        received_at = received_at or now()
        device = {"id": "phone", "now": clock or received_at, "page_session": session}
        reader = Reader(by or walker, "苏红梅")
        batch = uploads.take_in(db, reader, list(items), device=device, received_at=received_at)
        db.commit()
        return [report.verdict() for report in batch]

    return send


@pytest.fixture
def silent(db, shift):
    """Call it to let the shift be overdue by so many minutes."""

    def silent(minutes: float):
        db.refresh(shift)
        shift.next_due_at = now() - timedelta(minutes=minutes)
        db.commit()
        return shift

    return silent


@pytest.fixture
def hear(db):
    """Call it to let patrol hear what it subscribes to."""

    def hear():
        db.commit()
        for delivery_id in db.scalars(text("SELECT id FROM bus.deliveries WHERE subscriber = 'patrol'")).all():
            bus.receive("patrol", delivery_id)
        failed = text("SELECT topic, last_error FROM bus.deliveries WHERE subscriber = 'patrol'")
        assert db.execute(failed).all() == []

    return hear


@pytest.fixture
def look(tick):
    return lambda: tick("patrol", "look_for_silence")


@pytest.fixture
def minutes_pass(db):
    """Call it to let everything that is due come so many minutes nearer."""

    def minutes_pass(minutes):
        passed = {"passed": minutes * MINUTE}
        db.execute(text("UPDATE patrol.shifts SET next_due_at = next_due_at - :passed"), passed)
        db.execute(text("UPDATE patrol.alarms SET next_at = next_at - :passed"), passed)
        db.commit()

    return minutes_pass


@pytest.fixture
def asked(published):
    """Call it for who was asked so far: [(step, ids), ...]."""
    return lambda: [(facts["step"], facts["person_ids"]) for _, facts in published("patrol.squad_went_silent%")]


@pytest.fixture
def calmed(published):
    """Call it for who said that all is well."""
    return lambda: [facts["said_by"] for _, facts in published("patrol.squad_is_well%")]


@pytest.fixture
def alarm(db):
    """Call it for the one alarm there is."""

    def alarm():
        row = db.scalars(select(Alarm)).one()
        db.refresh(row)
        return row

    return alarm


@pytest.fixture
def answers(db, hear, alarm):
    """Call it to let somebody answer the message that asked about the silent squad."""

    def answers(person_id, answer="ack"):
        event_facts = {"about": SquadWentSilent.topic, "person_id": person_id, "answered_at": now(), "answer": answer}
        publish(db, AnswerGiven, thread=alarm().id, **event_facts)
        hear()

    return answers
