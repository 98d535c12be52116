"""What is not urgent waits for the time that its reader chose, and is told together: once, and nothing of it twice."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select, update

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.domain import forgetting, sending
from services.notify.domain.bundles import DIGEST
from services.notify.models import Message, Preference, Rule, Sending
from shared.schemas import events, patrol
from tests.conftest import COMMITTEE
from tests.notify.happenings import NOON, activity, shift

EVENING, NEXT_DAY = NOON.replace(hour=18, minute=1), NOON + timedelta(days=1)
LOUD = {"quiet_from": "00:00", "quiet_until": "00:00", "off": {}}

#: The stand-in begins before its day is made noon.
pytestmark = pytest.mark.usefixtures("standin", "at_noon")


@pytest.fixture
def reader(person, phone_of, notify, token):
    """Call it for somebody with a phone who wants it so: (person, the name of the phone)."""

    def reader(name: str = "王秀英", when: str = "evening", **wishes):
        found = person(name)
        wishes = LOUD | {"digest": {"service": when, "news": when}} | wishes
        assert notify.put("/me/preferences", json=wishes, headers=token(found.person_id)).json == wishes
        return found, phone_of(found)

    return reader


@pytest.fixture
def change(happen, settle):
    """Call it to tell people that an activity changed."""

    def change(*people, what: str = "place", **facts) -> None:
        told = activity(changed=[what], person_ids=[one.person_id for one in people], **facts)
        happen(events.ActivityChanged, **told)
        settle()

    return change


@pytest.fixture
def strike(tick, settle):
    """Call it to let the clock strike at a moment, and what is due go out."""

    def strike(moment: datetime = EVENING) -> None:
        with time_machine.travel(moment, tick=True):
            tick("notify", "write_digests")
            settle()
            sending.send_due(COMMITTEE)

    return strike


def test_changes_of_one_activity_become_one_line_of_one_message(reader, change, strike, standin, ways_of, messages_of):
    her, phone = reader()
    lecture = {"activity_id": uuid4(), "title": "健康讲座"}
    change(her, **lecture)
    change(her, title="广场舞")
    change(her, **lecture, what="title")
    assert standin.received("web_push", phone) == []
    assert ways_of(her) == [("web_push", "held")] * 3

    strike()
    strike()  # the clock may strike twice

    [push] = standin.received("web_push", phone)
    assert push.content["title"] == "有 3 条新消息"
    assert push.content["body"] == "· 活动有变动：健康讲座（2 次更改）\n· 活动有变动：广场舞"
    assert push.content["link"].endswith("/inbox")
    assert ways_of(her) == [("web_push", "sent")] * 4
    assert [message.inbox for message in messages_of(her)].count(False) == 1


def test_one_message_alone_speaks_for_itself(reader, change, strike, standin):
    her, phone = reader()
    change(her)

    strike()

    [push] = standin.received("web_push", phone)
    assert push.content["title"] == "活动有变动：健康讲座"
    assert "/activities/" in push.content["link"]


def test_what_was_read_before_is_left_out_and_nothing_is_sent_of_nothing(
    reader, change, strike, standin, notify, token, messages_of
):
    her, phone = reader()
    him, other_phone = reader("李小明")
    for title in ("健康讲座", "广场舞", "书法"):
        change(her, him, title=title)
    for message in messages_of(her)[:1]:
        notify.post(f"/inbox/{message.id}/read", headers=token(her.person_id))
    notify.post("/inbox/read-all", headers=token(him.person_id))

    strike()

    [push] = standin.received("web_push", phone)
    assert push.content["title"] == "有 2 条新消息"
    assert standin.received("web_push", other_phone) == []


def test_what_is_read_between_writing_and_sending_is_left_out_too(
    db, reader, change, tick, strike, standin, notify, token, messages_of, ways_of
):
    her, phone = reader(quiet_from="17:00", quiet_until="19:00")
    change(her)
    with time_machine.travel(EVENING, tick=True):
        tick("notify", "write_digests")
    assert standin.received("web_push", phone) == []
    due = db.scalars(select(Sending.due_at).where(Sending.state == "queued")).one()
    assert due.astimezone(NOON.tzinfo).hour == 19, "quiet hours count for digests too"

    notify.post("/inbox/read-all", headers=token(her.person_id))
    strike(EVENING + timedelta(hours=2))

    assert standin.received("web_push", phone) == []
    assert ways_of(her) == [("web_push", "cancelled")] * 2


def test_what_is_pressing_does_not_wait(db, reader, change, happen, settle, standin):
    her, phone = reader()
    change(her, title="今天", starts_at=NOON + timedelta(hours=3))
    change(her, title="改期", what="starts_at")
    facts = {"person_id": her.person_id, "swap_id": uuid4(), "from_name": "李小明"}
    happen(events.SwapOffered, **activity(**facts, title="让座", starts_at=NOON + timedelta(hours=5)))
    happen(patrol.ShiftAssigned, **shift(person_ids=[her.person_id]))
    settle()

    assert len(standin.received("web_push", phone)) == 4
    assert db.scalars(select(Sending.id).where(Sending.state == "held")).all() == []


def test_what_comes_too_late_for_a_digest_goes_with_the_next(db, reader, change, strike, standin):
    her, phone = reader()
    change(her)
    strike()
    change(her, title="书法")
    slow = update(Sending).where(Sending.state == "held")
    db.execute(slow.values(due_at=EVENING.replace(minute=0)))  # it was being written when the digest was

    strike()
    assert len(standin.received("web_push", phone)) == 1

    strike(EVENING + timedelta(days=1))
    assert [push.content["title"] for push in standin.received("web_push", phone)][1:] == ["活动有变动：书法"]


def test_who_changes_their_mind_still_gets_what_waits_with_the_next_digest(
    reader, change, strike, standin, notify, token
):
    her, phone = reader(when="both")
    change(her, title="健康讲座")
    at_once = LOUD | {"digest": {"service": "at_once"}}
    notify.put("/me/preferences", json=at_once, headers=token(her.person_id))
    change(her, title="广场舞")
    assert [push.content["title"] for push in standin.received("web_push", phone)] == ["活动有变动：广场舞"]

    strike()

    assert standin.received("web_push", phone)[-1].content["title"] == "活动有变动：健康讲座"


def test_who_has_left_and_what_has_expired_by_then_is_left_out(db, reader, change, strike, standin, ways_of):
    gone, phone = reader()
    late, other_phone = reader("李小明")
    change(gone, late)
    db.execute(update(Sending).where(Sending.held_for == late.person_id).values(expires_at=EVENING))
    forgetting.forget(db, SimpleNamespace(person_id=gone.person_id, erased_at=NOON))

    strike(EVENING + timedelta(minutes=5))

    assert standin.received("web_push", phone) + standin.received("web_push", other_phone) == []
    assert ways_of(late) == [("web_push", "cancelled")]


def test_a_digest_that_failed_is_one_dead_letter_and_is_replayed_as_one(
    db, reader, change, strike, standin, notify, clerk, ways_of
):
    her, phone = reader()
    change(her)
    change(her, title="书法")
    standin.behave("web_push", phone, 400)
    strike()
    assert ways_of(her) == [("web_push", "gave_up")] * 3
    [letter] = notify.get("/dead-letters", headers=clerk).json["items"]

    standin.well()
    for what in ({"sending_ids": [letter["id"]]}, {"event_id": letter["event_id"]}):
        notify.post("/dead-letters/replay", json=what, headers=clerk)
    sending.send_due(COMMITTEE)

    assert [push.content["title"] for push in standin.received("web_push", phone)] == ["有 2 条新消息"]
    assert ways_of(her) == [("web_push", "sent")] * 3


def test_the_reader_and_the_desk_see_with_which_digest_a_message_goes(
    reader, change, strike, notify, token, clerk, messages_of
):
    her, _ = reader()
    change(her)
    [message] = messages_of(her)
    six = EVENING.replace(minute=0)

    def seen() -> list:
        why = notify.get(f"/inbox/{message.id}", headers=token(her.person_id)).json["why"]
        way = notify.get(f"/traces/{message.id}", headers=clerk).json["events"][0]["messages"][0]["sendings"][0]
        return [way["state"], *(datetime.fromisoformat(at) for at in (why["together_at"], way["digest_at"]))]

    assert seen() == ["held", six, six]
    strike()
    assert seen() == ["sent", six, six]
    [told] = [one for one in notify.get("/messages", headers=clerk).json["items"] if one["topic"] == DIGEST]
    assert (told["counts"]["people"], told["counts"]["sent"]) == (1, 1)


def test_without_digests_in_the_committee_what_waits_goes_out_by_itself(db, reader, change, strike, standin):
    her, phone = reader()
    change(her)
    change(her, title="书法")
    db.execute(update(Rule).where(Rule.topic == DIGEST).values(on=False))

    strike()

    assert len(standin.received("web_push", phone)) == 2


def test_many_people_are_told_in_as_many_statements_as_one(db, person, change, tick, heard):
    def statements(readers: int) -> int:
        crowd = [person(f"成员{n}", email=f"m{n}@example.org") for n in range(readers)]
        db.add_all(Preference(person_id=one.person_id, **LOUD, digest={"service": "evening"}) for one in crowd)
        change(*crowd)
        change(*crowd, title="书法")
        with time_machine.travel(EVENING, tick=True), heard() as said:
            tick("notify", "write_digests")
        return len([one for one in said if not one.startswith(("SAVEPOINT", "RELEASE", "SET LOCAL"))])

    assert statements(1) == statements(40)
    assert db.scalar(select(func.count()).where(Message.topic == DIGEST)) == 41
