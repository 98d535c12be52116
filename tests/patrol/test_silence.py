"""The welfare ladder: a silent squad is looked after, and nobody is blamed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.patrol.domain import silence
from services.patrol.models import Crew
from shared.db import now
from tests.patrol.conftest import MINUTE


def test_silence_goes_up_the_ladder_step_by_step(silent, look, asked, minutes_pass, companion, leader):
    silent(9)
    for minutes in (0, 2, 0, 8, 2, 0, 8, 2, 30):
        minutes_pass(minutes)
        look()

    assert asked() == [("buddy", [str(companion)]), ("leader", [str(leader)]), ("desk", [])]


def test_steps_are_counted_from_when_the_sign_was_due(silent, look, alarm, shift):
    silent(11)
    look()

    assert alarm().next_at == shift.next_due_at + 20 * MINUTE


def test_a_clock_that_stood_still_makes_up_for_it_step_by_step(silent, look, asked):
    silent(45)
    for _ in range(4):
        look()

    assert [step for step, _ in asked()] == ["buddy", "leader", "desk"]


def test_who_is_not_late_yet_is_not_asked(silent, look, asked):
    silent(9)
    look()

    assert asked() == []


def test_the_message_says_where_the_squad_was_last(silent, look, published, send, item, shift, checkpoint):
    send(item("check_in", shift, checkpoint_id=checkpoint(7).id))
    silent(11)
    look()

    [(_, facts)] = published("patrol.squad_went_silent%")
    assert facts["last_place"] == "P07 自行车棚"
    assert facts["last_at"] is not None


def test_all_the_crew_is_asked_when_no_buddy_is_known(db, silent, look, asked, shift, person, walker, companion, squad):
    third = person("云三")
    shift.crew.append(Crew(person_id=third, role="member", stand_in=True))
    for member in squad.members:
        member.buddy_id = None
    db.commit()
    silent(11)
    look()

    [(step, ids)] = asked()
    assert step == "buddy"
    assert set(ids) == {str(walker), str(companion), str(third)}


def test_a_check_in_calms_everybody(silent, look, send, item, shift, alarm, calmed, db):
    silent(11)
    look()

    send(item("check_in", shift))

    assert calmed() == ["苏红梅"]
    assert (alarm().reason, alarm().next_at) == ("check_in", None)
    db.refresh(shift)
    assert shift.next_due_at > now() + 19 * MINUTE


def test_a_late_check_in_goes_into_the_history_and_calms_nobody(silent, look, send, item, shift, calmed, plan):
    silent(11)
    look()

    [verdict] = send(item("check_in", shift, now() - 55 * MINUTE))

    assert verdict["outcome"] == "stored"
    assert calmed() == []


def test_a_doubtful_clock_calms_nobody(silent, look, send, item, shift, calmed):
    silent(11)
    look()

    [verdict] = send(item("check_in", shift, now() + timedelta(days=2)))

    assert (verdict["outcome"], verdict["time_quality"]) == ("stored", "uncertain")
    assert calmed() == []


def test_the_same_check_in_again_is_no_new_sign_of_life(silent, look, send, item, shift, calmed):
    report = item("check_in", shift)
    send(report)
    silent(11)
    look()

    send(report)

    assert calmed() == []


def test_a_late_upload_for_a_shift_that_ended_concerns_no_other_shift(
    silent, look, send, item, shift, plan, calmed, asked
):
    yesterday = plan(
        -24 * 60, state="ended", started_at=now() - timedelta(days=1), ended_at=now() - timedelta(hours=20)
    )
    silent(11)
    look()

    verdicts = send(
        item("check_in", yesterday, now() - timedelta(hours=23)), item("end", yesterday, now() - timedelta(hours=22))
    )
    look()

    assert [verdict["outcome"] for verdict in verdicts] == ["stored", "stored"]
    assert calmed() == []
    assert len(asked()) == 1


def test_a_late_upload_of_a_forgotten_shift_wakes_nobody(plan, send, item, look, asked):
    shift = plan(-24 * 60)

    send(item("start", shift, now() - timedelta(hours=24)), item("check_in", shift, now() - timedelta(hours=23)))
    look()

    assert asked() == []


def test_the_end_of_the_shift_calms_everybody(silent, look, send, item, shift, calmed, alarm):
    silent(11)
    look()

    send(item("end", shift, now() - MINUTE, handover="平安"))
    look()

    assert calmed() == ["苏红梅"]
    assert alarm().reason == "ended"


def test_starting_a_shift_makes_the_first_sign_due(plan, send, item, db, look, asked):
    shift = plan(-5)
    send(item("start", shift))

    db.refresh(shift)
    assert shift.next_due_at > now() + 19 * MINUTE


def test_the_buddys_answer_means_that_they_are_well(silent, look, answers, companion, calmed, alarm):
    silent(11)
    look()

    answers(companion)

    assert calmed() == ["高秀英"]
    assert alarm().reason == "all_well"


def test_the_leaders_answer_means_that_they_look_after_it(
    silent, look, answers, leader, calmed, alarm, asked, minutes_pass
):
    silent(21)
    look()
    look()

    answers(leader)
    minutes_pass(30)
    look()

    assert calmed() == []
    assert [step for step, _ in asked()] == ["buddy", "leader"]
    assert alarm().ended_at is None
    assert alarm().looked_after_by == leader


@pytest.mark.parametrize("answer", ["decline", "call_me"])
def test_an_answer_that_is_no_yes_does_not_stop_the_ladder(
    silent, look, answers, companion, minutes_pass, asked, answer
):
    silent(11)
    look()

    answers(companion, answer)
    minutes_pass(10)
    look()

    assert [step for step, _ in asked()] == ["buddy", "leader"]


def test_an_answer_to_an_alarm_that_is_over_or_that_never_was_changes_nothing(
    db, silent, look, answers, companion, send, item, shift, calmed
):
    silent(11)
    look()
    send(item("check_in", shift))

    answers(companion)
    silence.answer(db, uuid4(), by=companion, answer="ack")

    assert len(calmed()) == 1
