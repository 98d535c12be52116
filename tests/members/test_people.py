"""Members: found, registered, corrected, moved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.members.domain.days import today
from services.members.models import Membership
from tests.members.conftest import place_of

RECORD = {"name": "新党员", "phone": "13800000001", "category": "in_service", "unit": "U02"}


@pytest.fixture
def u02(unit):
    return unit("U02", "体工二大队党支部")


@pytest.fixture
def u03(unit):
    return unit("U03", "回民区文化馆党支部")


def put(members, headers, person_id=None, *, etag=None, **record):
    headers = {**headers, **({"If-Match": etag} if etag else {})}
    return members.put(f"/people/{person_id or uuid4()}", json={**RECORD, **record}, headers=headers)


def test_a_member_is_found_by_part_of_the_name_by_number_and_by_telephone(members, clerk, person, u02):
    somebody = person("乌云其其格", unit=u02)
    phone = somebody.phone.removeprefix("86")

    for words in ("云其", "其格", somebody.number, phone, f"+86 {phone}"):
        found = members.get("/people", query_string={"q": words}, headers=clerk).json["items"]
        assert [item["name"] for item in found] == ["乌云其其格"], words
    assert found[0]["phone_masked"] == f"100****{phone[-4:]}"
    assert "phone" not in found[0]
    for words in ("%", "_", "其云", phone[:-1]):
        assert members.get("/people", query_string={"q": words}, headers=clerk).json["items"] == []


def test_members_are_found_by_unit_place_and_skill(everybody, members, clerk):
    def many(**query):
        return sum(1 for _ in _all(members, clerk, **query))

    assert many(unit="U13") == 12
    assert many(skill="sign_language") == 3
    assert many(place="C1") == sum(many(place=f"C1-B{n}") for n in range(1, 7)) > 20
    assert many(unit="U01", place="C4") < many(place="C4")


def test_a_list_of_members_costs_the_same_statements_however_long(everybody, members, clerk, statements):
    with statements() as short:
        members.get("/people?limit=2", headers=clerk)
    with statements() as long:
        assert len(members.get("/people?limit=200", headers=clerk).json["items"]) == 200

    assert len(short) == len(long) <= 4


def test_a_liaison_officer_sees_their_own_unit_and_others_nobody(members, signed_in, person, u02, u03):
    mine, foreign = person("自己人", unit=u02), person("别人", unit=u03)
    officer = signed_in("liaison", unit=u02, name="刘志远")

    seen = {item["name"] for item in members.get("/people", headers=officer).json["items"]}

    assert seen == {"自己人", "刘志远"}
    assert members.get(f"/people/{mine.id}", headers=officer).json["phone"] is None
    assert members.get(f"/people/{foreign.id}", headers=officer).status_code == 404
    for role in (None, "duty"):
        assert members.get("/people", headers=signed_in(role)).status_code == 403


def test_one_sees_oneself_in_full_and_nobody_else(members, person, token, u02):
    me, other = person("我", unit=u02), person("同事", unit=u02)
    headers = token(me.id)

    assert members.get(f"/people/{me.id}", headers=headers).json["phone"] == me.phone.removeprefix("86")
    assert members.get(f"/people/{other.id}", headers=headers).status_code == 404


def test_a_member_is_registered_under_the_clients_id(members, clerk, u02, group, published, db, compound):
    person_id = uuid4()
    group("T1")

    made = put(members, clerk, person_id, place="C1", groups=["T1"], skills=["law"], email="a@example.org")

    assert made.status_code == 200
    assert made.json["id"] == str(person_id)
    assert made.json["number"].startswith("M")
    assert (made.json["unit"]["code"], made.json["place"]["code"]) == ("U02", "C1")
    assert (made.json["groups"], made.json["skills"], made.json["phone"]) == (["T1"], ["law"], "13800000001")
    [(_, told)] = published("members.people_changed.v1")
    assert (told["people"][0]["unit_code"], told["people"][0]["groups"]) == ("U02", ["T1"])
    assert "13800000001" not in str(told)
    stored = db.execute(text("SELECT phone FROM members.people WHERE id = :id"), {"id": person_id}).scalar_one()
    assert stored.startswith("v1.")


def test_an_edit_names_the_version_that_it_saw(members, clerk, u02):
    person_id = uuid4()
    etag = put(members, clerk, person_id).headers["ETag"]

    assert put(members, clerk, person_id, name="改").status_code == 428
    assert put(members, clerk, person_id, name="改", etag=etag).status_code == 200
    stale = put(members, clerk, person_id, name="又改", etag=etag)
    assert (stale.status_code, stale.json["title"]) == (412, "Stale")


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"unit": "U99"}, "unit"),
        ({"place": "C9"}, "place"),
        ({"zone": "C1-Z1"}, "zone"),
        ({"groups": ["T9"]}, "groups"),
        ({"phone": "12345"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"skills": ["flying"]}, "skills.0"),
        ({"category": "无"}, "category"),
        ({"name": ""}, "name"),
        ({"民族": "x"}, "民族"),
    ],
)
def test_records_that_are_not_right(members, clerk, u02, record, field):
    refused = put(members, clerk, **record)

    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])


def test_two_active_members_do_not_share_a_telephone(members, clerk, u02):
    first = uuid4()
    etag = put(members, clerk, first).headers["ETag"]

    refused = put(members, clerk, name="第二人")
    put(members, clerk, first, etag=etag, active=False)

    assert refused.json["errors"] == {"phone": [{"code": "phone_taken"}]}
    assert put(members, clerk, name="第二人").status_code == 200


def test_who_leaves_is_signed_out_everywhere(members, clerk, person, token, u02, published):
    leaver = person("离开的人", unit=u02)
    device = token(leaver.id)
    etag = members.get(f"/people/{leaver.id}", headers=clerk).headers["ETag"]

    put(members, clerk, leaver.id, etag=etag, name="离开的人", phone=None, active=False)

    assert members.get("/me", headers=device).status_code == 401
    assert published("members.people_changed.v1")[-1][1]["people"][0]["active"] is False


def test_a_move_today_is_told_today_and_the_past_stays(members, clerk, person, u02, u03, published, db):
    mover = person("搬家的人", unit=u02)

    moved = members.post(f"/people/{mover.id}/move", json={"unit": "U03", "from": str(today())}, headers=clerk)

    assert moved.json["unit"]["code"] == "U03"
    homes = db.query(Membership).filter_by(person_id=mover.id).order_by(Membership.valid_from).all()
    assert [(home.unit_id, home.valid_until) for home in homes] == [(u02.id, today()), (u03.id, None)]
    assert published("members.people_changed.v1")[-1][1]["people"][0]["unit_code"] == "U03"


def test_a_move_to_come_takes_place_when_its_day_has_come(
    members, clerk, person, u02, u03, compound, published, tick, db
):
    mover = person("搬家的人", unit=u02)
    day = today() + timedelta(days=30)
    wish = {"unit": "U03", "place": "C1", "from": str(day)}

    moved = members.post(f"/people/{mover.id}/move", json=wish, headers=clerk)
    tick("members", "let_moves_take_place")
    assert moved.json["unit"]["code"] == "U02"
    assert published("members.people_changed.v1") == []

    db.execute(text("UPDATE members.memberships SET valid_from = valid_from - 40, valid_until = valid_until - 40"))
    tick("members", "let_moves_take_place")
    tick("members", "let_moves_take_place")

    [(_, told)] = published("members.people_changed.v1")
    assert (told["people"][0]["unit_code"], told["people"][0]["place_code"]) == ("U03", "C1")
    assert place_of(db, mover.id) == "C1"


def test_a_newer_decision_takes_the_place_of_a_later_move(members, clerk, person, u02, u03, db):
    mover = person("搬家的人", unit=u02)
    for days, code in ((30, "U03"), (10, "U02")):
        wish = {"unit": code, "from": str(today() + timedelta(days=days))}
        members.post(f"/people/{mover.id}/move", json=wish, headers=clerk)
        members.post(f"/people/{mover.id}/move", json=wish, headers=clerk)

    homes = db.query(Membership).filter_by(person_id=mover.id).order_by(Membership.valid_from).all()
    assert [home.unit_id for home in homes] == [u02.id, u02.id]
    assert homes[0].valid_until == homes[1].valid_from == today() + timedelta(days=10)


def test_moves_that_lead_nowhere(members, clerk, person, u02):
    mover = person("搬家的人", unit=u02)
    path = f"/people/{mover.id}/move"

    assert members.post(path, json={"from": str(today())}, headers=clerk).status_code == 422
    assert members.post(path, json={"unit": "U99", "from": str(today())}, headers=clerk).status_code == 422
    assert members.post(path, json={"unit": "U02", "from": "tomorrow"}, headers=clerk).status_code == 422
    wish = {"unit": "U02", "from": str(today())}
    assert members.post(f"/people/{uuid4()}/move", json=wish, headers=clerk).status_code == 404


def test_nobody_has_two_homes_not_even_by_hand(person, u02, u03, db):
    mover = person("搬家的人", unit=u02)

    db.add(Membership(person_id=mover.id, kind="home", unit_id=u03.id, valid_from=today()))

    with pytest.raises(IntegrityError, match="memberships_one_home"):
        db.flush()


def test_joining_a_team_is_belonging_to_the_group_above_it(members, clerk, u02, group, published):
    team = group("W1", "volunteer_team", above=group("T1"))

    put(members, clerk, groups=[team.code])

    assert published("members.people_changed.v1")[-1][1]["people"][0]["groups"] == ["T1", "W1"]
    assert {g["code"]: g["count"] for g in members.get("/groups", headers=clerk).json} == {"T1": 1, "W1": 1}


def test_a_unit_gets_a_new_name_and_its_members_are_told_of(members, clerk, person, u02, published):
    somebody = person("某甲", unit=u02)
    etag = members.get(f"/units/{u02.id}", headers=clerk).headers["ETag"]

    changed = members.patch(
        f"/units/{u02.id}",
        json={"name": "体工大队", "needs_approval": False},
        headers={**clerk, "If-Match": etag},
    )

    assert (changed.json["name"], changed.json["needs_approval"], changed.json["members_count"]) == (
        "体工大队",
        False,
        1,
    )
    assert published("members.units_changed.v1")[-1][1]["units"][0]["name"] == "体工大队"
    [told] = published("members.people_changed.v1")[-1][1]["people"]
    assert (told["person_id"], told["unit_name"]) == (str(somebody.id), "体工大队")
    assert members.patch(f"/units/{u02.id}", json={}, headers={**clerk, "If-Match": etag}).status_code == 412


def test_skills_are_counted(everybody, members, clerk):
    counts = {skill["code"]: skill["count"] for skill in members.get("/skills", headers=clerk).json}

    assert (counts["driving"], counts["first_aid"], counts["sign_language"]) == (118, 47, 3)


def _all(members, headers, **query):
    cursor = None
    while True:
        asked = {**query, "limit": 50, **({"cursor": cursor} if cursor else {})}
        page = members.get("/people", query_string=asked, headers=headers).json
        yield from page["items"]
        if not (cursor := page["next"]):
            return
