"""A unit posts an activity; a clerk publishes it or sends it back."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy import text

from shared.db import now
from tests.events.conftest import once, plan, seen


def test_a_unit_posts_with_its_key_and_a_clerk_publishes(events, unit, key, clerk, published):
    headers = key(unit("U02", needs_approval=True))

    draft = events.post("/activities", json=plan(), headers=once(headers))
    assert draft.status_code == 201
    assert draft.json["state"] == "draft"
    assert published("events.%") == []
    submitted = events.post(f"/activities/{draft.json['id']}/submit", headers=seen(headers, draft.json))
    assert submitted.json["state"] == "submitted"
    answer = events.post(f"/activities/{draft.json['id']}/publish", headers=seen(clerk, submitted.json))

    assert answer.json["state"] == "published"
    assert answer.json["published_at"]
    assert [topic for topic, _ in published("events.%")] == [
        "events.activity_submitted.v1", "events.activity_published.v1",
    ]  # fmt: skip
    told = published("events.activity_published.v1")[0][1]
    assert told["audience"]["everyone"] is True
    assert told["reach"] == "all"
    assert told["unit_name"] == "U02党支部"


def test_a_unit_that_needs_no_approval_publishes_by_itself(events, unit, key):
    answer = events.post("/activities", json=plan(submit=True), headers=once(key(unit())))

    assert answer.json["state"] == "published"


def test_what_is_sent_back_with_a_reason_is_mended_and_submitted_again(events, unit, liaison, clerk, published):
    headers = liaison(unit(needs_approval=True))
    first = events.post("/activities", json=plan(submit=True), headers=once(headers)).json
    path = f"/activities/{first['id']}"

    back = events.post(f"{path}/send-back", json={"reason": "请写清地点"}, headers=seen(clerk, first)).json
    assert (back["state"], back["reason"]) == ("sent_back", "请写清地点")
    mended = events.put(path, json=plan(place="社区大讲堂二楼"), headers=seen(headers, back)).json
    again = events.post(f"{path}/submit", headers=seen(headers, mended)).json

    assert (again["state"], again["reason"]) == ("submitted", None)
    assert published("events.activity_sent_back.v1")[0][1]["reason"] == "请写清地点"


def test_the_same_post_twice_is_one_activity(events, unit, key, db):
    headers, body = once(key(unit())), plan()

    first = events.post("/activities", json=body, headers=headers)
    again = events.post("/activities", json=body, headers=headers)

    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert db.execute(text("SELECT count(*) FROM events.activities")).scalar() == 1


def test_the_same_key_with_another_body_is_refused(events, unit, key, db):
    headers = once(key(unit()))
    events.post("/activities", json=plan(), headers=headers)

    answer = events.post("/activities", json=plan(title="另一个讲座"), headers=headers)

    assert (answer.status_code, answer.json["title"]) == (422, "IdempotencyKeyReused")
    assert db.execute(text("SELECT count(*) FROM events.activities")).scalar() == 1


def test_a_post_without_idempotency_key_is_refused(events, unit, key):
    answer = events.post("/activities", json=plan(), headers=key(unit()))

    assert (answer.status_code, answer.json["title"]) == (400, "IdempotencyKeyRequired")


WRONG = [
    ({"ends_at": (now() + timedelta(hours=1)).isoformat()}, "ends_at", {"code": "ends_before_start"}),
    ({"ends_at": (now() + timedelta(days=60)).isoformat()}, "ends_at", {"code": "lasts_too_long", "max_days": 31}),
    ({"starts_at": (now() - timedelta(hours=1)).isoformat()}, "starts_at", {"code": "in_the_past"}),
    ({"starts_at": "2026-05-01T09:00:00"}, "starts_at", {"code": "invalid"}),
    ({"starts_at": "9999-12-31T23:59:59Z"}, "starts_at", {"code": "out_of_range", "min": 2000, "max": 2100}),
    ({"capacity": 0}, "capacity", {"code": "out_of_range", "min": "1", "max": "100000"}),
    ({"capacity": -3}, "capacity", {"code": "out_of_range", "min": "1", "max": "100000"}),
    ({"capacity": "many"}, "capacity", {"code": "invalid"}),
    ({"title": "   "}, "title", {"code": "length", "min": "1", "max": "120"}),
    ({"title": "长" * 121}, "title", {"code": "length", "min": "1", "max": "120"}),
    ({"title": "健康\n讲座"}, "title", {"code": "control_character"}),
    ({"title": "健康\u202e座讲"}, "title", {"code": "control_character"}),
    ({"place": None}, "place", {"code": "null"}),
    ({"kind": "party"}, "kind", None),
    ({"form": "dance"}, "form", None),
    ({"audience": {}}, "audience.everyone", {"code": "empty_audience"}),
    ({"audience": {"units": ["U99"]}}, "audience.units", {"code": "unknown", "values": ["U99"]}),
    ({"audience": {"zones": ["C9-Z9", "C9"]}}, "audience.zones", {"code": "unknown", "values": ["C9", "C9-Z9"]}),
    ({"audience": {"groups": ["G9"]}}, "audience.groups", {"code": "unknown", "values": ["G9"]}),
    ({"audience": {"skills": ["flying"]}}, "audience.skills", {"code": "unknown", "values": ["flying"]}),
    ({"audience": {"units": ["'; --"]}}, "audience.units.0", {"code": "invalid"}),
    ({"audience": {"age": 60}}, "audience.age", {"code": "unknown_field"}),
    ({"unit": "U99"}, "unit", {"code": "unknown", "values": ["U99"]}),
    ({"colour": "red"}, "colour", {"code": "unknown_field"}),
]


@pytest.mark.parametrize(("facts", "field", "error"), WRONG)
def test_a_post_that_cannot_be_is_refused_by_field(events, unit, key, db, facts, field, error):
    answer = events.post("/activities", json=plan(**facts), headers=once(key(unit())))

    assert (answer.status_code, answer.json["title"]) == (422, "Invalid")
    assert error is None or error in answer.json["errors"][field]
    assert field in answer.json["errors"]
    assert db.execute(text("SELECT count(*) FROM events.activities")).scalar() == 0


def test_all_that_is_wrong_is_told_at_once(events, unit, key):
    wrong = plan(ends_at=now().isoformat(), audience={"units": ["U98", "U02"], "groups": ["G9"]})

    answer = events.post("/activities", json=wrong, headers=once(key(unit("U02"))))

    assert set(answer.json["errors"]) == {"ends_at", "audience.units", "audience.groups"}
    assert answer.json["errors"]["audience.units"] == [{"code": "unknown", "values": ["U98"]}]


def test_what_is_not_json_is_refused(events, unit, key):
    answer = events.post("/activities", data=b'{"title": ', content_type="application/json", headers=once(key(unit())))

    assert answer.status_code == 400


def test_titles_hold_chinese_and_emoji_and_are_trimmed(events, unit, key):
    body = plan(title="  包粽子 👨‍👩‍👧 ", place="\t青禾园 ", summary=" 第一行\n第二行 ")

    answer = events.post("/activities", json=body, headers=once(key(unit())))

    assert (answer.json["title"], answer.json["place"]) == ("包粽子 👨‍👩‍👧", "青禾园")
    assert answer.json["summary"] == "第一行\n第二行"


def test_times_go_out_in_utc(events, unit, key):
    starts_at = (now() + timedelta(days=2)).replace(microsecond=0)
    here = timezone(timedelta(hours=8))
    times = {
        "starts_at": starts_at.astimezone(here).isoformat(),
        "ends_at": (starts_at + timedelta(hours=1)).astimezone(here).isoformat(),
    }

    answer = events.post("/activities", json=plan(**times), headers=once(key(unit())))

    assert answer.json["starts_at"] == starts_at.isoformat()


def test_a_clerk_says_for_which_unit(events, unit, clerk):
    unit("U02")

    silent = events.post("/activities", json=plan(), headers=once(clerk))
    named = events.post("/activities", json=plan(unit="U02"), headers=once(clerk))

    assert silent.json["errors"] == {"unit": [{"code": "required"}]}
    assert named.json["unit"]["code"] == "U02"


def test_a_unit_that_left_posts_nothing(events, unit, key):
    answer = events.post("/activities", json=plan(), headers=once(key(unit(active=False))))

    assert answer.status_code == 422


def test_a_step_out_of_turn_is_refused(events, unit, key, clerk):
    draft = events.post("/activities", json=plan(), headers=once(key(unit(needs_approval=True)))).json

    answer = events.post(f"/activities/{draft['id']}/publish", headers=seen(clerk, draft))

    assert (answer.status_code, answer.json["title"]) == (409, "WrongState")
    assert (answer.json["state"], answer.json["allowed"]) == ("draft", ["submitted"])


def test_what_has_started_meanwhile_is_not_published_any_more(events, unit, hold, move, clerk):
    activity = hold(unit(needs_approval=True))
    move(activity, days=-2)

    answer = events.post(f"/activities/{activity.id}/publish", headers=seen(clerk, activity))

    assert (answer.status_code, answer.json["title"]) == (409, "AlreadyStarted")


def test_steps_need_the_version_that_was_seen(events, unit, hold, clerk):
    activity = hold(unit(needs_approval=True))
    path = f"/activities/{activity.id}/publish"

    assert events.post(path, headers=clerk).status_code == 428
    assert events.post(path, headers=clerk | {"If-Match": '"v1"'}).status_code == 412
    assert events.post(path, headers=seen(clerk, activity)).status_code == 200


def test_sending_back_needs_a_reason(events, unit, hold, clerk):
    activity = hold(unit(needs_approval=True))
    path = f"/activities/{activity.id}/send-back"

    assert events.post(path, json={}, headers=seen(clerk, activity)).json["errors"] == {
        "reason": [{"code": "required"}]
    }
    assert events.post(path, json={"reason": " "}, headers=seen(clerk, activity)).status_code == 422


def test_units_and_members_do_not_publish(events, unit, hold, person, token, key, liaison):
    owner = unit(needs_approval=True)
    activity = hold(owner)

    for headers in (key(owner), liaison(owner), token(person().person_id)):
        answer = events.post(f"/activities/{activity.id}/publish", headers=seen(headers, activity))
        assert answer.status_code == 403


def test_a_key_without_the_scope_does_not_post(events, unit, key):
    answer = events.post("/activities", json=plan(), headers=once(key(unit(), scopes=["activities:read"])))

    assert answer.status_code == 403
