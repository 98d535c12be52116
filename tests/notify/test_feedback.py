"""What is said when an activity is over: three taps, and what came of them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify import consumers  # noqa: F401  importing registers
from shared.schemas import events
from tests.notify.happenings import NOON, activity

COUNTS = {
    "overall_good": 5, "overall_fair": 1, "overall_poor": 0, "followed_yes": 4, "followed_partly": 2,
    "followed_no": 0, "more_yes": 3, "more_maybe": 3, "more_no": 0,
}  # fmt: skip


@pytest.fixture
def inbox(notify, token):
    """Call it for what somebody finds in their inbox."""
    return lambda reader: notify.get("/inbox", headers=token(reader.person_id)).json["items"]


def test_who_was_there_is_asked_by_a_link_and_by_no_sms(person, phone_of, happen, settle, inbox, ways_of):
    goes = person(phone="+8613800000001", email="a@example.org")
    phone_of(goes)
    facts = activity(starts_at=NOON - timedelta(days=1), ends_at=NOON - timedelta(hours=22))

    happen(events.FeedbackAsked, **facts, useless_after=NOON + timedelta(days=13), person_ids=[goes.person_id])
    settle()

    [shown] = inbox(goes)
    assert shown["title"] == "怎么样？健康讲座"
    assert "点三下" in shown["body"]
    assert shown["link"] == f"/activities/{facts['activity_id']}/feedback"
    assert {channel for channel, _ in ways_of(goes)} <= {"web_push"}


@pytest.mark.parametrize("led", [True, False])
def test_who_spoke_reads_the_counts_and_nobody_else_unless_nobody_spoke(person, grant, happen, settle, inbox, led):
    speaker, officer, unit_id = person("讲师"), person("联络员"), uuid4()
    grant(officer.person_id, "liaison", unit_id=unit_id)
    people = [speaker.person_id] if led else []

    happen(
        events.FeedbackGathered, **activity() | {"unit_id": unit_id}, person_ids=people, led=led, answers=6, **COUNTS
    )
    settle()

    reader, other = (speaker, officer) if led else (officer, speaker)
    [shown] = inbox(reader)
    assert "6 人" in shown["body"]
    assert "好 5，一般 1，不好 0" in shown["body"]
    assert shown["link"].endswith("/feedback/results")
    assert inbox(other) == []
