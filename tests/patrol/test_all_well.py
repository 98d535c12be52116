"""Anybody who knows says that all is well."""

from datetime import timedelta

from services.patrol.domain import silence
from shared.db import now
from tests.patrol.conftest import MINUTE


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
