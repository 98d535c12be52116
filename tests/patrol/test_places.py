"""Squads, zones, checkpoints, and their QR codes on paper."""

from html.parser import HTMLParser
from types import SimpleNamespace
from uuid import uuid4

import pytest
import segno
from sqlalchemy import select

from services.patrol.domain import zones
from services.patrol.domain.checkpoints import Place, near
from services.patrol.models import Person
from shared.db import now
from shared.outbox import publish
from shared.schemas.members import LabelsChanged

SHED = {"code": "P07", "number": 7, "name": "自行车棚", "lat": 40.8424, "lon": 111.7499}


@pytest.fixture
def put(patrol, token, clerk):
    """Call it to let the clerk write something down: the answer."""
    headers = token(clerk)

    def put(url, seen=None, **body):
        return patrol.put(url, json=body, headers=headers | ({"If-Match": seen} if seen else {}))

    return put


def test_a_clerk_adds_a_checkpoint_and_changes_it(put):
    url = f"/checkpoints/{uuid4()}"

    added = put(url, **SHED)
    changed = put(url, added.headers["ETag"], **SHED | {"name": "北车棚"})

    assert (added.status_code, added.json["version"]) == (200, 1)
    assert (changed.json["name"], changed.json["version"]) == ("北车棚", 2)
    assert put(url, **SHED).status_code == 428
    assert put(url, added.headers["ETag"], **SHED).status_code == 412


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"code": ""}, {"code": "invalid"}),
        ({"number": 0}, {"number": "out_of_range"}),
        ({"number": "seven"}, {"number": "invalid"}),
        ({"name": " "}, {"name": "length"}),
        ({"lat": 91}, {"lat": "out_of_range"}),
        ({"lon": None}, {"lon": "required"}),
        ({"zone": "C99"}, {"zone": "unknown"}),
        ({"number": 1}, {"number": "taken"}),
        ({"code": "P01"}, {"code": "taken"}),
        ({"qr_token": "x"}, {"qr_token": "unknown_field"}),
    ],
)
def test_what_is_no_checkpoint_is_refused_by_field(put, checkpoint, change, expected):
    checkpoint(1)

    answer = put(f"/checkpoints/{uuid4()}", **SHED | change)

    assert answer.status_code == 422
    assert {field: found[0]["code"] for field, found in answer.json["errors"].items()} == expected


def test_only_a_clerk_keeps_checkpoints_and_squads(patrol, token, leader, desk, checkpoint):
    row = checkpoint(1)
    for who in (token(leader), token(desk)):
        assert patrol.put(f"/checkpoints/{uuid4()}", json=SHED, headers=who).status_code == 403
        assert patrol.put(f"/squads/{uuid4()}", json={}, headers=who).status_code == 403
        assert patrol.post(f"/checkpoints/{row.id}/renew-qr", headers=who).status_code == 403


def test_the_qr_code_leads_to_the_page_that_checks_in(patrol, token, desk, checkpoint):
    row = checkpoint(7)

    answer = patrol.get(f"/checkpoints/{row.id}/qr.svg", headers=token(desk))

    code = segno.make_qr(f"http://127.0.0.1:8000/p/{row.qr_token}", error="m")
    assert answer.content_type == "image/svg+xml"
    assert code.svg_inline(scale=8).partition("<path")[2] in answer.text


def test_a_renewed_code_voids_the_printed_one(db, patrol, token, clerk, checkpoint, shift, send, item):
    row = checkpoint(7)
    printed = row.qr_token

    assert patrol.post(f"/checkpoints/{row.id}/renew-qr", headers=token(clerk)).status_code == 200

    db.refresh(row)
    old, new = send(item("check_in", shift, qr=printed), item("check_in", shift, qr=row.qr_token))
    assert (old["code"], new["outcome"]) == ("ForeignCode", "stored")


def test_the_sheet_to_print_says_what_is_what_in_chinese_first(patrol, token, desk, checkpoint):
    checkpoint(7), checkpoint(12, "<锅炉房>")

    answer = patrol.get("/checkpoints/qr-sheet", headers=token(desk))

    page = answer.text
    assert "P07 自行车棚" in page
    assert "P12 &lt;锅炉房&gt;" in page
    assert page.index("巡逻签到") < page.index("Patrol check-in")
    assert page.count("<svg") == 2
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(page)
    assert not [tag for tag, attrs in found if tag in ("style", "script") or "style" in attrs]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "@page" in patrol.get("/checkpoints/qr-sheet.css").text


def test_qr_codes_are_not_for_everybody(patrol, token, walker, checkpoint):
    row = checkpoint(7)

    assert patrol.get(f"/checkpoints/{row.id}/qr.svg", headers=token(walker)).status_code == 403
    assert patrol.get("/checkpoints/qr-sheet", headers=token(walker)).status_code == 403
    assert row.qr_token not in patrol.get("/checkpoints", headers=token(walker)).text


def test_near_is_within_150_metres():
    shed = Place(uuid4(), 7, "", "P07 自行车棚", lat=40.8424, lon=111.7499)
    nowhere = Place(uuid4(), 8, "", "P08 东门", lat=None, lon=None)

    assert near(shed, 40.8424 + 0.0013, 111.7499) is True
    assert near(shed, 40.8424 + 0.0014, 111.7499) is False
    assert near(shed, 40.8424, 111.7499 + 0.0017) is True
    assert near(shed, 40.8424, 111.7499 + 0.0018) is False
    assert near(shed, -40.8424, -68.2501) is False
    assert near(shed, None, None) is None
    assert near(nowhere, 40.8, 111.7) is None


def test_a_clerk_adds_a_squad_and_changes_it(put, walker, companion, leader, checkpoint):
    url, stop, gate = f"/squads/{uuid4()}", checkpoint(7), checkpoint(1)
    members = [{"person_id": str(walker), "vest": "07", "buddy_id": str(companion)}, {"person_id": str(companion)}]
    body = {"code": "DF", "name": "冬防队", "leader_id": str(leader), "colour": "#ff8800", "members": members}

    added = put(url, **body, route=[str(stop.id), str(gate.id)])
    changed = put(url, added.headers["ETag"], **body | {"members": members[:1]}, route=[str(gate.id), str(stop.id)])

    assert added.status_code == 200
    assert added.json["leader_name"] == "郭建国"
    assert {member["name"] for member in added.json["members"]} == {"苏红梅", "高秀英"}
    assert changed.json["version"] == 2
    assert [member["name"] for member in changed.json["members"]] == ["苏红梅"]
    assert changed.json["route"] == [str(gate.id), str(stop.id)]


def test_what_is_no_squad_is_refused_by_field(put, walker, squad):
    stranger = str(uuid4())
    members = [{"person_id": stranger}]
    body = {"code": "YA1", "name": "队", "leader_id": stranger, "zone": "C99", "route": [stranger]}

    answer = put(f"/squads/{uuid4()}", **body, members=members)

    codes = {field: found[0]["code"] for field, found in answer.json["errors"].items()}
    assert codes == {
        "members": "unknown",
        "leader_id": "unknown",
        "route": "unknown",
        "zone": "unknown",
        "code": "taken",
    }
    twice = [{"person_id": str(walker)}] * 2
    answer = put(f"/squads/{uuid4()}", code="X", name="队", leader_id=str(walker), members=twice)
    assert answer.json["errors"] == {"members": [{"code": "twice"}]}


def test_everybody_sees_their_own_squads(patrol, token, squad, walker, leader, desk, person):
    def seen(person_id):
        return len(patrol.get("/squads", headers=token(person_id)).json["items"])

    assert [seen(walker), seen(leader), seen(desk), seen(person("外人"))] == [1, 1, 1, 0]
    assert patrol.get(f"/squads/{squad.id}", headers=token(walker)).status_code == 200
    assert patrol.get(f"/squads/{squad.id}", headers=token(person("外人"))).status_code == 404


def test_zones_have_the_names_that_members_gave_them_last(db, patrol, token, walker):
    first, later = now(), now()

    def label(name, kind="zone"):
        return SimpleNamespace(kind=kind, code="C1-Z1", name=name, active=True)

    zones.keep(db, [label("新名")], changed_at=later)
    zones.keep(db, [label("旧名")], changed_at=first)
    zones.keep(db, [label("合唱队", "group")], changed_at=now())
    db.commit()

    assert patrol.get("/zones", headers=token(walker)).json["items"] == [{"code": "C1-Z1", "name": "新名"}]


def test_patrol_hears_what_members_tell(connection, db, hear, patrol, token, walker):
    from shared import db as database

    labels = [{"kind": "place", "code": "C1", "name": "一小区"}]
    with database.transaction("members", db.info["committee_id"]) as tx:
        publish(tx, LabelsChanged, labels=labels)
    hear()

    assert patrol.get("/zones", headers=token(walker)).json["items"] == [{"code": "C1", "name": "一小区"}]
    assert db.scalar(select(Person.name).where(Person.person_id == walker)) == "苏红梅"
