"""The register of venues, and the roster of those who look after them."""

from uuid import uuid4

import pytest

from shared.db import now
from shared.schemas.members import PersonErased
from tests.events.conftest import once, seen
from tests.events.venue_fixtures import codes, day, rule

FACTS = {"name": "体工二大队操场", "kind": "ground", "capacity": 300, "step_free": "yes", "stewards_needed": 2}


@pytest.fixture
def owner(unit):
    return unit("U02")


@pytest.fixture
def officer(owner, liaison):
    return liaison(owner)


def test_a_unit_adds_a_venue_and_changes_it(events, officer, person):
    holder, steward = person("拿钥匙的人"), person("管理员")

    sent = FACTS | {"code": "G1", "stewards": [str(steward.person_id)]}
    made = events.post("/venues", json=sent, headers=once(officer))
    assert made.status_code == 201, made.text
    assert (made.json["unit"]["code"], made.json["runs"], made.json["version"]) == ("U02", True, 1)
    assert [one["name"] for one in made.json["stewards"]] == ["管理员"]

    path = f"/venues/{made.json['id']}"
    edit = FACTS | {"capacity": 250, "key_holder_id": str(holder.person_id)}
    changed = events.put(path, json=edit, headers=seen(officer, made.json))
    assert (changed.json["capacity"], changed.json["key_holder"]["name"]) == (250, "拿钥匙的人")
    assert changed.json["stewards"] == []
    assert events.put(path, json=edit, headers=seen(officer, made.json)).status_code == 412
    assert events.put(path, json=edit, headers=officer).status_code == 428


def test_keepers_are_told_to_those_who_run_it_only(events, venue, owner, officer, person, token, liaison, unit):
    keeper, member = person("拿钥匙的人"), person("居民")
    made = venue("操场", of=owner, key_holder_id=keeper.person_id, stewards=[keeper.person_id])

    def keepers(headers) -> list:
        found = events.get(f"/venues/{made.id}", headers=headers).json
        listed = events.get("/venues?q=操场", headers=headers).json["items"][0]
        assert found == listed
        return [found["key_holder"], found["stewards"], found["runs"]]

    [key_holder, stewards, runs] = keepers(officer)
    assert (key_holder["name"], len(stewards), runs) == ("拿钥匙的人", 1, True)
    assert keepers(token(member.person_id)) == keepers(liaison(unit("U77"))) == [None, [], False]


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"kind": "castle"}, "kind", "not_one_of"),
        ({"capacity": 0}, "capacity", "out_of_range"),
        ({"slot_minutes": 7}, "slot_minutes", "not_one_of"),
        ({"name": "‮反"}, "name", "control_character"),
        ({"key_holder_id": str(uuid4())}, "key_holder_id", "unknown"),
        ({"stewards": [str(uuid4())]}, "stewards", "unknown"),
        ({"place_code": "C99"}, "place_code", "unknown"),
        ({"unit": "U77"}, "unit", "unknown"),
    ],
)
def test_facts_that_make_no_sense_are_refused(events, officer, facts, field, code):
    answer = events.post("/venues", json=FACTS | {"code": "G1"} | facts, headers=once(officer))

    assert codes(answer, field) == [code]


def test_a_code_is_one_venues(events, officer, venue):
    venue(code="G1")

    answer = events.post("/venues", json=FACTS | {"code": "G1"}, headers=once(officer))

    assert (answer.status_code, answer.json["title"]) == (409, "AlreadyTaken")


def test_venues_are_found_by_kind_compound_unit_and_name(events, venue, owner, clerk, labels):
    labels("place", "C1")
    ground = venue("操场", of=owner, kind="ground", place_code="C1", code="A")
    hall = venue("小剧场", bookable=False, code="B")

    def found(query: str) -> list[str]:
        return [one["id"] for one in events.get(f"/venues?{query}", headers=clerk).json["items"]]

    assert found("kind=ground") == found("place=C1") == found("unit=U02") == found("bookable=true") == [str(ground.id)]
    assert found("q=剧") == found("bookable=false") == [str(hall.id)]
    first = events.get("/venues?limit=1", headers=clerk).json
    assert found(f"limit=1&cursor={first['next']}") == [str(hall.id)]


def test_a_list_of_venues_takes_as_many_statements_as_one(events, venue, clerk, counted):
    def statements() -> int:
        with counted() as seen:
            assert events.get("/venues?limit=200", headers=clerk).status_code == 200
        return len(seen)

    venue()
    one = statements()
    for _ in range(5):
        venue()
    assert statements() == one


def test_the_roster_says_who_is_there_and_who_is_missing(events, venue, owner, officer, person, token):
    ground = venue("操场", rule("17:30", "19:30"), of=owner, stewards_needed=2)
    closed = {"day": day(5), "opens": None, "closes": None, "reason": "维护"}
    venue("书屋", rule("9:00", "10:00"), of=owner, exceptions=[closed])
    steward, other = person("甲"), person("乙")
    path = f"/venues/{ground.id}/stewards"
    days = [{"on": str(day(3)), "person_ids": [str(steward.person_id), str(other.person_id)]},
            {"on": str(day(4)), "person_ids": [str(steward.person_id)]}]  # fmt: skip

    assert events.put(path, json={"days": days}, headers=officer).status_code == 204
    roster = events.get(f"{path}?from={day(3)}&to={day(5)}", headers=officer).json["items"]
    assert [(one["open"], len(one["people"]), one["missing"]) for one in roster] == [
        (True, 2, 0), (True, 1, 1), (True, 0, 2),
    ]  # fmt: skip

    gaps = events.get(f"/stewards/gaps?from={day(3)}&to={day(5)}", headers=officer).json["items"]
    assert [(one["on"], one["missing"]) for one in gaps] == [(str(day(4)), 1), (str(day(5)), 2)]
    mine = events.get("/me/steward-duties", headers=token(steward.person_id)).json["items"]
    assert [one["on"] for one in mine] == [str(day(3)), str(day(4))]
    assert events.get(path, headers=token(steward.person_id)).status_code == 403


def test_a_day_on_which_a_venue_is_closed_needs_no_steward(events, venue, owner, officer):
    closed = {"day": day(3), "opens": None, "closes": None, "reason": "维护"}
    venue("操场", rule("17:30", "19:30"), of=owner, stewards_needed=2, exceptions=[closed])

    gaps = events.get(f"/stewards/gaps?from={day(3)}&to={day(3)}", headers=officer).json["items"]

    assert gaps == []


def test_nobody_unknown_gets_a_day(events, venue, owner, officer):
    ground = venue(of=owner)
    days = [{"on": str(day()), "person_ids": [str(uuid4())]}]

    answer = events.put(f"/venues/{ground.id}/stewards", json={"days": days}, headers=officer)

    assert codes(answer, "days") == ["unknown"]


def test_whoever_leaves_looks_after_nothing_any_more(events, db, venue, owner, officer, person, hear):
    keeper = person("拿钥匙的人")
    made = venue("操场", rule("8:00", "9:00"), of=owner, key_holder_id=keeper.person_id, stewards=[keeper.person_id])
    days = [{"on": str(day()), "person_ids": [str(keeper.person_id)]}]
    events.put(f"/venues/{made.id}/stewards", json={"days": days}, headers=officer)

    hear(PersonErased, person_id=keeper.person_id, erased_at=now())

    found = events.get(f"/venues/{made.id}", headers=officer).json
    assert (found["key_holder"], found["stewards"]) == (None, [])
    roster = events.get(f"/venues/{made.id}/stewards?from={day()}&to={day()}", headers=officer).json["items"]
    assert roster[0]["people"] == []
