"""A workbook's way in and out: a dry run, all or nothing, and the same workbook back."""

import os
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

from sqlalchemy import select, text

from services.members.domain import workbook
from services.members.domain.days import today
from services.members.models import Person
from shared.schemas.members import PeopleChanged
from tests.members.conftest import KEY, cells


def test_a_dry_run_says_what_would_happen_and_changes_nothing(upload, demo_workbook, count, published):
    checked = upload(demo_workbook).json

    assert checked["state"] == "checked"
    assert checked["counts"] == {"rows": 925, "new": 925, "changed": 0, "unchanged": 0, "errors": 0}
    assert checked["progress"] == 1
    assert (count("units"), count("places"), count("org_nodes"), count("people")) == (0, 0, 0, 1)
    assert {topic for topic, _ in published()} == {"members.import_uploaded.v1"}


def test_the_demo_set_arrives_whole_and_everybody_hears_of_it(everybody, count, published, members, clerk):
    assert everybody.json["state"] == "applied"
    assert (count("units"), count("places"), count("org_nodes"), count("people")) == (13, 200, 115, 597 + 1)
    told = [PeopleChanged().load(payload) for _, payload in published("members.people_changed.v1")]
    people = [person for event in told for person in event.people]
    assert len(people) == 597
    assert max(len(event.people) for event in told) == 100
    secretary = next(person for person in people if person.name == "白桂芳")
    assert (secretary.phone, secretary.unit_code, secretary.place_code) == ("8610000000001", "U01", "C2")
    [(_, units)] = published("members.units_changed.v1")
    assert len(units["units"]) == 13
    [(_, labels)] = published("members.labels_changed.v1")
    kinds = [label["kind"] for label in labels["labels"]]
    assert (kinds.count("place"), kinds.count("zone"), kinds.count("group")) == (9, 24, 76)
    assert sum(unit["members_count"] for unit in members.get("/units", headers=clerk).json) == 597


def test_export_gives_the_same_workbook_back(everybody, members, clerk, demo_workbook):
    exported = cells(members.get("/export.xlsx", headers=clerk).data)

    assert exported["党员"].pop()[1] == "办事员"  # who came by another way
    assert exported == cells(demo_workbook)


def test_what_was_exported_changes_nothing_when_it_comes_back(imported, members, clerk, upload):
    exported = members.get("/export.xlsx", headers=clerk)

    again = upload(exported.data).json

    assert exported.content_type == workbook.TYPE
    assert again["counts"]["unchanged"] == again["counts"]["rows"] - 1
    assert again["counts"]["errors"] == 1  # the clerk of this test belongs to no unit
    assert again["errors"][0]["column"] == "单位代码"


def test_only_what_differs_changes(imported, upload, apply, records, db, published):
    records["person"][40]["name"] = "新名字"
    records["person"][41]["groups"] = (*records["person"][41]["groups"], "T1")
    before = len(published("members.people_changed.v1"))

    checked = upload(workbook.written(records)).json
    apply(checked["id"])

    assert (checked["counts"]["new"], checked["counts"]["changed"], checked["counts"]["errors"]) == (0, 2, 0)
    [(_, told)] = published("members.people_changed.v1")[before:]
    assert {person["name"] for person in told["people"]} == {"新名字", records["person"][41]["name"]}
    assert any("T1" in person["groups"] for person in told["people"])


def test_two_members_may_swap_their_numbers(imported, upload, apply, records, db):
    first, second = records["person"][20], records["person"][21]
    first["phone"], second["phone"] = second["phone"], first["phone"]

    applied = apply(upload(workbook.written(records)).json["id"]).json

    assert applied["state"] == "applied"
    person = db.scalar(select(Person).where(Person.number == first["number"]))
    assert person.phone == first["phone"]


def test_members_without_a_number_get_one(upload, apply, records, db):
    for record in records["person"][50:]:
        record["number"] = None
    records["node"] = [node | {"leader": None, "deputy": None} for node in records["node"]]

    assert apply(upload(workbook.written(records)).json["id"]).json["state"] == "applied"

    again = upload(workbook.written(records)).json
    assert again["counts"]["unchanged"] == again["counts"]["rows"]


def test_a_unit_that_moves_its_member_ends_one_home_and_begins_another(imported, upload, apply, records, db):
    records["person"][45]["unit"] = "U13"

    apply(upload(workbook.written(records)).json["id"])

    query = text(
        "SELECT u.code, m.valid_until FROM members.memberships m JOIN members.units u ON u.id = m.unit_id"
        " JOIN members.people p ON p.id = m.person_id WHERE p.number = :number ORDER BY m.valid_from"
    )
    homes = db.execute(query, {"number": records["person"][45]["number"]}).all()
    assert [tuple(home) for home in homes] == [("U13", None)]  # both on the same day: the newer decision counts


def test_a_zone_that_moves_takes_its_stairwells_along(imported, upload, apply, records, db):
    zone = next(node for node in records["node"] if node["code"] == "C1-Z1")
    zone["parent"] = "C2-G"

    apply(upload(workbook.written(records)).json["id"])

    path = db.execute(text("SELECT path::text FROM members.org_nodes WHERE code = 'C1-S1'")).scalar_one()
    assert path == "B1.C2-G.C1-Z1.C1-S1"


def test_the_same_request_twice_is_one_import(members, clerk, few, upload):
    key = str(uuid4())

    first, second = upload(few, key=key), upload(few, key=key)
    other = upload(workbook.written({}), key=key)

    assert first.json["id"] == second.json["id"]
    assert (other.status_code, other.json["title"]) == (422, "IdempotencyKeyReused")


def test_the_template_explains_itself(members, clerk):
    template = members.get("/imports/template.xlsx", headers=clerk)

    sheets = cells(template.data)
    assert list(sheets) == ["单位", "小区", "组织", "党员"]
    assert all(len(rows) == 2 for rows in sheets.values())


def test_imports_are_the_clerks_business(members, signed_in, unit):
    for headers in (signed_in(None), signed_in("duty"), signed_in("liaison", unit=unit("U02"))):
        assert members.get("/imports", headers=headers).status_code == 403
        assert members.get("/export.xlsx", headers=headers).status_code == 403
        assert members.post("/imports", headers={**headers, KEY: "0123456789"}).status_code == 403


def test_the_register_can_be_seen_as_it_was_in_october_2012(everybody, members, clerk):
    then = members.get("/org?line=horizontal&as_of=2012-10-31", headers=clerk).json
    before = members.get("/org?line=horizontal&as_of=2012-09-30", headers=clerk).json
    vertical = members.get(f"/org?line=vertical&as_of={today()}", headers=clerk).json
    old_town = members.get("/org?line=vertical&as_of=2012-10-31", headers=clerk).json

    assert sum(node["kind"] == "unit" for node in then) == 13
    assert before == []
    assert {node["code"]: node["members_count"] for node in vertical}["B1"] == 341
    assert not any(node["code"].startswith("C9") for node in old_town)


def test_a_workbook_may_be_as_large_as_we_say(members, clerk, demo_workbook):
    content = BytesIO(demo_workbook)
    with ZipFile(content, "a") as archive:  # a picture in it, which nobody reads
        archive.writestr("xl/media/image1.png", os.urandom(9 * 1024 * 1024))
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    form = {"data": head + content.getvalue() + b"\r\n--cut--\r\n", "content_type": "multipart/form-data; boundary=cut"}

    answer = members.post("/imports", headers={**clerk, KEY: str(uuid4())}, **form)

    assert answer.status_code == 201, answer.text
