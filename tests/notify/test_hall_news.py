"""What is said of lectures, troupes, services and jobs, and to whom."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.models import Text
from shared.schemas import events
from tests.notify.happenings import EVERYONE, NOON, ids

DAY = timedelta(days=1)


@pytest.fixture
def told(db, messages_of):
    """Call it for what a person was told: (title, body) of each message."""

    def told(reader) -> list[tuple[str, str]]:
        keys = [(one.event_id, one.rule_id, one.language) for one in messages_of(reader)]
        return [(text.title, text.body) for text in (db.get(Text, key) for key in keys)]

    return told


def term(**facts) -> dict:
    unit = {"unit_id": uuid4(), "unit_name": "三顺店社区党支部"}
    return {"term_id": uuid4(), "title": "春季大讲堂", **unit, **facts}


def job(**facts) -> dict:
    return {"job_id": uuid4(), "title": "收银员", "unit_id": uuid4(), "unit_name": "利民市场", **facts}


def test_a_term_is_one_message_for_all_its_lectures(person, happen, settle, told):
    reader = person()
    times = {"starts_at": NOON + DAY, "ends_at": NOON + 90 * DAY}

    happen(events.TermPublished, **term(lectures=24, audience={**EVERYONE, "everyone": True}, **times))
    settle()

    [(title, body)] = told(reader)
    assert title == "大讲堂新一期：春季大讲堂"
    assert "共 24 讲" in body


def test_a_speaker_reads_of_all_their_lectures_and_when(person, happen, settle, told):
    speaker, other = person("李老师"), person("别人")
    starts = [NOON + DAY, NOON + 8 * DAY]

    facts = {"person_id": speaker.person_id, "topics": ["反诈防骗", "民法典"], "starts": starts}
    happen(events.SpeakerBooked, **term(**facts))
    settle()

    [(_, body)] = told(speaker)
    assert "反诈防骗、民法典" in body
    assert body.count("12:00") == 2
    assert told(other) == []


def test_a_request_is_told_to_the_unit_that_gives_it_and_else_to_the_desk(person, grant, happen, settle, told):
    officer, clerk, unit_id = person("联络员"), person("赵干事"), uuid4()
    grant(officer.person_id, "liaison", unit_id=unit_id)
    grant(clerk.person_id, "clerk")

    happen(events.ServiceRequested, request_id=uuid4(), title="上门理发", unit_id=unit_id, owned=True)
    happen(events.ServiceRequested, request_id=uuid4(), title="陪同就医", unit_id=None, owned=False)
    settle()

    assert [title for title, _ in told(officer)] == ["有人申请服务：上门理发"]
    assert [title for title, _ in told(clerk)] == ["有人申请服务，还没有承担单位：陪同就医"]


def test_how_a_referral_went_is_asked_of_the_unit_and_of_who_referred(person, grant, happen, settle, told):
    officer, cadre, facts = person("联络员"), person("云海峰"), job()
    grant(officer.person_id, "liaison", unit_id=facts["unit_id"])

    happen(events.JobOutcomeAsked, **facts, referral_id=uuid4(), person_ids=ids([cadre]))
    settle()

    assert [told(officer), told(cadre)] == [[("请回个话：收银员", told(officer)[0][1])]] * 2


def test_a_troupes_answer_is_in_words(person, happen, settle, told):
    asked_by = person()
    times = {"starts_at": NOON + DAY, "ends_at": NOON + DAY}
    facts = {"troupe": "青城合唱队", "title": "联欢会", "place": "小剧场", "unit_name": "文化馆", **times}

    happen(
        events.TroupeAnswered, invitation_id=uuid4(), unit_id=uuid4(), result="declined", reason="指挥病了",
        person_ids=ids([asked_by]), **facts,
    )  # fmt: skip
    settle()

    [(_, body)] = told(asked_by)
    assert body.endswith("这次来不了。指挥病了")
