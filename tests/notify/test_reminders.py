"""A reminder keeps to quiet hours, and what was called off meanwhile is not announced any more."""

from datetime import time, timedelta

import pytest
import time_machine

from services.notify.domain import preferences, sending
from shared.schemas import events
from tests.conftest import COMMITTEE
from tests.notify.happenings import NIGHT, NOON, activity


@pytest.fixture
def near(happen, settle):
    """Call it to let an activity be near for these people; its facts."""

    def near(*people, ahead: str = "day", starts_at=NOON + timedelta(days=1)) -> dict:
        facts = activity(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        ids = [person.person_id for person in people]
        happen(events.ActivityIsNear, **facts, ahead=ahead, useless_after=starts_at, person_ids=ids)
        settle()
        return facts

    return near


def test_the_message_says_what_when_where_and_that_one_can_cancel(person, near, notify, token, standin):
    reader = person()
    near(reader)

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert shown["title"] == "别忘了：健康讲座"
    assert "12:00" in shown["body"]
    assert "社区大讲堂" in shown["body"]
    assert "取消报名" in shown["body"]
    assert shown["link"].startswith("/activities/")


@pytest.mark.parametrize("ahead", ["day", "hour"])
def test_each_reminder_has_one_rule(person, near, messages_of, ahead, standin):
    reader = person()
    near(reader, ahead=ahead)

    assert len(messages_of(reader)) == 1


def test_who_wants_no_messages_of_this_class_finds_it_in_the_inbox_only(
    db, person, phone_of, near, ways_of, messages_of
):
    reader = person()
    phone_of(reader)
    preferences.wish(db, reader.person_id, off={"service": ["web_push"]}, quiet_from=time(22), quiet_until=time(7))
    near(reader)

    assert ways_of(reader) == []
    assert len(messages_of(reader)) == 1


@pytest.fixture
def sleeper(person, phone_of, at_night):
    """A reader with a phone, in their quiet hours."""
    reader = person()
    phone_of(reader)
    return reader


@pytest.mark.parametrize(
    ("event", "more"),
    [
        (events.ActivityCalledOff, {"reason": "下雪"}),
        (events.ActivityPostponed, {"reason": "下雪", "dated": False}),
        (events.ActivityWithdrawn, {"reason": "下雪"}),
        (events.ActivityChanged, {"changed": ["starts_at"]}),
    ],
)
def test_a_reminder_that_waits_for_the_morning_is_dropped_when_the_plan_changes(
    sleeper, near, happen, settle, ways_of, event, more
):
    facts = near(sleeper, starts_at=NIGHT + timedelta(hours=20))
    assert ways_of(sleeper) == [("web_push", "queued")]

    happen(event, **facts, **more, person_ids=[sleeper.person_id])
    settle()

    assert ways_of(sleeper) == [("web_push", "cancelled"), ("web_push", "queued")]


def test_a_change_of_words_leaves_it(sleeper, near, happen, settle, ways_of):
    facts = near(sleeper, starts_at=NIGHT + timedelta(hours=20))

    happen(events.ActivityChanged, **facts, changed=["title"], person_ids=[sleeper.person_id])
    settle()

    assert ways_of(sleeper) == [("web_push", "queued")] * 2


def test_what_could_be_sent_only_after_the_start_is_not_sent(sleeper, near, ways_of, gateway):
    near(sleeper, ahead="hour", starts_at=NIGHT + timedelta(hours=1))

    with time_machine.travel(NIGHT + timedelta(hours=9), tick=True):
        sending.send_due(COMMITTEE, gateway=gateway)

    assert ways_of(sleeper) == [("web_push", "cancelled")]
