"""Somebody tells of something; somebody sees to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.patrol.domain.cases import moving, opening
from services.patrol.domain.cases.opening import Told
from services.patrol.models import Case, CaseRule, Unit, Zone
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import CaseFixed


@pytest.fixture
def compound(db):
    """体院家属院."""
    db.add(Zone(code="C1", kind="place", name="体院家属院", active=True, changed_at=now()))
    db.flush()
    return "C1"


@pytest.fixture
def unit(db):
    """A unit that both members and patrol know."""
    row = Unit(unit_id=uuid4(), code="U08", name="公交车队", active=True, changed_at=now())
    known = "INSERT INTO members.units (id, code, name) VALUES (:id, :code, :name)"
    db.execute(text(known), {"id": row.unit_id, "code": row.code, "name": row.name})
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def officer(person, grant, unit):
    """Who speaks for the unit."""
    person_id = person("马文博")
    grant(person_id, "liaison", unit_id=unit.unit_id)
    return person_id


@pytest.fixture
def rule(db, unit):
    """Call it for a rule by which the unit sees to a kind."""

    def rule(kind="lamp", *, zone=None, to=unit, hours=(10, 50)):
        row = CaseRule(kind=kind, zone=zone, unit_id=to and to.unit_id, hours_to_take=hours[0], hours_to_fix=hours[1])
        db.add(row)
        db.flush()
        return row

    return rule


@pytest.fixture
def reporter(person):
    """A member who tells of something."""
    return person("王金凤")


@pytest.fixture
def tell(db, reporter):
    """Call it to tell of something; the reporter does, unless somebody else is named."""

    def tell(kind="lamp", place="三号楼门口", **facts):
        facts = {"id": uuid4(), "channel": "member", "person_id": reporter, "zone": "C1", "words": "灯不亮", **facts}
        taken = opening.take_in(db, Told(kind=kind, place=place, **facts))
        db.commit()
        return taken

    return tell


@pytest.fixture
def fixed(db, tell, desk):
    """Call it for a case that its owner says is fixed."""

    def fixed(**facts):
        taken = tell(**facts)
        moving.fix(db, db.get(Case, taken.case.id), by=desk, words="换了灯泡")
        db.commit()
        return taken

    return fixed


@pytest.fixture
def later(db):
    """Call it to let so many hours pass for all cases."""

    def later(hours):
        past = {"past": timedelta(hours=hours)}
        for column in ("opened_at", "due_at", "climbs_at", "paused_at", "fixed_at"):
            db.execute(text(f"UPDATE patrol.cases SET {column} = {column} - :past"), past)
        db.execute(text("UPDATE patrol.case_reports SET reported_at = reported_at - :past"), past)
        db.execute(text("UPDATE patrol.knocks SET at = at - :past"), past)
        db.commit()
        db.expire_all()

    return later


@pytest.fixture
def steps(db):
    """Call it with a case for the steps that were taken, and why when by themselves."""

    def steps(case_id):
        rows = text("SELECT step, why FROM patrol.case_steps WHERE case_id = :id ORDER BY at, id")
        return [(step, [one["code"] for one in why]) for step, why in db.execute(rows, {"id": case_id})]

    return steps


@pytest.fixture
def answers_case(db, hear):
    """Call it to let a member answer the message that asked whether it is fixed."""

    def answers_case(case_id, person_id, answer):
        facts = {"about": CaseFixed.topic, "person_id": person_id, "answered_at": now(), "answer": answer}
        publish(db, AnswerGiven, thread=case_id, **facts)
        hear()

    return answers_case
