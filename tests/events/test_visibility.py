"""What one may not see is not there."""

from uuid import uuid4

import pytest

from shared.db import now
from tests.events.conftest import EVERYONE, once, plan, seen


def listed(events, headers, query: str = "") -> list[str]:
    answer = events.get(f"/activities{query}", headers=headers)
    assert answer.status_code == 200
    return [activity["title"] for activity in answer.json["items"]]


def test_a_unit_does_not_see_another_units_drafts(events, unit, hold, key, liaison):
    draft, other = hold(unit("U02"), submit_it=False), unit("U03")

    for headers in (key(other), liaison(other)):
        assert listed(events, headers) == []
        assert events.get(f"/activities/{draft.id}", headers=headers).status_code == 404
        assert events.put(f"/activities/{draft.id}", json=plan(), headers=seen(headers, draft)).status_code == 404
        assert events.post(f"/activities/{draft.id}/submit", headers=seen(headers, draft)).status_code == 404
        why = {"reason": "别人的"}
        refused = events.post(f"/activities/{draft.id}/call-off", json=why, headers=seen(headers, draft))
        assert refused.status_code == 404


def test_a_unit_sees_its_own_in_any_state(events, unit, hold, key, liaison):
    owner = unit()
    draft = hold(owner, submit_it=False)

    for headers in (key(owner), liaison(owner)):
        assert listed(events, headers) == ["羽毛球赛"]
        assert events.get(f"/activities/{draft.id}", headers=headers).json["state"] == "draft"


def test_members_see_what_is_published_and_nothing_before(events, hold, person, token):
    hold(submit_it=False, title="草稿")
    open_one = hold(title="开放")
    headers = token(person().person_id)

    assert listed(events, headers) == ["开放"]
    assert listed(events, headers, "?state=draft") == []
    assert events.get(f"/activities/{open_one.id}", headers=headers).json["mine"] is None


def test_a_unit_does_not_change_what_another_published(events, unit, hold, key):
    activity, headers = hold(unit("U02")), key(unit("U03"))

    answer = events.put(f"/activities/{activity.id}", json=plan(), headers=seen(headers, activity))

    assert answer.status_code == 403


def test_what_a_test_key_posts_reaches_nobody(events, unit, key, clerk, liaison, person, token, published):
    owner = unit()
    posted = events.post("/activities", json=plan(submit=True), headers=once(key(owner, "test")))
    path = f"/activities/{posted.json['id']}"

    assert posted.json["sandbox"] is True
    assert published("events.activity_published.v1")[0][1]["reach"] == "guests"
    for headers in (clerk, liaison(owner), key(owner), key(owner, "team"), key(owner, "test")):
        assert events.get(path, headers=headers).status_code == 200
    stranger, colleague, other_unit = person(), person(of=owner), unit("U03")
    for headers in (token(stranger.person_id), token(colleague.person_id), key(other_unit), liaison(other_unit)):
        assert events.get(path, headers=headers).status_code == 404
        assert listed(events, headers) == []
    assert events.put(f"{path}/sign-up", headers=token(stranger.person_id)).status_code == 404


def test_what_a_team_key_posts_reaches_the_units_own_members(events, unit, key, person, token, published):
    owner = unit()
    posted = events.post("/activities", json=plan(submit=True), headers=once(key(owner, "team"))).json
    path = f"/activities/{posted['id']}"

    assert published("events.activity_published.v1")[0][1]["reach"] == "unit"
    assert events.get(path, headers=token(person(of=owner).person_id)).status_code == 200
    assert events.get(path, headers=token(person().person_id)).status_code == 404


@pytest.mark.parametrize("kind", ["test", "team"])
def test_a_lesser_key_does_not_touch_what_is_real(events, unit, hold, key, kind):
    owner = unit()
    draft, real = hold(owner, submit_it=False), hold(owner)
    headers, why = key(owner, kind), {"reason": "试一试"}

    assert events.get(f"/activities/{draft.id}", headers=headers).status_code == 404
    answer = events.post(f"/activities/{real.id}/call-off", json=why, headers=seen(headers, real))
    assert answer.status_code == 403


def test_nobody_and_nothing(events, clerk):
    assert events.get("/activities").status_code == 401
    assert events.get(f"/activities/{uuid4()}", headers=clerk).status_code == 404
    assert events.get("/activities/7", headers=clerk).status_code == 404


def test_lists_are_filtered(events, unit, hold, move, clerk):
    sport, chess = unit("U02"), unit("U11")
    hold(sport, title="晨跑")
    over = hold(sport, title="冬泳 100%")
    hold(chess, title="象棋赛", submit_it=False)
    move(over, days=-3)

    assert listed(events, clerk) == ["冬泳 100%", "晨跑", "象棋赛"]
    assert listed(events, clerk, "?state=ended") == ["冬泳 100%"]
    assert listed(events, clerk, "?state=published") == ["晨跑"]
    assert listed(events, clerk, "?unit=U11") == ["象棋赛"]
    assert listed(events, clerk, "?unit=U99") == []
    assert listed(events, clerk, "?q=象棋") == ["象棋赛"]
    assert listed(events, clerk, "?q=%25") == ["冬泳 100%"]
    assert listed(events, clerk, "?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z") == []


def test_what_goes_on_now_is_found_from_now_on(events, hold, move, clerk):
    activity = hold()
    move(activity, days=-1, hours=-1)

    assert events.get("/activities", query_string={"from": now().isoformat()}, headers=clerk).json["items"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=open", "state"), ("from=yesterday", "from"), ("to=2026-01-01T00:00:00", "to"), ("unit=;", "unit"),
        ("cursor=nonsense", "cursor"), ("limit=0", "limit"), ("limit=9999", "limit"),
        ("from=0001-01-01T00:00:00Z", "from"), ("q=" + "长" * 51, "q"),
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_refused(events, clerk, query, field):
    answer = events.get(f"/activities?{query}", headers=clerk)

    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_pages_follow_one_another_through_equal_starts(events, hold, unit, clerk):
    owner, starts_at = unit(), hold().starts_at
    for n in range(4):
        hold(owner, starts_at=starts_at, title=f"第{n}场")

    found: list[str] = []
    cursor = ""
    while cursor is not None:
        answer = events.get("/activities", query_string={"limit": 2, "cursor": cursor}, headers=clerk).json
        found, cursor = found + [activity["id"] for activity in answer["items"]], answer["next"]

    assert len(found) == len(set(found)) == 5


def test_a_longer_list_takes_no_more_queries(events, hold, unit, clerk, heard, person, token):
    def queries() -> int:
        with heard() as statements:
            assert events.get("/activities", headers=clerk).status_code == 200
        return len(statements)

    hold(unit("U02"))
    few = queries()
    for n in range(6):
        hold(unit(f"U1{n}"))

    assert queries() == few


def test_near_finds_what_is_held_where_one_lives(events, hold, person, labels, token):
    labels("place", "体院小区")
    labels("zone", "Z1")
    here = person("住这里的", place_code="体院小区", zone_code="Z1")
    by_name, by_audience = hold(place="体院小区广场"), hold(audience={**EVERYONE, "everyone": False, "zones": ["Z1"]})
    hold(place="别处")

    found = events.get("/activities?near=true", headers=token(here.person_id)).json["items"]

    assert {one["id"] for one in found} == {str(by_name.id), str(by_audience.id)}
    assert events.get("/activities?near=true", headers=token(person("没住处的").person_id)).json["items"] == []
