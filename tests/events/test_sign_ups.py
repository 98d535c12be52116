"""Seats: first come first served, never more than there are."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.events.domain import activities, sign_ups
from services.events.models import SignUp
from tests.events.conftest import EVERYONE, seen


@pytest.fixture
def three(person, token):
    """Headers of three members."""
    return [token(person(name).person_id) for name in "甲乙丙"]


def test_the_last_seat_goes_and_the_next_ones_wait(events, hold, three, published):
    path = f"/activities/{hold(capacity=1).id}/sign-up"

    answers = [events.put(path, headers=headers).json for headers in three]

    assert [{name: answer[name] for name in ("state", "reason", "position")} for answer in answers] == [
        {"state": "going", "reason": "seat", "position": None},
        {"state": "waiting", "reason": "full", "position": 1},
        {"state": "waiting", "reason": "full", "position": 2},
    ]
    assert answers[0]["why"] == [{"code": "seat"}]
    assert answers[1]["why"] == [{"code": "full", "capacity": 1}, {"code": "in_turn"}]
    assert [told["state"] for _, told in published("events.sign_up_changed.v1")] == ["going", "waiting", "waiting"]


def test_signing_up_twice_is_once(events, hold, three, published):
    activity = hold(capacity=1)

    first, again = (events.put(f"/activities/{activity.id}/sign-up", headers=three[0]) for _ in range(2))

    assert first.json == again.json
    assert len(published("events.sign_up_changed.v1")) == 1
    shown = events.get(f"/activities/{activity.id}", headers=three[0]).json
    assert (shown["going_count"], shown["waiting_count"], shown["mine"]) == (1, 0, "going")


def test_a_seat_given_back_goes_to_who_waits_longest(events, hold, three, published):
    path = f"/activities/{hold(capacity=1).id}/sign-up"
    for headers in three:
        events.put(path, headers=headers)

    assert events.delete(path, headers=three[0]).status_code == 204
    assert events.delete(path, headers=three[0]).status_code == 204

    assert [told["state"] for _, told in published("events.sign_up_changed.v1")][3:] == ["cancelled", "moved_up"]
    assert events.put(path, headers=three[1]).json["state"] == "going"
    assert events.put(path, headers=three[2]).json["position"] == 1
    assert events.put(path, headers=three[0]).json["position"] == 2  # who comes back waits behind


def test_after_the_start_nobody_signs_up_or_cancels(events, hold, move, three):
    activity = hold()
    path = f"/activities/{activity.id}/sign-up"
    events.put(path, headers=three[0])
    move(activity, days=-1, minutes=-1)

    assert events.put(path, headers=three[1]).json["title"] == "AlreadyStarted"
    assert events.delete(path, headers=three[0]).json["title"] == "AlreadyStarted"


def test_nobody_signs_up_for_what_is_called_off(events, hold, db, three):
    activity = hold()
    activities.call_off(db, activity.id, reason="停电")
    db.commit()

    answer = events.put(f"/activities/{activity.id}/sign-up", headers=three[0])

    assert (answer.status_code, answer.json["title"], answer.json["reason"]) == (409, "CalledOff", "停电")


def test_nobody_signs_up_for_a_draft(events, unit, hold, liaison, three):
    owner = unit()
    path = f"/activities/{hold(owner, submit_it=False).id}/sign-up"

    assert events.put(path, headers=three[0]).status_code == 404
    assert events.put(path, headers=liaison(owner)).json["title"] == "WrongState"


def test_whoever_left_does_not_sign_up(db, hold, person):
    activity, gone = hold(), person(active=False)

    for person_id in (gone.person_id, uuid4()):
        with pytest.raises(sign_ups.NotActive):
            sign_ups.sign_up(db, activity.id, person_id=person_id)


def test_a_key_does_not_sign_up(events, unit, hold, key):
    assert events.put(f"/activities/{hold().id}/sign-up", headers=key(unit())).status_code == 403


def test_names_are_for_clerks_and_the_unit_only(events, unit, hold, liaison, clerk, key, person, token, three):
    owner = unit()
    activity = hold(owner, capacity=1)
    for headers in three:
        events.put(f"/activities/{activity.id}/sign-up", headers=headers)
    events.delete(f"/activities/{activity.id}/sign-up", headers=three[0])
    path = f"/activities/{activity.id}/sign-ups"

    for headers in (clerk, liaison(owner)):
        found = events.get(path, headers=headers).json["items"]
        assert [(item["person"]["name"], item["state"]) for item in found] == [("乙", "going"), ("丙", "waiting")]
    for headers in (three[1], key(owner), liaison(unit("U03"))):
        assert events.get(path, headers=headers).status_code == 403
    assert "乙" not in events.get(f"/activities/{activity.id}", headers=three[2]).text


def test_my_sign_ups_are_mine_and_still_to_come(events, hold, move, three):
    past, soon, late = hold(title="过去"), hold(title="将来"), hold(title="放弃")
    for activity in (past, soon, late):
        events.put(f"/activities/{activity.id}/sign-up", headers=three[0])
    events.delete(f"/activities/{late.id}/sign-up", headers=three[0])
    move(past, days=-3)

    [mine] = events.get("/me/sign-ups", headers=three[0]).json["items"]

    assert (mine["state"], mine["activity"]["title"], mine["activity"]["mine"]) == ("going", "将来", "going")
    assert events.get("/me/sign-ups", headers=three[1]).json["items"] == []
    everything = events.get("/me/sign-ups?from=2026-01-01T00:00:00Z", headers=three[0]).json["items"]
    assert [item["activity"]["title"] for item in everything] == ["过去", "将来"]


def test_a_list_tells_where_i_stand(events, hold, three):
    activity = hold(capacity=1)
    for headers in three[:2]:
        events.put(f"/activities/{activity.id}/sign-up", headers=headers)

    shown = [events.get("/activities", headers=headers).json["items"][0] for headers in three]

    assert [item["mine"] for item in shown] == ["going", "waiting", None]
    assert {(item["going_count"], item["waiting_count"]) for item in shown} == {(1, 1)}


PEOPLE = range(6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sign up"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("cancel"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("capacity"), st.one_of(st.none(), st.integers(1, 5))),
    ),
    max_size=25,
)


class Queue:
    """What ought to be: a plain list of people, the first *capacity* of whom go."""

    def __init__(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.people: list[int] = []

    def do(self, verb: str, what: Any) -> bool:
        if verb == "sign up" and what not in self.people:
            self.people.append(what)
        if verb == "cancel" and what in self.people:
            self.people.remove(what)
        if verb == "capacity":
            if what is not None and what < len(self.going):
                return False
            self.capacity = what
        return True

    @property
    def going(self) -> list[int]:
        return self.people[: self.capacity]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.one_of(st.none(), st.integers(1, 4)), steps=STEPS)
def test_whatever_happens_the_first_come_go_and_never_more_than_there_are_seats(db, hold, person, capacity, steps):
    activity = hold(capacity=capacity)
    ids = [person(f"第{n}位").person_id for n in PEOPLE]
    queue = Queue(capacity)
    plan = {"title": "羽毛球赛", "starts_at": activity.starts_at, "ends_at": activity.ends_at, "audience": EVERYONE}

    for verb, what in steps:
        allowed = queue.do(verb, what)
        if verb == "sign up":
            sign_ups.sign_up(db, activity.id, person_id=ids[what])
        elif verb == "cancel":
            sign_ups.cancel(db, activity.id, person_id=ids[what])
        elif allowed:
            activities.edit(db, activity.id, **plan, capacity=what)
        else:
            with pytest.raises(activities.Invalid):
                activities.edit(db, activity.id, **plan, capacity=what)

        held = db.query(SignUp).filter_by(activity_id=activity.id).order_by(SignUp.turn).all()
        going = [ids.index(row.person_id) for row in held if row.state == "going"]
        waiting = [ids.index(row.person_id) for row in held if row.state == "waiting"]
        assert activity.capacity is None or len(going) <= activity.capacity
        assert (going, waiting) == (queue.going, queue.people[len(queue.going) :])


def test_the_version_of_an_activity_does_not_move_with_its_seats(events, hold, clerk, three):
    activity = hold()
    events.put(f"/activities/{activity.id}/sign-up", headers=three[0])

    answer = events.post(f"/activities/{activity.id}/call-off", json={"reason": "停电"}, headers=seen(clerk, activity))

    assert answer.status_code == 200
