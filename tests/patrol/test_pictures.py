"""Pictures of places, kinds and hours: numbers that one can count by hand, and behind each the things counted."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from services.patrol.models import CheckIn, ResponseCall, Skip, Stop
from shared.db import now

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: A Thursday, and the first hour of its walk.
EVENING = datetime(2026, 11, 19, 18, tzinfo=SHANGHAI)
SPAN = {"from": "2026-11-01T00:00:00+08:00", "until": "2026-12-01T00:00:00+08:00"}


@pytest.fixture
def picture(patrol, token, desk):
    """Call it with a name, and what else is asked."""
    headers = token(desk)

    def picture(name: str, **asked):
        answer = patrol.get(f"/pictures/{name}", query_string=SPAN | asked, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    return picture


@pytest.fixture
def walked(db, squad, checkpoint, plan, walker):
    """Of four stops between six and eight one was reached twice, one was reached, one left out, one forgotten."""
    stops = [checkpoint(number, name=f"{number}号点") for number in (1, 2, 3, 4)]
    squad.stops = [Stop(position=n, checkpoint_id=stop.id) for n, stop in enumerate(stops)]
    minutes = (EVENING - now()) / timedelta(minutes=1)
    shift = plan(minutes, state="ended", started_at=EVENING, ended_at=EVENING + timedelta(hours=2))
    times = {"device_at": EVENING, "received_at": EVENING, "happened_at": EVENING, "time_quality": "device"}
    for stop in (stops[0], stops[0], stops[2]):
        facts = {"device_id": "d", "how": "scan", "note": "", "content": b"0" * 32}
        db.add(CheckIn(id=uuid4(), shift_id=shift.id, checkpoint_id=stop.id, person_id=walker, **facts, **times))
    left = {"checkpoint_id": stops[3].id, "reason": "locked", "note": "", "content": b"0" * 32}
    db.add(Skip(id=uuid4(), shift_id=shift.id, person_id=walker, **left, **times))
    db.commit()
    return shift


def test_what_was_to_be_visited_is_counted_by_hour_and_weekday(picture, walked):
    shown = picture("coverage")

    by_hour = {(one["weekday"], one["hour"]): (one["made"], one["skipped"], one["missed"]) for one in shown["hours"]}
    assert by_hour == {(4, 18): (1, 0, 1), (4, 19): (1, 1, 0)}
    by_place = [(one["code"], one["made"]) for one in shown["checkpoints"]]
    assert by_place == [("P01", 1), ("P02", 0), ("P03", 1), ("P04", 0)]
    assert shown["all"] == {"planned": 4, "made": 2, "skipped": 1, "missed": 1}


def test_behind_each_number_are_its_visits(picture, walked):
    [missed] = picture("visits", weekday=4, hour=18, outcome="missed")["items"]
    [skipped] = picture("visits", outcome="skipped")["items"]

    assert (missed["code"], missed["squad"], missed["shift_id"]) == ("P02", "夜安一队", str(walked.id))
    assert (skipped["code"], skipped["reason"], skipped["visited_at"]) == ("P04", "locked", None)
    assert picture("visits", weekday=3)["items"] == []


def test_visits_come_in_pages(picture, walked):
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        found = picture("visits", limit=3, **({"cursor": cursor} if cursor else {}))
        seen, cursor = seen + [one["code"] for one in found["items"]], found["next"]

    assert seen == ["P04", "P03", "P02", "P01"]


def test_what_nobody_walked_was_missed_and_what_was_called_off_was_not(db, picture, squad, checkpoint, plan):
    squad.stops = [Stop(position=0, checkpoint_id=checkpoint(1).id)]
    minutes = (EVENING - now()) / timedelta(minutes=1)
    plan(minutes)
    plan(minutes + 24 * 60, state="cancelled", reason="寒潮")
    db.commit()

    assert picture("coverage")["all"] == {"planned": 1, "made": 0, "skipped": 0, "missed": 1}


def test_cases_are_counted_by_kind_and_of_few_no_time_is_said(db, picture, tell):
    opened = EVENING
    for number, hours in enumerate((2, 4, 6, 8, 30)):
        case = tell(place=f"{number}号楼").case
        case.opened_at, case.fixed_at, case.state = opened, opened + timedelta(hours=hours), "confirmed"
    for place, state in (("六号楼", "routed"), ("七号楼", "dropped")):
        case = tell(place=place).case
        case.opened_at, case.state = opened, state
    ice = tell("ice", place="八号楼").case
    ice.opened_at, ice.fixed_at, ice.state = opened, opened + timedelta(hours=3), "fixed"
    db.commit()

    shown = picture("cases")

    lamp, ices = shown["kinds"]
    assert lamp == {"kind": "lamp", "reported": 6, "open": 1, "fixed": 5, "q1": 4.0, "q2": 6.0, "q3": 8.0}
    assert ices == {"kind": "ice", "reported": 1, "open": 0, "fixed": 1, "q1": None, "q2": None, "q3": None}
    assert (shown["all"]["reported"], shown["all"]["fixed"]) == (7, 6)


def test_the_cases_behind_a_number_are_listed(db, patrol, token, desk, tell):
    early, late = tell(place="一号楼").case, tell(place="二号楼").case
    early.opened_at, early.state = EVENING - timedelta(days=60), "confirmed"
    late.opened_at, late.state = EVENING, "confirmed"
    db.commit()

    asked = SPAN | {"group": "done", "kind": "lamp"}
    found = patrol.get("/cases", query_string=asked, headers=token(desk)).json["items"]

    assert [case["id"] for case in found] == [str(late.id)]


def test_drills_are_told_apart_by_ring_and_what_was_serious_is_in_no_figure(db, picture, raise_call, person):
    drill, serious = raise_call(drill=True), raise_call()
    for call in (drill, serious):
        db.query(ResponseCall).filter_by(response_id=call.id).delete()
    answers = ((0, 30), (0, 90), (0, 200), (2, None))
    for response in (drill, serious):
        response.raised_at = EVENING
        for ring, seconds in answers:
            said = {"answer": "ack", "answered_at": EVENING + timedelta(seconds=seconds)} if seconds else {}
            db.add(ResponseCall(response_id=response.id, person_id=person(), ring=ring, asked_at=EVENING, **said))
    db.commit()

    shown = picture("drills")

    [mine] = shown["drills"]
    assert (mine["id"], mine["asked"], mine["answered"], mine["median"]) == (str(drill.id), 4, 3, 90.0)
    assert [(one["ring"], one["asked"], one["answered"], one["median"]) for one in shown["rings"]] == [
        ("crew", 3, 3, 90.0),
        ("officers", 1, 0, None),
    ]
    assert [one["answered"] for one in shown["all"]["within"]] == [1, 2, 3, 3, 3]


def test_without_anything_there_are_pictures_of_nothing(picture):
    assert picture("coverage")["all"]["planned"] == 0
    assert picture("cases")["kinds"] == []
    assert picture("drills")["all"]["asked"] == 0


def test_a_time_that_ends_before_it_begins_is_said_at_its_field(patrol, token, desk):
    asked = {"from": SPAN["until"], "until": SPAN["from"]}

    answer = patrol.get("/pictures/cases", query_string=asked, headers=token(desk))

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["until"])


def test_nobody_is_in_a_picture(picture, walked):
    words = str(picture("coverage")) + str(picture("visits")) + str(picture("drills")) + str(picture("cases"))

    assert "person" not in words
    assert "苏红梅" not in words
