"""Calls for many hands: ring by ring until all is filled, each answers for themselves, and the log stays."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.patrol.domain.responses import answering, meter, rings
from services.patrol.models import Response
from shared.errors import Invalid


def test_the_nearest_are_asked_first_and_each_ring_when_its_minutes_have_passed(
    raise_call, rung, ring_later, shift, walker, companion, neighbour, person, grant, leader, desk
):
    near, officer, far = neighbour("王金凤"), person("刘志远"), person("何雨桐")
    grant(officer, "liaison", unit_id=uuid4())

    raise_call(zone="C1", carry=5)
    first = rung()
    ring_later(2)
    still = rung()
    ring_later(1.1)
    ring_later(3)
    ring_later(4)

    assert first == still == [(0, {str(walker), str(companion)})]
    assert [(ring, ids) for ring, ids in rung()][1:3] == [(1, {str(near)}), (2, {str(officer)})]
    assert rung()[3] == (3, {str(leader), str(far)})  # and never whoever raised it
    ring_later(60)
    assert len(rung()) == 4


def test_a_ring_in_which_there_is_nobody_costs_no_time(raise_call, rung, person, grant):
    officer = person("刘志远")
    grant(officer, "liaison", unit_id=uuid4())

    raise_call(severity="serious", zone="C1")

    assert rung() == [(2, {str(officer)})]


def test_a_small_thing_does_not_wake_everybody(raise_call, rung, ring_later, shift, neighbour, person):
    neighbour("王金凤")
    person("何雨桐")

    raise_call(severity="minor", zone="C1", carry=9)
    ring_later(60)
    ring_later(60)

    assert [ring for ring, _ in rung()] == [0, 1]


def test_a_call_that_would_reach_nobody_goes_on_to_the_officers(raise_call, rung, person, grant):
    officer = person("刘志远")
    grant(officer, "liaison", unit_id=uuid4())

    raise_call(severity="minor")

    assert rung() == [(2, {str(officer)})]


def test_what_is_filled_rings_nobody_more_until_somebody_cannot_after_all(
    db, raise_call, says, rung, ring_later, shift, walker, companion, neighbour
):
    neighbour("王金凤")
    call = raise_call(zone="C1", carry=2)
    says(call, walker)
    says(call, companion)
    ring_later(60)
    assert [ring for ring, _ in rung()] == [0]

    says(call, companion, "decline")
    ring_later(0)

    assert [ring for ring, _ in rung()] == [0, 1]
    assert meter.of(db, call)["declined"] == 1


def test_who_comes_in_ten_minutes_is_said_but_fills_nothing_yet(db, raise_call, says, shift, walker):
    call = raise_call(carry=1)

    says(call, walker, "later")

    read = meter.of(db, call)
    assert (read["later"], read["filled"]) == (1, False)


def test_a_skill_goes_where_it_is_needed_and_the_log_says_why(raise_call, says, tasks_of, neighbour, db, shift):
    nurse, hand, spare = neighbour("李医生", skills=["first_aid"]), neighbour("王金凤"), neighbour("何雨桐")
    call = raise_call(severity="minor", zone="C1", carry=1, first_aid=1, lead=1)
    db.execute(text("UPDATE patrol.responses SET next_at = now()"))
    rings.ring_due(db)

    for each in (nurse, hand, spare):
        says(call, each)

    assert tasks_of(call) == {nurse: "first_aid", hand: "carry", spare: None}
    reasons = db.scalars(text("SELECT facts -> 'why' -> 0 ->> 'code' FROM patrol.response_log WHERE code = 'answered'"))
    assert list(reasons) == ["skill", "lacks_most", "all_filled"]


def test_said_twice_is_said_once_and_what_is_filled_cannot_be_taken(db, raise_call, shift, walker, companion):
    call = raise_call(lead=1, carry=1)
    for _ in range(2):
        answering.answer(db, call.id, by=walker, answer="ack", task="lead")
    with pytest.raises(Invalid) as said:
        answering.answer(db, call.id, by=companion, answer="ack", task="lead")

    assert said.value.errors == {"task": ["filled"]}
    lines = db.scalar(text("SELECT count(*) FROM patrol.response_log WHERE code = 'answered'"))
    assert lines == 1


def test_an_answer_that_comes_after_the_end_changes_nothing(
    db, raise_call, says, patrol, token, desk, shift, walker, published
):
    call = raise_call()
    over = patrol.post(f"/responses/{call.id}/stand-down", json={"words": "修好了"}, headers=token(desk))

    says(call, walker)

    assert over.json["state"] == "stood_down"
    assert meter.of(db, call)["coming"] == 0
    assert len(published("patrol.response_stood_down%")) == 1
    refused = patrol.put(f"/responses/{call.id}/answer", json={"answer": "ack"}, headers=token(walker))
    assert (refused.status_code, refused.json["title"]) == (409, "ResponseOver")


def test_nobody_rewrites_the_log(db, raise_call):
    raise_call()

    for statement in ("UPDATE patrol.response_log SET words = 'x'", "DELETE FROM patrol.response_log"):
        with pytest.raises(DBAPIError, match="only added to"), db.begin_nested():
            db.execute(text(statement))


def test_those_asked_see_counts_and_the_desk_sees_names(
    raise_call, patrol, token, shift, walker, companion, desk, person
):
    call = raise_call()
    patrol.put(f"/responses/{call.id}/answer", json={"answer": "ack"}, headers=token(walker))

    seen = patrol.get(f"/responses/{call.id}", headers=token(companion))
    calls = patrol.get(f"/responses/{call.id}/calls?answer=ack", headers=token(desk))

    assert (seen.json["meter"]["coming"], seen.json["mine"]["answer"]) == (1, None)
    assert "苏红梅" not in seen.text
    assert [one["name"] for one in calls.json["items"]] == ["苏红梅"]
    assert patrol.get(f"/responses/{call.id}", headers=token(person("路人"))).status_code == 404


def test_a_review_is_due_in_three_days_and_the_desk_is_reminded(db, raise_call, patrol, token, desk, tick, published):
    call, clerk = raise_call(), token(desk)
    words = {"review": "二十分钟到齐", "change": "备好手电"}
    keyed = clerk | {"Idempotency-Key": str(uuid4())}
    early = patrol.post(f"/responses/{call.id}/review", json=words, headers=keyed)
    patrol.post(f"/responses/{call.id}/stand-down", json={}, headers=clerk)
    tick("patrol", "remind_of_reviews")
    assert published("patrol.response_review_due%") == []

    db.execute(text("UPDATE patrol.responses SET remind_at = now() - interval '1 second'"))
    for _ in range(2):
        tick("patrol", "remind_of_reviews")
    done = patrol.post(f"/responses/{call.id}/review", json=words, headers=clerk | {"Idempotency-Key": str(uuid4())})

    assert early.json["title"] == "NotOverYet"
    assert len(published("patrol.response_review_due%")) == 1
    assert (done.json["state"], done.json["change"]) == ("closed", "备好手电")


def test_a_drill_in_figures_speaks_of_rings_and_of_nobody(
    db, raise_call, says, patrol, token, desk, shift, neighbour, person
):
    crowd = [neighbour(f"邻居{n}") for n in range(4)]
    drill = raise_call(drill=True, zone="C1", severity="minor", carry=3)
    patrol.post(f"/responses/{drill.id}/ring", headers=token(desk) | {"Idempotency-Key": str(uuid4())})
    for each in crowd[:3]:
        says(drill, each)

    found = patrol.get(f"/drills/{drill.id}/figures", headers=token(desk))
    real = patrol.get(f"/drills/{raise_call().id}/figures", headers=token(desk))

    crew, zone = found.json["rings"]
    assert (crew["ring"], crew["answered"], crew["median"]) == ("crew", 0, None)
    assert (zone["asked"], zone["answered"], zone["coming"]) == (4, 3, 3)
    assert zone["median"] is not None
    assert zone["within"][0] == {"minutes": 1, "answered": 3}
    assert found.json["filled_after"] is not None
    assert "邻居" not in found.text
    assert real.status_code == 404


def test_all_that_is_said_of_a_drill_says_so(raise_call, published, shift):
    raise_call(drill=True)

    assert all(facts["drill"] is True for _, facts in published("patrol.response%"))


def test_a_ring_of_very_many_is_told_in_parts(db, raise_call, rung, monkeypatch, person):
    monkeypatch.setattr(rings, "AT_ONCE", 2)
    for n in range(5):
        person(f"党员{n}")

    call = raise_call(severity="major")

    assert [len(ids) for _, ids in rung()] == [2, 2, 1]
    assert db.get(Response, call.id).next_at is None
