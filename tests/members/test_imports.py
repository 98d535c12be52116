"""A workbook's way in: a dry run, all or nothing, and back out."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from services.members.domain import imports, workbook
from services.members.domain.days import today
from services.members.models import ImportBatch, ImportFile, Person
from shared.crypto import blind
from shared.db import now
from shared.schemas.members import PeopleChanged
from tests.members.conftest import KEY, cells


def test_a_dry_run_says_what_would_happen_and_changes_nothing(upload, demo_workbook, count, published):
    checked = upload(demo_workbook).json

    assert checked["state"] == "checked"
    assert checked["counts"] == {"rows": 925, "new": 925, "changed": 0, "unchanged": 0, "errors": 0}
    assert checked["progress"] == 1
    assert (count("units"), count("places"), count("org_nodes"), count("people")) == (0, 0, 0, 1)
    assert {topic for topic, _ in published()} == {"members.import_uploaded.v1"}


def test_the_demo_set_arrives_whole_and_everybody_hears_of_it(imported, count, published, members, clerk):
    assert imported.json["state"] == "applied"
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


def test_export_gives_the_same_workbook_back(imported, members, clerk, demo_workbook):
    exported = cells(members.get("/export.xlsx", headers=clerk).data)

    assert exported["党员"].pop()[1] == "办事员"  # who came by another way
    assert exported == cells(demo_workbook)


def test_what_was_exported_changes_nothing_when_it_comes_back(imported, members, clerk, upload):
    exported = members.get("/export.xlsx", headers=clerk)

    again = upload(exported.data).json

    assert exported.content_type == workbook.TYPE
    assert again["counts"]["unchanged"] == 925
    assert again["counts"]["errors"] == 1  # the clerk of this test belongs to no unit
    assert again["errors"][0]["column"] == "单位代码"


def test_only_what_differs_changes(imported, upload, apply, records, db, published):
    records["person"][100]["name"] = "新名字"
    records["person"][101]["groups"] = (*records["person"][101]["groups"], "T1")
    before = len(published("members.people_changed.v1"))

    checked = upload(workbook.written(records)).json
    apply(checked["id"])

    assert checked["counts"] == {"rows": 925, "new": 0, "changed": 2, "unchanged": 923, "errors": 0}
    [(_, told)] = published("members.people_changed.v1")[before:]
    assert {person["name"] for person in told["people"]} == {"新名字", records["person"][101]["name"]}
    assert any("T1" in person["groups"] for person in told["people"])


def test_two_members_may_swap_their_numbers(imported, upload, apply, records, db):
    first, second = records["person"][20], records["person"][21]
    first["phone"], second["phone"] = second["phone"], first["phone"]

    applied = apply(upload(workbook.written(records)).json["id"]).json

    assert applied["state"] == "applied"
    person = db.scalar(select(Person).where(Person.number == first["number"]))
    assert person.phone == first["phone"]


def test_members_without_a_number_get_one(upload, apply, records, db):
    for record in records["person"][500:]:
        record["number"] = None
    records["node"] = [node | {"leader": None, "deputy": None} for node in records["node"]]

    assert apply(upload(workbook.written(records)).json["id"]).json["state"] == "applied"

    again = upload(workbook.written(records)).json
    assert again["counts"]["unchanged"] == 925


def test_a_unit_that_moves_its_member_ends_one_home_and_begins_another(imported, upload, apply, records, db):
    records["person"][300]["unit"] = "U13"

    apply(upload(workbook.written(records)).json["id"])

    query = text(
        "SELECT u.code, m.valid_until FROM members.memberships m JOIN members.units u ON u.id = m.unit_id"
        " JOIN members.people p ON p.id = m.person_id WHERE p.number = :number ORDER BY m.valid_from"
    )
    homes = db.execute(query, {"number": records["person"][300]["number"]}).all()
    assert [tuple(home) for home in homes] == [("U13", None)]  # both on the same day: the newer decision counts


def test_a_zone_that_moves_takes_its_stairwells_along(imported, upload, apply, records, db):
    zone = next(node for node in records["node"] if node["code"] == "C1-Z1")
    zone["parent"] = "C2-G"

    apply(upload(workbook.written(records)).json["id"])

    path = db.execute(text("SELECT path::text FROM members.org_nodes WHERE code = 'C1-S1'")).scalar_one()
    assert path == "B1.C2-G.C1-Z1.C1-S1"


def test_undo_takes_back_everything(imported, members, clerk, count, published):
    undone = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert undone.json["state"] == "undone"
    assert [count(table) for table in ("units", "places", "org_nodes", "memberships", "person_skills")] == [0] * 5
    assert count("people") == 1
    gone = [person for _, told in published("members.people_changed.v1") for person in told["people"]][597:]
    assert len(gone) == 597
    assert not any(person["active"] for person in gone)


def test_undo_restores_what_was_before(imported, upload, apply, records, members, clerk, db):
    before = cells(members.get("/export.xlsx", headers=clerk).data)
    for record in records["person"][50:90]:
        record |= {"unit": "U02", "skills": ("law",), "groups": (), "phone": None, "category": "retired"}
    records["node"][1]["leader"], records["node"][1]["deputy"] = "D0100", None
    records["unit"][3]["name"] = "改了名"
    records["person"].append(records["person"][0] | {"number": "D9999", "phone": "8610000009998", "name": "后来的人"})
    applied = apply(upload(workbook.written(records)).json["id"]).json
    assert applied["counts"]["changed"] == 42
    assert cells(members.get("/export.xlsx", headers=clerk).data) != before

    assert members.post(f"/imports/{applied['id']}/undo", headers=clerk).json["state"] == "undone"

    assert cells(members.get("/export.xlsx", headers=clerk).data) == before


def test_undo_does_not_lose_what_somebody_changed_since(imported, members, clerk, db):
    person = db.scalar(select(Person).where(Person.number == "D0200"))
    person.name = "改过的人"
    db.commit()

    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert refused.status_code == 409
    assert refused.json["title"] == "ChangedSince"
    assert refused.json["rows"] == [{"kind": "person", "code": "D0200", "name": "改过的人"}]


def test_undo_does_not_take_away_who_holds_a_role_by_now(imported, members, clerk, db, grant):
    grant(db.scalar(select(Person.id).where(Person.number == "D0001")), "secretary")

    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert refused.json["rows"] == [{"kind": "person", "code": "D0001", "name": "白桂芳"}]


def test_after_undo_the_same_workbook_can_come_again(imported, members, clerk, upload, apply, demo_workbook):
    members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert apply(upload(demo_workbook).json["id"]).json["state"] == "applied"


def test_an_import_is_applied_once(imported, members, clerk, settle, published):
    again = members.post(f"/imports/{imported.json['id']}/apply", headers=clerk)
    imports.apply_approved(UUID("20121031-0000-7000-8000-000000000001"), UUID(imported.json["id"]))

    assert again.status_code == 409
    assert again.json["title"] == "WrongState"
    assert len(published("members.people_changed.v1")) == 6


def test_the_same_request_twice_is_one_import(members, clerk, demo_workbook, upload):
    key = str(uuid4())

    first, second = upload(demo_workbook, key=key), upload(demo_workbook, key=key)
    other = upload(workbook.written({}), key=key)

    assert first.json["id"] == second.json["id"]
    assert (other.status_code, other.json["title"]) == (422, "IdempotencyKeyReused")


def test_stop_leaves_nothing_behind(upload, demo_workbook, members, clerk, settle, count):
    import_id = upload(demo_workbook).json["id"]
    members.post(f"/imports/{import_id}/apply", headers=clerk)

    assert members.post(f"/imports/{import_id}/stop", headers=clerk).status_code == 200
    settle()

    assert members.get(f"/imports/{import_id}", headers=clerk).json["state"] == "stopped"
    assert (count("units"), count("people"), count("import_changes")) == (0, 1, 0)


def test_a_crash_half_way_leaves_nothing_and_the_work_begins_again(
    upload, demo_workbook, members, clerk, settle, count, tick, db, monkeypatch
):
    import_id = upload(demo_workbook).json["id"]

    class PowerCut(BaseException):
        """No handler sees a crash."""

    def crash(*_):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(imports.applying.writing, "heads", crash)
        members.post(f"/imports/{import_id}/apply", headers=clerk)
        with pytest.raises(PowerCut):
            settle()
    assert (count("people"), count("units")) == (1, 0)
    assert members.get(f"/imports/{import_id}", headers=clerk).json["state"] == "applying"

    db.execute(text("UPDATE members.import_batches SET touched_at = now() - interval '3 minutes'"))
    tick("members", "resume_silent_imports")
    settle()

    assert members.get(f"/imports/{import_id}", headers=clerk).json["state"] == "applied"
    assert count("people") == 598


def test_what_crashes_every_time_has_failed(upload, demo_workbook, tick, db):
    import_id = UUID(upload(demo_workbook).json["id"])
    batch = db.get(ImportBatch, import_id)
    batch.state, batch.starts, batch.touched_at = "applying", 3, now() - timedelta(minutes=3)

    tick("members", "resume_silent_imports")

    db.refresh(batch)
    assert batch.state == "failed"


def test_a_register_that_changed_since_the_check_is_checked_again(upload, apply, records, person, db):
    import_id = upload(workbook.written(records)).json["id"]
    taken = person("抢先的人")
    taken.phone, taken.phone_blind = "8610000000300", blind("8610000000300")
    db.commit()

    after = apply(import_id).json

    assert after["state"] == "checked"
    assert [(e["row"], e["code"]) for e in after["errors"]] == [(302, "phone_taken")]


def test_the_workbook_itself_is_kept_sealed_and_for_thirty_days(imported, db, tick, members, clerk):
    sealed = db.execute(text("SELECT content FROM members.import_files")).scalar_one()
    assert sealed.startswith("v1.")
    db.execute(text("UPDATE members.import_files SET keep_until = now() - interval '1 second'"))

    tick("members", "forget_what_is_over")

    assert db.scalar(select(ImportFile.import_id)) is None
    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)
    assert refused.json["title"] == "TooLongAgo"


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


def test_the_register_can_be_seen_as_it_was_in_october_2012(imported, members, clerk):
    then = members.get("/org?line=horizontal&as_of=2012-10-31", headers=clerk).json
    before = members.get("/org?line=horizontal&as_of=2012-09-30", headers=clerk).json
    vertical = members.get(f"/org?line=vertical&as_of={today()}", headers=clerk).json
    old_town = members.get("/org?line=vertical&as_of=2012-10-31", headers=clerk).json

    assert sum(node["kind"] == "unit" for node in then) == 13
    assert before == []
    assert {node["code"]: node["members_count"] for node in vertical}["B1"] == 341
    assert not any(node["code"].startswith("C9") for node in old_town)
