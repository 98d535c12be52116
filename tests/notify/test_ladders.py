"""An alarm rings until somebody answers: the next people after minutes, then the last ones again and again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from services.notify.domain import ladders
from services.notify.models import Ladder, Sending
from shared.db import now
from shared.schemas import patrol
from tests.notify.happenings import silence, sos


@pytest.fixture
def alarm(person, grant, happen, settle, standin):
    """A call for help: (facts, caller, buddy, leader, desk), of whom the buddy has been rung."""
    caller, buddy, leader, desk = (
        person(n, phone=f"861000000002{i}") for i, n in enumerate(("求助", "队员", "队长", "值班"))
    )
    grant(desk.person_id, "duty")
    facts = sos(caller, crew=[caller, buddy], leaders=[leader])
    happen(patrol.SosRaised, subject=facts["sos_id"], **facts)
    settle()
    return facts, caller, buddy, leader, desk


@pytest.fixture
def climb(tick, let_pass, settle):
    """Call it to let minutes pass and the clock strike."""

    def climb(**time) -> None:
        let_pass(**time)
        tick("notify", "climb_ladders")
        settle()

    return climb


@pytest.fixture
def answer(notify, token, messages_of, settle):
    """Call it to let somebody answer their newest message."""

    def answer(person, answer):
        message = messages_of(person)[-1]
        return notify.post(f"/inbox/{message.id}/answer", json={"answer": answer}, headers=token(person.person_id))

    return answer


def rung(ways_of, *people) -> list[int]:
    return [len(ways_of(person)) for person in people]


def test_whoever_calls_for_help_is_not_rung_by_their_own_alarm(alarm, ways_of):
    _, caller, buddy, leader, desk = alarm

    assert rung(ways_of, caller, buddy, leader, desk) == [0, 1, 0, 0]


def test_nobody_answers_so_the_leader_is_rung_and_then_the_desk_again_and_again(alarm, climb, ways_of):
    _, _, buddy, leader, desk = alarm
    seen = []

    for minutes in (2, 1, 3, 4, 10):
        climb(minutes=minutes)
        seen.append(rung(ways_of, buddy, leader, desk))

    assert seen == [[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 2], [1, 1, 3]]


def test_who_will_see_to_it_ends_the_ladder_and_the_others_learn_who(
    alarm, climb, answer, notify, token, ways_of, published
):
    facts, _, buddy, leader, _ = alarm
    climb(minutes=3)

    answered = answer(leader, "ack")

    assert answered.status_code == 200
    assert answered.json["answer"] == "ack"
    [told] = notify.get("/inbox", headers=token(buddy.person_id)).json["items"]
    assert told["note"] == "已有人响应：队长"
    assert told["cancelled_at"]
    assert ways_of(leader) == [("sms", "acknowledged")]
    [(_, news)] = published("notify.answer_given.v1")
    assert (news["thread"], news["about"], news["answer"]) == (str(facts["sos_id"]), "patrol.sos_raised.v1", "ack")
    assert news["person_id"] == str(leader.person_id)


def test_after_an_answer_nobody_else_is_rung(alarm, climb, answer, ways_of, let_pass, tick):
    _, _, buddy, leader, desk = alarm
    answer(buddy, "ack")

    let_pass(minutes=30)
    tick("notify", "climb_ladders")

    assert rung(ways_of, buddy, leader, desk) == [1, 0, 0]


@pytest.mark.parametrize("no", ["decline", "call_me"])
def test_who_cannot_come_sends_the_alarm_on_at_once(no, alarm, answer, ways_of):
    _, _, buddy, leader, desk = alarm

    answer(buddy, no)

    assert rung(ways_of, buddy, leader, desk) == [1, 1, 0]


def test_who_said_no_may_still_say_yes_but_not_the_other_way_round(alarm, answer):
    _, _, buddy, _, _ = alarm

    assert answer(buddy, "decline").status_code == 200
    assert answer(buddy, "ack").status_code == 200
    assert answer(buddy, "ack").status_code == 200
    refused = answer(buddy, "decline")
    assert (refused.status_code, refused.json["title"]) == (409, "AlreadyAnswered")


def test_who_comes_second_hears_that_somebody_has_seen_to_it(alarm, climb, answer):
    _, _, buddy, leader, _ = alarm
    climb(minutes=3)
    answer(leader, "ack")

    refused = answer(buddy, "ack")

    assert (refused.status_code, refused.json["title"], refused.json["by"]) == (409, "AlreadySettled", "队长")


def test_a_stand_down_cancels_what_is_queued_and_tells_who_was_told(
    alarm, db, happen, settle, climb, ways_of, notify, token
):
    facts, _, buddy, leader, _ = alarm
    climb(minutes=3)
    later = {"state": "failed", "due_at": now() + timedelta(hours=1)}
    for sending in db.scalars(select(Sending)):
        for name, value in later.items():
            setattr(sending, name, value)

    happen(patrol.SosStoodDown, sos_id=facts["sos_id"], by_name="值班", note="已安全到家")
    settle()

    assert ways_of(buddy) == ways_of(leader) == [("sms", "cancelled")]
    newest, alarm_itself = notify.get("/inbox", headers=token(buddy.person_id)).json["items"]
    assert newest["title"] == "求助已解除"
    assert newest["thread"] == alarm_itself["thread"]
    assert alarm_itself["note"] == "已有人响应：值班"
    assert db.scalars(select(Ladder.why_ended)).one() == "stood_down"


def test_what_is_being_sent_at_the_stand_down_stays(alarm, db, happen, settle, ways_of):
    facts, _, buddy, *_ = alarm
    [sending] = db.scalars(select(Sending)).all()
    sending.state, sending.lease_until = "sending", now() + timedelta(minutes=1)

    happen(patrol.SosStoodDown, sos_id=facts["sos_id"], by_name="值班", note="")
    settle()

    assert ways_of(buddy) == [("sms", "sending")]


def test_news_of_an_alarm_that_is_over_already_rings_for_nobody(db, person, happen, settle, standin, messages_of):
    caller, buddy = person("求助"), person("队员", phone="8610000000031")
    facts, raised_at = sos(caller, crew=[buddy]), now()
    happen(patrol.SosStoodDown, sos_id=facts["sos_id"], by_name="值班", note="")
    happen(patrol.SosRaised, occurred_at=raised_at, **facts)
    settle()

    assert messages_of(buddy) == []
    assert db.scalars(select(Ladder)).all() == []


def test_who_called_hears_that_help_is_on_the_way(alarm, happen, settle, notify, token):
    facts, caller, *_ = alarm

    happen(patrol.SosAcknowledged, sos_id=facts["sos_id"], person_id=caller.person_id, by_name="队长")
    settle()

    [message] = notify.get("/inbox", headers=token(caller.person_id)).json["items"]
    assert message["title"] == "有人来帮您了"
    assert "队长" in message["body"]


def test_a_ring_in_which_there_is_nobody_is_passed_over(person, grant, happen, settle, standin, ways_of):
    desk = person("值班", phone="8610000000032")
    grant(desk.person_id, "duty")

    happen(patrol.SosRaised, **sos(person("求助")))
    settle()

    assert ways_of(desk) == [("sms", "sent")]


def test_after_two_hours_the_desk_sees_that_nobody_came(alarm, climb, db):
    climb(hours=2)

    assert db.scalars(select(Ladder.why_ended)).one() == "nobody"


def test_a_silent_squad_is_asked_after_until_it_is_well(
    person, grant, happen, settle, standin, climb, ways_of, notify, token
):
    buddy, desk = person("队员", phone="8610000000033"), person("值班", phone="8610000000034")
    grant(desk.person_id, "duty")
    facts = silence("buddy", [buddy])
    happen(patrol.SquadWentSilent, **facts)
    happen(patrol.SquadWentSilent, **facts | {"step": "desk", "person_ids": []})
    settle()
    climb(minutes=3)
    [message] = notify.get("/inbox", headers=token(buddy.person_id)).json["items"]
    assert message["title"] == "夜安一队 20:40 后没有消息"
    assert message["body"].startswith("夜安一队 20:40 后没有消息，请看看他们是否平安。")
    assert rung(ways_of, buddy, desk) == [1, 2]

    well = {"alarm_id": facts["alarm_id"], "shift_id": facts["shift_id"], "squad": "夜安一队", "said_by": "队长"}
    happen(patrol.SquadIsWell, **well)
    settle()
    climb(minutes=10)

    assert rung(ways_of, buddy, desk) == [1, 2]
    assert notify.get("/inbox", headers=token(desk.person_id)).json["items"][0]["title"] == "夜安一队 平安"


@given(step=st.integers(0, 40))
def test_steps_come_at_the_minutes_of_the_settings_and_then_at_the_last_ones_distance(server, step):
    wait = ladders.next_at(step, now()) - now()

    expected = {0: 3, 1: 3, 2: 4}.get(step, 10)
    assert abs(wait - timedelta(minutes=expected)) < timedelta(seconds=1)
