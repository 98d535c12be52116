"""The welfare ladder: a silent squad is looked after, and nobody is blamed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from services.patrol.domain import silence
from services.patrol.models import Alarm, Crew
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import SquadWentSilent

MINUTE = timedelta(minutes=1)


@pytest.fixture
def look(tick):
    return lambda: tick("patrol", "look_for_silence")


@pytest.fixture
def minutes_pass(db):
    """Call it to let everything that is due come so many minutes nearer."""

    def minutes_pass(minutes):
        passed = {"passed": minutes * MINUTE}
        db.execute(text("UPDATE patrol.shifts SET next_due_at = next_due_at - :passed"), passed)
        db.execute(text("UPDATE patrol.alarms SET next_at = next_at - :passed"), passed)
        db.commit()

    return minutes_pass


@pytest.fixture
def asked(published):
    """Call it for who was asked so far: [(step, ids), ...]."""
    return lambda: [(facts["step"], facts["person_ids"]) for _, facts in published("patrol.squad_went_silent%")]


@pytest.fixture
def calmed(published):
    """Call it for who said that all is well."""
    return lambda: [facts["said_by"] for _, facts in published("patrol.squad_is_well%")]


@pytest.fixture
def alarm(db):
    """Call it for the one alarm there is."""

    def alarm():
        row = db.scalars(select(Alarm)).one()
        db.refresh(row)
        return row

    return alarm


@pytest.fixture
def answers(db, hear, alarm):
    """Call it to let somebody answer the message that asked about the silent squad."""

    def answers(person_id, answer="ack"):
        event_facts = {"about": SquadWentSilent.topic, "person_id": person_id, "answered_at": now(), "answer": answer}
        publish(db, AnswerGiven, thread=alarm().id, **event_facts)
        hear()

    return answers


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


def test_anybody_who_knows_says_all_well(patrol, token, desk, silent, look, shift, calmed, alarm):
    silent(31)
    for _ in range(3):
        look()

    answer = patrol.post(f"/shifts/{shift.id}/all-well", json={"note": "电话里说平安"}, headers=token(desk))

    assert answer.status_code == 204
    assert calmed() == ["赵启明"]
    assert alarm().note == "电话里说平安"


def test_a_stranger_does_not_know(patrol, token, person, shift, silent, look, calmed):
    silent(11)
    look()

    answer = patrol.post(f"/shifts/{shift.id}/all-well", json={}, headers=token(person("外人")))

    assert answer.status_code == 404
    assert calmed() == []


def test_after_the_planned_end_all_well_means_at_home(db, shift, silent, look, leader):
    shift.starts_at, shift.ends_at = now() - 200 * MINUTE, now() - 20 * MINUTE
    db.commit()
    silent(11)
    look()

    silence.say_well(db, shift.id, by=leader, name="郭建国")

    db.refresh(shift)
    assert (shift.state, shift.next_due_at) == ("active", None)


def test_a_forgotten_shift_ends_by_itself_and_its_crew_may_still_say_how_it_was(
    db, plan, tick, published, send, item, look, asked
):
    began = now() - timedelta(hours=20)
    shift = plan(-20 * 60, state="active", started_at=began)
    db.commit()

    tick("patrol", "end_forgotten_shifts")

    db.refresh(shift)
    assert (shift.state, shift.ended_at, shift.ended_by) == ("ended", shift.ends_at, None)
    assert [topic for topic, _ in published()] == ["patrol.shift_ended.v1"]
    after = shift.ends_at + 10 * MINUTE
    verdicts = send(item("check_in", shift, after), item("end", shift, after + MINUTE, handover="平安"))
    assert [verdict["outcome"] for verdict in verdicts] == ["stored", "stored"]
    db.refresh(shift)
    assert (shift.handover, shift.ended_at) == ("平安", after + MINUTE)


def test_an_all_well_from_the_phone_calms_everybody(silent, look, send, item, shift, calmed):
    silent(11)
    look()

    send(item("all_well", shift))

    assert calmed() == ["苏红梅"]


def test_nothing_in_the_data_model_could_blame_anybody(db):
    """No score, no demerit, no count of silences; an alarm names helpers, never who was silent."""
    columns = text("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'patrol'")
    names = {tuple(row) for row in db.execute(columns)}
    blame = ("demerit", "score", "points", "penalt", "strike", "missed", "fault", "absen", "count", "rank")

    assert not [name for _, name in names if any(word in name for word in blame)]
    about_people = {
        name for table, name in names if table == "alarms" and name.endswith(("_by", "person_id", "people"))
    }
    assert about_people == {"looked_after_by", "ended_by"}


def test_no_column_for_coordinates_exists_where_people_report(db):
    kept = text(
        "SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'patrol'"
        " AND table_name LIKE ANY (ARRAY['check_ins%', 'troubles', 'sos', 'alarms', 'shifts', 'shift_crew'])"
    )
    words = {part for name in db.scalars(kept) for part in name.split("_")}

    assert not words & {
        "lat",
        "lon",
        "lng",
        "latitude",
        "longitude",
        "position",
        "location",
        "coordinates",
        "geom",
        "track",
    }
