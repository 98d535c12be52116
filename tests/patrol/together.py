"""Verbs of calls for hands and of the weather."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from services.patrol.domain import weather
from services.patrol.domain.readers import Reader
from services.patrol.domain.responses import raising
from services.patrol.models import Person, ResponseCall, Shift, Zone
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import ResponseRung


@pytest.fixture
def neighbour(db, person):
    """Call it with a name for somebody who lives in C1."""

    def neighbour(name: str = "王金凤", *, zone: str = "C1", skills=()):
        person_id = person(name)
        row = db.get(Person, person_id)
        row.place_code, row.skills = zone, list(skills)
        db.flush()
        return person_id

    return neighbour


@pytest.fixture
def raise_call(db, desk):
    """Call it to call for hands from the desk; *wanted*: how many for which task."""

    db.add(Zone(code="C1", name="体院家属院", active=True, changed_at=now()))
    db.flush()

    def raise_call(*, severity="major", drill=False, zone=None, **wanted):
        needs = [{"task": task, "wanted": n} for task, n in (wanted or {"carry": 2}).items()]
        words: dict[str, Any] = {"kind": "flood", "place": "三号楼地下室", "words": "水管爆了"}
        facts = {"severity": severity, "drill": drill, "zone": zone, "needs": needs}
        made = raising.raise_call(db, Reader(desk, "赵启明", desk=True), **words, **facts)
        db.commit()
        return made

    return raise_call


@pytest.fixture
def says(db, hear):
    """Call it to let somebody answer the message that asked them."""

    def says(response, person_id, answer="ack"):
        facts = {"about": ResponseRung.topic, "person_id": person_id, "answer": answer, "answered_at": now()}
        publish(db, AnswerGiven, thread=response.id, **facts)
        hear()

    return says


@pytest.fixture
def rung(published):
    """Call it for who was asked so far, ring by ring: [(ring, ids), ...]."""
    return lambda: [(facts["ring"], set(facts["asked_ids"])) for _, facts in published("patrol.response_rung%")]


@pytest.fixture
def ring_later(db, tick):
    """Call it to let so many minutes pass, and the clock strike."""

    def ring_later(minutes: float):
        passed = {"passed": timedelta(minutes=minutes)}
        db.execute(text("UPDATE patrol.responses SET next_at = next_at - :passed"), passed)
        tick("patrol", "ring_the_next")
        db.expire_all()

    return ring_later


@pytest.fixture
def tasks_of(db):
    """Call it for who does what: {person: task}."""

    def tasks_of(response):
        calls = select(ResponseCall).where(ResponseCall.response_id == response.id)
        found = db.scalars(calls.execution_options(populate_existing=True))
        return {call.person_id: call.task for call in found if call.answer in ("ack", "later")}

    return tasks_of


@pytest.fixture
def weather_on(db, desk):
    """Call it to switch weather on from the desk."""

    def weather_on(kind="cold", **facts):
        whole = {"level": "orange", "words": "零下二十八度", "since": None, "until": None} | facts
        mode = weather.switch_on(db, Reader(desk, "赵启明", desk=True), weather=kind, **whole)
        db.commit()
        return mode

    return weather_on


@pytest.fixture
def weather_off(db, desk):
    def weather_off(mode):
        weather.switch_off(db, mode.id, by=desk)
        db.commit()

    return weather_off


@pytest.fixture
def state_of(db):
    """Call it for what became of a shift."""

    def state_of(shift):
        row = db.get(Shift, shift.id, populate_existing=True)
        return row.state

    return state_of
