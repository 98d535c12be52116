"""The roster: who plans it, who walks it, and that nobody walks twice at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shared.db import now

HOUR = timedelta(hours=1)


@pytest.fixture
def evening():
    """Call it for the times of a shift on some evening from tomorrow on."""

    def evening(day: int = 1, hours: float = 2):
        starts_at = now() + timedelta(days=day)
        return {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + hours * HOUR).isoformat()}

    return evening


@pytest.fixture
def put_on(patrol, token, leader, squad, evening, walker):
    """Call it to let somebody put a shift on the roster: the answer."""

    def put_on(by=None, **facts):
        body = {"squad_id": str(squad.id), "crew": [str(walker)], **evening(), **facts}
        return patrol.post("/shifts", json=body, headers=token(by or leader) | {"Idempotency-Key": str(uuid4())})

    return put_on


def errors(answer):
    return {field: found[0]["code"] for field, found in answer.json["errors"].items()}


def test_the_leader_plans_and_the_crew_is_told(put_on, published, walker, companion, person, leader):
    stand_in = person("替班的人")

    answer = put_on(crew=[str(walker), str(stand_in)])

    assert answer.status_code == 201
    crew = {member["name"]: (member["role"], member["stand_in"]) for member in answer.json["crew"]}
    assert crew == {"苏红梅": ("leader", False), "替班的人": ("member", True)}
    [(topic, facts)] = published()
    assert topic == "patrol.shift_assigned.v1"
    assert set(facts["person_ids"]) == {str(walker), str(stand_in)}


def test_desk_and_clerk_plan_for_every_squad(put_on, desk, clerk, evening):
    assert put_on(desk).status_code == 201
    assert put_on(clerk, **evening(2)).status_code == 201


def test_who_does_not_lead_the_squad_does_not_plan_for_it(put_on, walker, person):
    assert errors(put_on(walker)) == {"squad_id": "unknown"}
    assert errors(put_on(person("外人"))) == {"squad_id": "unknown"}


def test_nobody_walks_two_shifts_at_once(put_on, evening, walker, companion):
    assert put_on(crew=[str(walker), str(companion)]).status_code == 201

    answer = put_on(crew=[str(companion)])

    assert (answer.status_code, errors(answer)) == (422, {"crew": "overlaps"})
    assert put_on(crew=[str(companion)], **evening(2)).status_code == 201


def test_a_shift_may_begin_when_the_one_before_ends(put_on, evening):
    first = evening()
    put_on(**first)

    later = {"starts_at": first["ends_at"], "ends_at": (now() + timedelta(days=1, hours=3)).isoformat()}

    assert put_on(**later).status_code == 201


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"crew": []}, {"crew": "length"}),
        ({"crew": [str(uuid4())]}, {"crew": "unknown"}),
        ({"squad_id": str(uuid4())}, {"squad_id": "unknown"}),
        ({"starts_at": "2026-01-01T20:00:00"}, {"starts_at": "invalid"}),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, {"starts_at": "out_of_range"}),
        ({"starts_at": "2020-01-01T20:00:00Z", "ends_at": "2020-01-01T22:00:00Z"}, {"ends_at": "in_the_past"}),
        ({"ends_at": "2020-01-01T22:00:00Z"}, {"ends_at": "ends_before_start"}),
        ({"ends_at": "2099-01-01T22:00:00Z"}, {"ends_at": "too_long"}),
        ({"note": "x"}, {"note": "unknown_field"}),
    ],
)
def test_what_cannot_be_planned_is_refused_by_field(put_on, change, expected):
    answer = put_on(**change)

    assert (answer.status_code, errors(answer)) == (422, expected)


def test_nobody_is_on_a_crew_twice(put_on, walker):
    assert errors(put_on(crew=[str(walker), str(walker)])) == {"crew": "twice"}


def test_a_plan_needs_an_idempotency_key(patrol, token, leader, squad, evening, walker):
    body = {"squad_id": str(squad.id), "crew": [str(walker)], **evening()}

    assert patrol.post("/shifts", json=body, headers=token(leader)).status_code == 400


def test_who_joins_and_who_leaves_a_shift_is_told(patrol, token, leader, put_on, walker, companion, published):
    planned = put_on()
    url, seen = f"/shifts/{planned.json['id']}", {"If-Match": planned.headers["ETag"]}

    answer = patrol.patch(url, json={"crew": [str(companion)]}, headers=token(leader) | seen)

    assert [member["name"] for member in answer.json["crew"]] == ["高秀英"]
    assert [(topic, facts["person_ids"]) for topic, facts in published()[1:]] == [
        ("patrol.shift_assigned.v1", [str(companion)]),
        ("patrol.shift_cancelled.v1", [str(walker)]),
    ]
    assert patrol.patch(url, json={"crew": [str(walker)]}, headers=token(leader) | seen).status_code == 412


def test_all_are_told_when_a_shift_moves(patrol, token, leader, put_on, evening, walker, published):
    planned = put_on()
    seen = {"If-Match": planned.headers["ETag"]}

    answer = patrol.patch(f"/shifts/{planned.json['id']}", json=evening(3), headers=token(leader) | seen)

    assert answer.status_code == 200
    assert [facts["person_ids"] for _, facts in published("patrol.shift_assigned%")] == [[str(walker)]] * 2


def test_a_shift_cannot_move_into_another_one_of_its_crew(patrol, token, leader, put_on, evening):
    put_on(**evening(3))
    planned = put_on()
    seen = {"If-Match": planned.headers["ETag"]}

    answer = patrol.patch(f"/shifts/{planned.json['id']}", json=evening(3), headers=token(leader) | seen)

    assert errors(answer) == {"crew": "overlaps"}


def test_an_edit_names_the_version_it_saw(patrol, token, leader, put_on):
    planned = put_on()

    assert patrol.patch(f"/shifts/{planned.json['id']}", json={}, headers=token(leader)).status_code == 428


def test_a_shift_under_way_is_not_moved_and_one_that_ended_not_changed(
    patrol, token, leader, shift, plan, evening, walker
):
    ended = plan(-600, state="ended", crew=[leader])
    anything = token(leader) | {"If-Match": "*"}

    assert patrol.patch(f"/shifts/{shift.id}", json=evening(), headers=anything).status_code == 409
    assert patrol.patch(f"/shifts/{shift.id}", json={"crew": [str(walker)]}, headers=anything).status_code == 200
    assert patrol.patch(f"/shifts/{ended.id}", json={"crew": [str(walker)]}, headers=anything).status_code == 409


def test_a_cancelled_shift_sets_its_crew_free(patrol, token, leader, put_on, published):
    planned = put_on()

    answer = patrol.post(f"/shifts/{planned.json['id']}/cancel", json={"reason": "寒潮"}, headers=token(leader))

    assert (answer.status_code, answer.json["state"]) == (200, "cancelled")
    assert [facts["reason"] for _, facts in published("patrol.shift_cancelled%")] == ["寒潮"]
    assert put_on().status_code == 201


def test_a_shift_under_way_is_not_cancelled(patrol, token, leader, shift):
    answer = patrol.post(f"/shifts/{shift.id}/cancel", json={"reason": "寒潮"}, headers=token(leader))

    assert (answer.status_code, answer.json["title"]) == (409, "ShiftUnderWay")
