"""What goes wrong with phones: clocks, codes, days without network, one phone for two crews, calls from anywhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.patrol.models import Alarm, CheckIn, Squad
from shared.db import now

MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=365)


def outcomes(verdicts):
    return [(verdict["outcome"], verdict["code"]) for verdict in verdicts]


@pytest.mark.parametrize("skew", [YEAR, -YEAR], ids=["a year fast", "a year slow"])
def test_a_phone_whose_clock_is_a_year_off_loses_nothing_and_calms_the_ladder(
    db, silent, look, item, send, calmed, skew
):
    shift, received = silent(12), now()
    look()

    [verdict] = send(item("check_in", shift, received - MINUTE + skew), clock=received + skew, received_at=received)

    assert (verdict["outcome"], verdict["time_quality"]) == ("stored", "corrected")
    assert db.scalars(select(CheckIn.happened_at)).all() == [received - MINUTE]
    assert calmed() == ["苏红梅"]


@pytest.mark.parametrize("skew", [YEAR, -YEAR], ids=["into the next year", "into the last"])
def test_a_clock_that_was_set_by_a_year_in_between_is_doubted_and_neither_ends_nor_calms_anything(
    db, silent, look, item, send, calmed, skew
):
    shift, received = silent(12), now()
    look()

    [verdict] = send(item("check_in", shift, received + skew), received_at=received)

    assert (verdict["outcome"], verdict["time_quality"]) == ("stored", "uncertain")
    assert calmed() == []


def test_one_phone_used_by_two_crews_reports_for_each_of_them(db, shift, plan, item, send, person):
    stranger = person("外队的人")
    other = Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=stranger)
    theirs = plan(-20, of=other, crew=[stranger], state="active", started_at=now())

    mine, not_mine = send(item("check_in", shift), item("check_in", theirs))
    [his] = send(item("check_in", theirs), by=stranger)

    assert outcomes([mine, not_mine, his]) == [("stored", None), ("refused", "NotYourShift"), ("stored", None)]
    assert set(db.scalars(select(CheckIn.device_id))) == {"phone"}


@pytest.mark.parametrize(
    "code", ["https://elsewhere.example/p/abc", "https://127.0.0.1/p/", "weixin://x", "WIFI:T:WPA;;"]
)
def test_a_code_of_another_community_is_told_apart_from_a_number_that_nobody_has(shift, item, send, code):
    verdicts = send(item("check_in", shift, qr=code), item("check_in", shift, number=4711))

    assert outcomes(verdicts) == [("refused", "ForeignCode"), ("refused", "UnknownCheckpoint")]


def test_five_hundred_check_ins_of_three_days_while_the_ladder_runs_stand_it_down_and_ring_for_nothing_past(
    db, plan, walker, item, send, look, minutes_pass, asked, calmed
):
    """Three evenings without network; on the third the ladder has reached the leader when the phone finds one."""
    evenings = [plan(-hours * 60, lasts=120) for hours in (48, 24)]
    tonight = plan(
        -90, state="active", started_at=now() - 90 * MINUTE, started_by=walker, next_due_at=now() - 12 * MINUTE
    )
    look()
    minutes_pass(10)
    look()
    before = [step for step, _ in asked()]
    received = now()
    items = [item("start", evening, evening.starts_at) for evening in evenings]
    for place, evening in enumerate([*evenings, tonight]):
        steps = [evening.starts_at + n * timedelta(seconds=30) for n in range(1, 168)]
        items += [item("check_in", evening, at, seq=200 * place + n) for n, at in enumerate(steps)]
    items += [item("end", evening, evening.ends_at) for evening in evenings]
    items.append(item("check_in", tonight, received - MINUTE, seq=600))

    for first in range(0, len(items), 100):
        send(*items[first : first + 100], received_at=received)
    look()

    assert before == ["buddy", "leader"]
    assert [step for step, _ in asked()] == before  # nobody more was asked
    assert calmed() == ["苏红梅"]
    assert db.scalars(select(Alarm.reason)).all() == ["check_in"]
    assert len(db.scalars(select(CheckIn.id)).all()) == 502


def test_a_call_that_waited_on_a_phone_for_an_hour_is_a_call_and_twice_is_one(patrol, token, walker, shift, published):
    sos_id, body = uuid4(), {"at": (now() - timedelta(hours=1)).isoformat(), "shift_id": str(shift.id)}

    answers = [patrol.put(f"/sos/{sos_id}", json=body, headers=token(walker)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(published("patrol.sos_raised.v1")) == 1


def test_a_residents_phone_on_no_patrol_calls_the_desk(patrol, token, person, desk, published, shift):
    resident = person("王金凤")
    body = {"at": now().isoformat(), "shift_id": str(shift.id)}

    answer = patrol.put(f"/sos/{uuid4()}", json=body, headers=token(resident))

    assert (answer.status_code, answer.json["shift_id"]) == (200, None)
    [(_, facts)] = published("patrol.sos_raised.v1")
    assert (facts["crew_ids"], facts["leader_ids"], facts["squad"]) == ([], [], None)
    assert answer.json["id"] in patrol.get("/sos?open=1", headers=token(desk)).text
