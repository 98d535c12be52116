"""Answers by SMS: a reply does what a tap does, says what was understood, and nobody is answered for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from services.notify.domain import retention
from services.notify.models import Message, SmsQuestion, SmsReply
from shared.config import config
from shared.db import now
from shared.schemas import events, patrol
from tests.notify.happenings import NOON, activity, ids, silence, sos
from tests.standin import replies

NUMBER, OTHER = "8610000000051", "8610000000052"
DOOR = f"/sms/replies/{replies.UP_TOKEN}"


@pytest.fixture(autouse=True)
def inbound(standin, monkeypatch):
    """The gateway pushes replies, and lets us choose codes."""
    for name, value in standin.settings_of_replies().items():
        monkeypatch.setenv(name, value)
    config.cache_clear()


@pytest.fixture
def rung(happen, settle):
    """Call it to call these people to come."""

    def rung(*people, place="三号楼", response_id=None):
        facts = {"response_id": response_id or uuid4(), "drill": False, "severity": "serious", "ring": 0}
        words = {"emergency": "flood", "place": place, "words": "水管爆了。", "needed": ["carry"]}
        happen(patrol.ResponseRung, **facts, **words, asked_ids=ids(people))
        settle()
        return facts["response_id"]

    return rung


@pytest.fixture
def texts(standin, settle):
    """Call it for the parameters of the SMS that a number got, oldest first."""
    before = len(standin.received("sms"))

    def texts(number=NUMBER) -> list[str]:
        settle()
        return [r.content["TemplateParam"] for r in standin.received("sms")[before:] if r.to == number]

    return texts


@pytest.fixture
def writes(notify, standin):
    """Call it to let somebody write back; *code*: to which SMS, if not to the last."""

    def writes(content, number=NUMBER, code=None, **more):
        pushed = replies.reply(standin, number, content, code) | more
        answer = notify.post(DOOR, json=[pushed])
        assert (answer.status_code, answer.json["code"]) == (200, 0)
        return pushed

    return writes


@pytest.fixture
def helper(person):
    return person("队员", phone=NUMBER)


def test_a_reply_does_what_a_tap_does_and_what_was_understood_is_said(
    helper, rung, writes, texts, messages_of, published, notify, clerk
):
    response_id = rung(helper)
    assert '"answers":"回 1：我去；2：去不了；3：10 分钟后到"' in texts()[-1]

    writes("１，谢谢")

    [message] = [message for message in messages_of(helper) if message.needs_answer]
    assert (message.answer, message.answered_way) == ("ack", "sms")
    [(_, said)] = published("notify.answer_given%")
    assert (said["thread"], said["answer"], said["way"]) == (str(response_id), "ack", "sms")
    [event] = notify.get(f"/traces/{message.id}", headers=clerk).json["events"]
    assert [one["answered_way"] for one in event["messages"]] == ["sms"]
    assert "已记下：我去。三号楼：跑水积水，需要人手" in texts()[-1]


def test_the_same_push_again_and_the_same_word_again_are_no_news(helper, rung, writes, texts, notify, published):
    rung(helper)
    pushed = writes("2")

    notify.post(DOOR, json=[pushed, pushed])
    writes("去不了")

    assert len(published("notify.answer_given%")) == 1
    assert len(texts()) == 2


def test_without_a_number_of_its_own_a_push_is_known_by_its_words_and_time(helper, rung, writes, db):
    rung(helper)
    for _ in range(2):
        writes("谢", sequence_id=None, send_time="2026-11-26 20:00:00")

    assert db.scalar(select(func.count()).select_from(SmsReply)) == 1


def test_two_questions_at_once_have_two_codes_and_each_reply_finds_its_own(helper, rung, writes, standin, messages_of):
    rung(helper, place="东门")
    rung(helper, place="西门")
    first, second = (r.content["SmsUpExtendCode"] for r in standin.received("sms", NUMBER)[-2:])

    writes("2", code=first)
    writes("1", code=second)

    assert first != second
    assert [message.answer for message in messages_of(helper) if message.needs_answer] == ["decline", "ack"]


def test_a_reply_whose_code_was_lost_is_about_the_newest_question_that_takes_it(
    helper, person, happen, settle, rung, writes, messages_of
):
    happen(patrol.SosRaised, **sos(person("求助的人"), crew=[helper]))
    settle()
    rung(helper)

    writes("好", code="")
    writes("打电话", code="")

    assert [message.answer for message in messages_of(helper) if message.needs_answer] == ["call_me", "ack"]


def test_what_is_not_understood_is_asked_once_politely(helper, rung, writes, texts, messages_of):
    rung(helper)

    for words in ("您是哪位？", "1号楼漏水", "？？？"):
        writes(words)

    assert messages_of(helper)[0].answer is None
    _, hint = texts()
    assert "没看懂您的短信，请只回一个数字" in hint
    assert '"answers":"回 1：我去；2：去不了；3：10 分钟后到"' in hint


def test_two_machines_do_not_answer_each_other_for_ever(helper, rung, writes, texts):
    rung(helper)

    for word in ("1", "2") * 6:
        writes(word)

    assert len(texts()) == 1 + 4


@pytest.mark.parametrize(("late", "words"), [("settled", "已经有人处理了"), ("expired", "这条已过期")])
def test_who_is_too_late_hears_what_the_page_says(late, words, person, happen, settle, writes, texts, db, messages_of):
    first, second = person("甲", phone=OTHER), person("队员", phone=NUMBER)
    happen(patrol.SquadWentSilent, **silence("buddy", [first, second]))
    settle()
    if late == "settled":
        writes("1", OTHER)
    else:
        db.execute(update(Message).values(created_at=now() - timedelta(hours=25)))

    for word in ("1", "好", "2"):
        writes(word)

    assert [message.answer for message in messages_of(second) if message.needs_answer] == [None]
    assert [words in said for said in texts()] == [False, True]


@pytest.mark.parametrize(
    ("content", "number"), [("1", "8610000000059"), ("1", "100"), ("1", "8610000000052"), ("\x00", "")]
)
def test_a_number_that_was_asked_nothing_hears_nothing(content, number, helper, person, rung, writes, texts, published):
    person("乙", phone=OTHER)
    rung(helper)

    writes(content, number)

    assert published("notify.answer_given%") == []
    assert texts(number) == []


def test_a_number_that_is_somebody_elses_now_answers_nothing(helper, rung, writes, published, db):
    rung(helper)
    helper.phone = OTHER
    db.commit()

    writes("1")

    assert published("notify.answer_given%") == []


def test_somebody_who_writes_without_end_is_not_read_any_more(helper, rung, writes, db, published):
    rung(helper)
    for n in range(20):
        writes(f"喂 {n}")

    writes("1")

    assert published("notify.answer_given%") == []


def test_the_door_is_closed_to_who_does_not_know_it_and_to_everybody_without_the_setting(notify, monkeypatch):
    for wrong in ("x", replies.UP_TOKEN + "x", "秘密"):
        assert notify.post(f"/sms/replies/{wrong}", data=b"{").status_code == 404

    monkeypatch.setenv("SMS_UP_TOKEN", "")
    config.cache_clear()

    assert notify.post(DOOR, json=[]).status_code == 404
    assert notify.post("/sms/replies/", json=[]).status_code == 404


def test_a_push_is_read_whatever_is_in_it_and_refused_only_for_its_size(notify):
    strange = [None, 1, "x", {}, {"phone_number": 10000000051, "content": ["1"], "sequence_id": {}}, {"new": "field"}]

    assert notify.post(DOOR, json=strange).status_code == 200
    assert notify.post(DOOR, json=[{}] * 501).status_code == 413
    assert notify.post(DOOR, data=b"[" + b" " * 600_000 + b"]", content_type="application/json").status_code == 413


def test_what_is_no_duty_is_asked_by_sms_of_those_who_have_no_other_way(
    at_noon, person, phone_of, happen, settle, ways_of, writes, texts, let_pass, tick, messages_of
):
    without, with_phone = person("何大爷", phone=NUMBER), person("小李", phone=OTHER)
    phone_of(with_phone)
    for reader in (without, with_phone):
        offer = activity(offer_id=uuid4(), person_id=reader.person_id)
        happen(events.SeatOffered, **offer, until=NOON + timedelta(hours=6))
    settle()

    assert (ways_of(without), [channel for channel, _ in ways_of(with_phone)]) == ([("sms", "queued")], ["web_push"])
    let_pass(minutes=15)
    tick("notify", "send_late_messages")
    assert "回 1：要，我来参加；2：不要，让给别人" in texts()[-1]
    writes("要")
    assert messages_of(without)[0].answer == "ack"


def test_without_the_setting_nothing_is_said_of_replies_and_nothing_is_kept(helper, rung, texts, monkeypatch, db):
    monkeypatch.setenv("SMS_UP_TOKEN", "")
    config.cache_clear()

    rung(helper)

    assert "answers" not in texts()[-1]
    assert db.scalars(select(SmsQuestion)).all() == []


def test_numbers_and_words_stand_nowhere_and_what_is_old_is_forgotten(helper, rung, writes, texts, db):
    rung(helper)
    writes("您是哪位？")
    texts()

    for table in ("sms_questions", "sms_replies", "sendings"):
        rows = str(db.execute(text(f"SELECT to_jsonb(t) FROM notify.{table} t")).all())
        assert NUMBER[2:] not in rows
        assert "哪位" not in rows
    for model, column in ((SmsQuestion, "asked_at"), (SmsReply, "at")):
        db.execute(update(model).values({column: now() - timedelta(days=31)}))
    retention.forget_old_words(db)
    assert db.scalars(select(SmsQuestion)).all() == db.scalars(select(SmsReply)).all() == []
