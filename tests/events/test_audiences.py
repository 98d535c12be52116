"""Whom an activity is for, and how many they are, before anything is sent."""

import pytest


@pytest.fixture
def neighbourhood(unit, person, labels):
    """Two units and five members, one of whom has left."""
    sport, school = unit("U02"), unit("U04")
    labels("place", "C1", "C2")
    labels("zone", "C1-Z1")
    labels("group", "CHESS")
    person("甲", of=sport, place_code="C1", zone_code="C1-Z1", skills=["driving"])
    person("乙", of=sport, place_code="C1", groups=["CHESS"])
    person("丙", of=school, place_code="C2", skills=["teaching", "driving"])
    person("丁", of=school)
    person("戊", of=school, active=False, skills=["driving"])
    return sport, school


@pytest.mark.parametrize(
    ("audience", "count"),
    [
        ({"everyone": True}, 4),
        ({"units": ["U02"]}, 2),
        ({"units": ["U02", "U04"]}, 4),
        ({"zones": ["C1"]}, 2),
        ({"zones": ["C1-Z1"]}, 1),
        ({"groups": ["CHESS"]}, 1),
        ({"skills": ["driving"]}, 2),
        ({"skills": ["law"]}, 0),
        ({"units": ["U02"], "skills": ["driving"], "zones": ["C2"]}, 3),
    ],
)
def test_an_audience_is_the_union_of_its_parts(events, neighbourhood, key, audience, count):
    answer = events.post("/audience/count", json={"audience": audience}, headers=key(neighbourhood[0]))

    assert answer.json == {"count": count}


@pytest.mark.parametrize(
    ("audience", "field"),
    [
        ({}, "audience.everyone"),
        ({"everyone": False, "units": []}, "audience.everyone"),
        ({"units": ["U77"]}, "audience.units"),
        ({"zones": ["CHESS"]}, "audience.zones"),
        ({"groups": ["C1"]}, "audience.groups"),
        ({"skills": ["Driving"]}, "audience.skills"),
        ({"units": "U02"}, "audience.units"),
    ],
)
def test_an_audience_that_does_not_exist_is_not_counted(events, neighbourhood, key, audience, field):
    answer = events.post("/audience/count", json={"audience": audience}, headers=key(neighbourhood[0]))

    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_lesser_keys_reach_fewer(events, neighbourhood, key, liaison):
    sport, _ = neighbourhood
    liaison(sport)
    everyone = {"audience": {"everyone": True}}

    counts = {
        kind: events.post("/audience/count", json=everyone, headers=key(sport, kind)).json["count"]
        for kind in ("test", "team", "live")
    }

    assert counts == {"test": 1, "team": 3, "live": 5}


def test_the_count_of_an_activity_is_for_its_unit_and_clerks(events, neighbourhood, hold, key, clerk, person, token):
    sport, school = neighbourhood
    path = f"/activities/{hold(sport, submit_it=False).id}/audience-count"

    assert events.get(path, headers=key(sport)).json == {"count": 5}  # the four, and the clerk
    assert events.get(path, headers=clerk).status_code == 200
    assert events.get(path, headers=key(school)).status_code == 404
    assert events.get(path, headers=token(person().person_id)).status_code == 403
