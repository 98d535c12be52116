"""Roles: given and taken by the secretary; and the first secretary."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.members import first_secretary
from shared import db as database
from shared.config import config
from shared.db import now
from tests.members.conftest import KEY


@pytest.fixture
def secretary(signed_in):
    return signed_in("secretary", name="白桂芳")


def give(members, headers, person_id, role="clerk", **more):
    wish = {"person_id": str(person_id), "role": role, **more}
    return members.post("/grants", json=wish, headers={**headers, KEY: str(uuid4())})


def test_the_secretary_gives_a_role_and_takes_it_back(members, secretary, person, token):
    somebody = person("赵启明")
    headers = token(somebody.id)
    assert members.get("/people", headers=headers).status_code == 403

    given = give(members, secretary, somebody.id)

    assert (given.status_code, given.json["person_name"]) == (201, "赵启明")
    assert members.get("/people", headers=headers).status_code == 200
    assert [role["role"] for role in members.get("/me", headers=headers).json["roles"]] == ["clerk"]
    assert members.delete(f"/grants/{given.json['id']}", headers=secretary).status_code == 204
    assert members.get("/people", headers=headers).status_code == 403
    assert members.delete(f"/grants/{given.json['id']}", headers=secretary).status_code == 404


def test_a_role_holds_from_its_day_until_its_day(members, secretary, person, token):
    somebody = person("代班的人")
    headers = token(somebody.id)
    start, end = (now() + timedelta(days=1)).isoformat(), (now() + timedelta(days=2)).isoformat()

    give(members, secretary, somebody.id, **{"from": start, "until": end})

    assert members.get("/people", headers=headers).status_code == 403
    assert len(members.get("/grants", headers=secretary).json["items"]) == 2


def test_roles_are_for_the_secretary_to_give(members, clerk, person):
    assert give(members, clerk, person("某人").id).status_code == 403
    assert members.get("/grants", headers=clerk).status_code == 403


def test_an_officer_is_of_a_unit_and_a_role_may_be_for_a_place(members, secretary, person, unit, compound):
    somebody = person("刘志远")
    u02 = unit("U02")

    assert give(members, secretary, somebody.id, "liaison").json["errors"] == {"unit_id": [{"code": "required"}]}
    officer = give(members, secretary, somebody.id, "liaison", unit_id=str(u02.id))
    duty = give(members, secretary, somebody.id, "duty", place="C1")

    assert (officer.json["unit"]["code"], duty.json["place"]) == ("U02", "C1")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"role": "king"}, "role"),
        ({"unit_id": str(uuid4())}, "unit_id"),
        ({"place": "C9"}, "place"),
        ({"until": "2012-10-31T00:00:00Z"}, "until"),
    ],
)
def test_wishes_that_give_no_role(members, secretary, person, wish, field):
    refused = give(members, secretary, person("某人").id, **wish)

    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])


def test_who_left_or_never_was_gets_no_role(members, secretary, person):
    for person_id in (uuid4(), person("离开的人", active=False).id):
        assert list(give(members, secretary, person_id).json["errors"]) == ["person_id"]


def test_somebody_stays_secretary(members, secretary, person):
    [mine] = members.get("/grants", headers=secretary).json["items"]

    refused = members.delete(f"/grants/{mine['id']}", headers=secretary)
    assert (refused.status_code, refused.json["title"]) == (409, "LastSecretary")

    give(members, secretary, person("新书记").id, "secretary")
    assert members.delete(f"/grants/{mine['id']}", headers=secretary).status_code == 204


def test_the_same_request_twice_is_one_role(members, secretary, person, count):
    wish = {"person_id": str(person("某人").id), "role": "duty"}
    headers = {**secretary, KEY: "0123456789"}

    first = members.post("/grants", json=wish, headers=headers)

    assert members.post("/grants", json=wish, headers=headers).json == first.json
    assert count("grants") == 2


def test_an_empty_register_gets_its_first_secretary_once(connection, count, db):
    with database.transaction("members", config().committee_id) as tx:
        first = first_secretary.appoint(tx, "白桂芳", "10000000001")
    with database.transaction("members", config().committee_id) as tx:
        assert first_secretary.appoint(tx, "别人", "10000000002") is None

    assert (count("people"), count("grants")) == (1, 1)
    assert db.execute(text("SELECT person_id FROM members.grants WHERE role = 'secretary'")).scalar_one() == first


def test_the_first_secretary_is_known_again_in_the_workbook(connection, demo_workbook, members, token, settle, db):
    from services.members.domain import imports

    with database.transaction("members", config().committee_id) as tx:
        first = first_secretary.appoint(tx, "白桂芳", "10000000001")
        facts = {"filename": "a.xlsx", "content": demo_workbook, "request_key": "r", "by": first, "by_name": "白桂芳"}
        batch = imports.upload(tx, **facts).id
    settle()
    members.post(f"/imports/{batch}/apply", headers=token(first))
    settle()

    found = db.execute(text("SELECT number, count(*) OVER () FROM members.people WHERE name = '白桂芳'")).one()
    assert tuple(found) == ("D0001", 1)
    assert db.execute(text("SELECT count(*) FROM members.people")).scalar_one() == 597
