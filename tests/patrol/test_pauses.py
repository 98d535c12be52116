"""A shift that stands still says why and for how long; nobody worries before that, and nobody is forgotten after it."""

from datetime import timedelta

import pytest

from services.patrol.models import Pause
from shared.db import now

MINUTE = timedelta(minutes=1)
WARMING = {"reason": "warming", "minutes": 60}


@pytest.fixture
def phase(patrol, token, walker):
    """Call it for what the shift is at, as its crew's phones see it."""

    def phase():
        [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]
        return sheet["phase"], sheet["paused"] and sheet["paused"]["reason"]

    return phase


def outcomes(verdicts):
    return [(verdict["outcome"], verdict["code"]) for verdict in verdicts]


def test_a_pause_has_a_reason_and_going_on_ends_it(shift, item, send, phase):
    assert phase() == ("active", None)

    send(item("pause", shift, pause=WARMING))
    assert phase() == ("paused", "warming")

    send(item("resume", shift))
    assert phase() == ("active", None)


def test_nobody_worries_before_the_time_that_the_pause_says(db, shift, item, send, look, asked, minutes_pass):
    send(item("pause", shift, pause=WARMING))

    minutes_pass(59)
    look()
    assert asked() == []

    minutes_pass(12)
    look()
    assert [step for step, _ in asked()] == ["buddy"]


def test_a_pause_and_all_that_followed_may_arrive_together_and_twice(db, shift, item, send, phase):
    at = now() - 30 * MINUTE
    first, second = item("pause", shift, at, pause=WARMING), item("pause", shift, at + 20 * MINUTE, pause=WARMING)
    on = item("resume", shift, at + 10 * MINUTE)

    assert outcomes(send(second, on, first)) == [("stored", None)] * 3
    assert outcomes(send(second, first)) == [("duplicate", None)] * 2
    assert phase() == ("paused", "warming")
    assert db.query(Pause).count() == 2


def test_who_pauses_while_pausing_is_pausing_and_the_end_of_the_shift_ends_it(db, shift, item, send):
    send(item("pause", shift, pause=WARMING))

    assert outcomes(send(item("pause", shift, pause=WARMING))) == [("duplicate", None)]
    send(item("end", shift))

    assert db.query(Pause).filter(Pause.ended_at.is_(None)).count() == 0


def test_a_shift_that_has_not_begun_cannot_pause(plan, item, send):
    assert outcomes(send(item("pause", plan(30), pause=WARMING))) == [("refused", "NotUnderWay")]


@pytest.mark.parametrize("pause", [None, {}, {"reason": "laziness"}, {"reason": "warming", "minutes": 600}])
def test_a_pause_without_a_reason_or_an_end_is_none(patrol, token, walker, shift, item, pause):
    body = {"device": {"id": "phone", "now": now()}, "items": [item("pause", shift, pause=pause)]}

    [verdict] = patrol.post("/uploads", json=body, headers=token(walker)).json["results"]

    assert (verdict["outcome"], verdict["code"]) == ("refused", "Invalid")


def test_a_shift_that_was_called_off_can_take_place_after_all(
    patrol, token, leader, walker, companion, plan, published
):
    off = plan(120, state="planned")
    patrol.post(f"/shifts/{off.id}/cancel", json={"reason": "寒潮"}, headers=token(leader))

    answer = patrol.post(f"/shifts/{off.id}/restore", headers=token(leader))

    assert (answer.status_code, answer.json["state"], answer.json["phase"]) == (200, "planned", "restored")
    [(_, facts)] = published("patrol.shift_restored.v1")
    assert set(facts["person_ids"]) == {str(walker), str(companion)}


def test_whoever_walks_elsewhere_by_now_cannot_be_taken_back(patrol, token, leader, plan):
    off = plan(120, state="cancelled", reason="寒潮")
    plan(120)

    answer = patrol.post(f"/shifts/{off.id}/restore", headers=token(leader))

    assert (answer.status_code, answer.json["errors"]) == (422, {"crew": [{"code": "overlaps"}]})


def test_what_is_over_or_under_way_is_not_restored(patrol, token, leader, plan, shift):
    past = plan(-600, lasts=60, state="cancelled", reason="寒潮")

    assert patrol.post(f"/shifts/{past.id}/restore", headers=token(leader)).json["title"] == "ShiftIsPast"
    assert patrol.post(f"/shifts/{shift.id}/restore", headers=token(leader)).json["title"] == "ShiftUnderWay"
