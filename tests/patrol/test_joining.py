"""Joining on the spot by the leader's code, and who is along: one phone may speak for the whole crew."""

from uuid import UUID, uuid4

import pytest

from services.patrol.domain.way import joining
from services.patrol.models import Crew, Squad
from shared.db import now


@pytest.fixture
def guest(person):
    return person("王金凤")


@pytest.fixture
def code(patrol, token, leader):
    """Call it for what the leader's phone shows."""
    return lambda shift: patrol.get(f"/shifts/{shift.id}/join-code", headers=token(leader)).json["code"]


@pytest.fixture
def join(patrol, token):
    def join(person_id, code, shift=None):
        body = {"join_code": code, "shift_id": shift and shift.id}
        return patrol.put("/joins", json=body, headers=token(person_id))

    return join


def crew_of(answer):
    return {UUID(one["person_id"]): one["stand_in"] for one in answer.json["crew"]}


def test_who_reads_the_leaders_code_is_on_the_shift_at_once(shift, guest, code, join, published):
    answer = join(guest, code(shift))

    assert crew_of(answer)[guest] is True  # of no squad: stands in
    [(_, facts)] = published("patrol.crew_joined.v1")
    assert facts["person_ids"] == [str(guest)]


def test_joining_twice_is_joining_once(shift, guest, code, join, db, published):
    join(guest, code(shift))

    assert join(guest, code(shift), shift).status_code == 200
    assert db.query(Crew).filter_by(shift_id=shift.id, person_id=guest).count() == 1
    assert len(published("patrol.crew_joined.v1")) == 1


def test_only_the_leader_and_the_desk_see_the_code(shift, patrol, token, walker, desk):
    assert patrol.get(f"/shifts/{shift.id}/join-code", headers=token(walker)).status_code == 404
    assert patrol.get(f"/shifts/{shift.id}/join-code", headers=token(desk)).status_code == 200


def test_a_wrong_code_says_so_and_after_ten_the_leader_must_help(shift, guest, code, join):
    wrong = f"{(int(code(shift)) + 1) % 1_000_000:06}"

    for _ in range(joining.TRIES):
        assert join(guest, wrong).json["errors"] == {"join_code": [{"code": "unknown"}]}

    assert join(guest, code(shift)).json["title"] == "TooManyTries"


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "1234567", None])
def test_what_is_no_code_is_refused_at_the_field(guest, join, code):
    assert "join_code" in join(guest, code).json["errors"]


def test_a_code_opens_its_own_shift_and_no_other(shift, plan, person, guest, code, join):
    other = plan(-10, of=Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=person("李")), crew=[person("张")])

    assert join(guest, code(shift), other).json["errors"] == {"join_code": [{"code": "unknown"}]}


def test_nobody_walks_two_shifts_at_once(shift, plan, person, guest, code, join):
    plan(-10, of=Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=person("李")), crew=[guest])

    assert join(guest, code(shift)).json["errors"] == {"join_code": [{"code": "overlaps"}]}


def test_a_shift_that_is_over_is_not_joined(db, shift, guest, code, join):
    shown = code(shift)
    shift.state = "ended"
    db.flush()

    assert join(guest, shown).status_code == 422


def test_the_leader_says_who_is_along_and_the_later_word_holds(
    shift, item, send, leader, walker, companion, patrol, token
):
    early = item("crew", shift, crew={"moment": "start", "present": [walker, companion]})
    late = item("crew", shift, crew={"moment": "start", "present": [walker]})

    send(late, by=leader)
    send(early, by=leader)

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]
    assert (sheet["confirmed"]["start"]["present"], sheet["confirmed"]["end"]) == ([str(walker)], None)


def test_a_shift_whose_crew_is_there_is_ready(plan, item, send, leader, walker, companion, patrol, token):
    shift = plan(10)

    send(item("crew", shift, crew={"moment": "start", "present": [walker, companion]}), by=leader)

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]
    assert (sheet["state"], sheet["phase"]) == ("planned", "ready")


def test_others_of_the_crew_do_not_say_who_is_along_and_strangers_are_not(shift, item, send, leader, walker, guest):
    present = {"moment": "end", "present": [guest]}

    [by_walker] = send(item("crew", shift, now(), crew=present | {"present": [walker]}))
    [stranger] = send(item("crew", shift, now(), crew=present), by=leader)

    assert (by_walker["outcome"], by_walker["code"]) == ("refused", "OnlyTheLeader")
    assert (stranger["outcome"], stranger["code"]) == ("refused", "Invalid")
