"""What is said of cases: to their owner, to who reported them, and by SMS to a resident without an account."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.models import Sending
from shared.schemas import patrol
from tests.notify.happenings import NOON

NUMBER, SLEEPER = "8610000000077", "8610000000078"


def case(**facts) -> dict:
    """A case's facts."""
    return {"case_id": uuid4(), "number": "48210950", "kind": "lamp", "place": "三号楼门口"} | facts


def words_of(db, message) -> tuple[str, str]:
    query = "SELECT title, body FROM notify.texts WHERE event_id = :e AND rule_id = :r AND language = :l"
    keys = {"e": message.event_id, "r": message.rule_id, "l": message.language}
    return tuple(db.execute(text(query), keys).one())


def test_the_owner_hears_of_it_and_the_desk_of_what_has_none(person, grant, happen, settle, messages_of, db):
    officer, duty, unit_id = person("联络员"), person("值班员"), uuid4()
    db.execute(text("INSERT INTO members.units (id, code, name) VALUES (:id, 'U91', '供热站')"), {"id": unit_id})
    grant(officer.person_id, "liaison", unit_id=unit_id)
    grant(duty.person_id, "duty")
    facts = case(words="灯不亮", severity="normal", due_at=NOON)

    happen(patrol.CaseRouted, **facts, unit_ids=[unit_id], to_desk=False)
    happen(patrol.CaseRouted, **facts, unit_ids=[], to_desk=True)
    settle()

    assert [len(messages_of(reader)) for reader in (officer, duty)] == [1, 1]
    title, body = words_of(db, messages_of(officer)[0])
    assert title == "请处理：三号楼门口 路灯不亮"
    assert "灯不亮" in body
    assert "{" not in title + body


@pytest.mark.parametrize(("level", "role"), [(1, "duty"), (2, "secretary")])
def test_what_is_late_is_told_to_its_level(level, role, person, grant, happen, settle, messages_of):
    asked, other = person("甲"), person("乙")
    grant(asked.person_id, role)
    grant(other.person_id, "secretary" if role == "duty" else "duty")

    happen(patrol.CaseOverdue, **case(level=level, unit_ids=[], due_at=NOON))
    settle()

    assert [len(messages_of(reader)) for reader in (asked, other)] == [1, 0]


def test_a_reporter_answers_by_one_tap_whether_it_is_fixed(
    person, happen, settle, messages_of, notify, token, published
):
    reporter = person("王金凤")
    facts = case(words="换了灯泡", person_ids=[reporter.person_id])
    happen(patrol.CaseFixed, **facts)
    settle()
    [message] = messages_of(reporter)
    shown = notify.get(f"/inbox/{message.id}", headers=token(reporter.person_id)).json

    assert [choice["label"] for choice in shown["choices"]] == ["修好了，谢谢", "还没修好"]
    notify.post(f"/inbox/{message.id}/answer", json={"answer": "decline"}, headers=token(reporter.person_id))

    [(_, said)] = published("notify.answer_given%")
    assert (said["thread"], said["answer"]) == (str(facts["case_id"]), "decline")


def test_a_resident_hears_a_step_by_sms_and_their_number_stays_nowhere(happen, settle, standin, at_noon, db):
    happen(patrol.CaseReporterReached, report_id=uuid4(), number="48210950", phone=NUMBER, step="taken")
    settle()

    [sms] = standin.received("sms", NUMBER)
    assert "您报的 48210950：已经有人接手" in sms.content["TemplateParam"]
    assert db.scalars(select(Sending.sealed)).all() == [None]


def test_at_night_a_resident_sleeps(happen, settle, standin, at_night, db):
    happen(patrol.CaseReporterReached, report_id=uuid4(), number="48210950", phone=SLEEPER, step="fixed")
    settle()

    assert standin.received("sms", SLEEPER) == []
    [sending] = db.scalars(select(Sending)).all()
    assert (sending.state, sending.due_at.astimezone(NOON.tzinfo).hour) == ("queued", 7)
