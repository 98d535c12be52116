"""A published activity changes or is called off: whoever signed up is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from services.events.domain import activities, sign_ups
from services.events.models import SignUp
from tests.events.conftest import plan, seen


def plan_of(activity, **facts) -> dict:
    """What a page would send back of *activity*, with these changes."""
    times = {"starts_at": activity.starts_at.isoformat(), "ends_at": activity.ends_at.isoformat()}
    same = {name: getattr(activity, name) for name in ("title", "kind", "form", "place", "capacity", "audience")}
    return same | times | facts


@pytest.fixture
def a_match(hold, person, db):
    """An activity with two seats and three people."""
    activity = hold(capacity=2)
    people = [person(name) for name in "甲乙丙"]
    for somebody in people:
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    db.commit()
    return activity, [str(somebody.person_id) for somebody in people]


def test_a_change_of_what_matters_reaches_who_signed_up(events, a_match, clerk, published):
    activity, people = a_match
    later = {"ends_at": (activity.ends_at + timedelta(hours=1)).isoformat()}

    body = plan_of(activity, place="文化馆小剧场", **later)
    answer = events.put(f"/activities/{activity.id}", json=body, headers=seen(clerk, activity))

    assert answer.json["place"] == "文化馆小剧场"
    assert answer.headers["ETag"] == f'"v{answer.json["version"]}"'
    [(_, told)] = published("events.activity_changed.v1")
    assert told["changed"] == ["place", "ends_at"]
    assert told["place"] == "文化馆小剧场"
    assert told["person_ids"] == people


def test_what_does_not_matter_disturbs_nobody(events, a_match, clerk, published):
    activity, _ = a_match

    body = plan_of(activity, summary="自带球拍")
    answer = events.put(f"/activities/{activity.id}", json=body, headers=seen(clerk, activity))

    assert answer.json["summary"] == "自带球拍"
    assert published("events.activity_changed.v1") == []


def test_the_same_plan_again_changes_nothing(events, a_match, clerk, published):
    activity, _ = a_match

    answer = events.put(f"/activities/{activity.id}", json=plan_of(activity), headers=seen(clerk, activity))

    assert answer.json["version"] == activity.version
    assert published("events.activity_changed.v1") == []


def test_an_edit_of_an_old_version_is_refused(events, a_match, clerk):
    activity, _ = a_match
    old = seen(clerk, activity)
    assert (
        events.put(f"/activities/{activity.id}", json=plan_of(activity, title="改了"), headers=old).status_code == 200
    )

    answer = events.put(f"/activities/{activity.id}", json=plan_of(activity, title="又改"), headers=old)

    assert (answer.status_code, answer.json["title"]) == (412, "Stale")
    assert events.put(f"/activities/{activity.id}", json=plan_of(activity), headers=clerk).status_code == 428


def test_more_room_lets_waiting_people_move_up(events, a_match, clerk, published):
    activity, people = a_match

    body = plan_of(activity, capacity=3)
    answer = events.put(f"/activities/{activity.id}", json=body, headers=seen(clerk, activity))

    assert (answer.json["going_count"], answer.json["waiting_count"]) == (3, 0)
    last = published("events.sign_up_changed.v1")[-1][1]
    assert (last["state"], last["person_id"]) == ("moved_up", people[2])


def test_seats_that_are_taken_are_not_taken_away(events, a_match, clerk):
    activity, _ = a_match

    body = plan_of(activity, capacity=1)
    answer = events.put(f"/activities/{activity.id}", json=body, headers=seen(clerk, activity))

    assert answer.json["errors"] == {"capacity": [{"code": "seats_taken", "min": 2}]}


def test_whom_it_was_announced_to_does_not_change_any_more(events, unit, a_match, clerk):
    activity, _ = a_match
    unit("U02")

    body = plan_of(activity, audience={"units": ["U02"]})
    answer = events.put(f"/activities/{activity.id}", json=body, headers=seen(clerk, activity))

    assert answer.json["errors"] == {"audience": [{"code": "already_published"}]}


def test_what_has_begun_can_change_its_place_but_not_be_over_and_edited(events, a_match, clerk, move):
    activity, _ = a_match
    move(activity, days=-1, hours=-1)
    begun = events.put(
        f"/activities/{activity.id}", json=plan_of(activity, place="室内"), headers=seen(clerk, activity)
    )
    assert begun.status_code == 200

    move(activity, hours=-3)
    over = events.put(f"/activities/{activity.id}", json=plan(), headers=clerk | {"If-Match": "*"})

    assert (over.json["title"], over.json["state"]) == ("WrongState", "ended")


def test_calling_off_reaches_all_who_go_or_wait(events, a_match, clerk, person, token, published):
    activity, people = a_match

    why = {"reason": "暴雪预警"}
    answer = events.post(f"/activities/{activity.id}/call-off", json=why, headers=seen(clerk, activity))

    assert (answer.json["state"], answer.json["reason"]) == ("called_off", "暴雪预警")
    [(_, told)] = published("events.activity_called_off.v1")
    assert (told["person_ids"], told["reason"]) == (people, "暴雪预警")
    seen_by_others = events.get(f"/activities/{activity.id}", headers=token(person().person_id))
    assert seen_by_others.json["state"] == "called_off"
    again = events.post(f"/activities/{activity.id}/call-off", json=why, headers=seen(clerk, answer.json))
    assert again.json["title"] == "WrongState"


def test_calling_off_needs_a_reason(events, a_match, clerk):
    activity, _ = a_match

    for body in ({}, {"reason": ""}, {"reason": "长" * 501}, {"reason": "\x07"}):
        answer = events.post(f"/activities/{activity.id}/call-off", json=body, headers=seen(clerk, activity))
        assert answer.status_code == 422


def test_a_draft_is_withdrawn_in_silence(events, unit, hold, liaison, published, person, token):
    owner = unit(needs_approval=True)
    activity, headers = hold(owner), liaison(owner)

    why = {"reason": "重复了"}
    answer = events.post(f"/activities/{activity.id}/call-off", json=why, headers=seen(headers, activity))

    assert answer.json["state"] == "called_off"
    assert published("events.activity_called_off.v1") == []
    assert events.get(f"/activities/{activity.id}", headers=token(person().person_id)).status_code == 404


def test_news_for_many_goes_out_in_chunks(db, hold, published):
    activity = hold()
    rows = [{"activity_id": activity.id, "person_id": uuid4(), "state": "going"} for _ in range(1001)]
    db.execute(insert(SignUp), rows)

    activities.call_off(db, activity.id, reason="停电")

    told = [facts["person_ids"] for _, facts in published("events.activity_called_off.v1")]
    assert [len(people) for people in told] == [500, 500, 1]
    assert {one for people in told for one in people} == {str(row["person_id"]) for row in rows}
