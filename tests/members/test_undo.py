"""An import is taken back whole, unless somebody's later work would be lost."""

from sqlalchemy import select, text

from services.members.domain import workbook
from services.members.models import ImportFile, Person
from tests.members.conftest import cells


def test_undo_takes_back_everything(imported, members, clerk, count, published):
    undone = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert undone.json["state"] == "undone"
    assert [count(table) for table in ("units", "places", "org_nodes", "memberships", "person_skills")] == [0] * 5
    assert count("people") == 1
    gone = [person for _, told in published("members.people_changed.v1") for person in told["people"]][60:]
    assert len(gone) == 60
    assert not any(person["active"] for person in gone)


def test_undo_restores_what_was_before(imported, upload, apply, records, members, clerk, db):
    before = cells(members.get("/export.xlsx", headers=clerk).data)
    for record in records["person"][20:40]:
        record |= {"unit": "U02", "skills": ("law",), "groups": (), "phone": None, "category": "retired"}
    records["node"][1] |= {"leader": records["person"][30]["number"], "deputy": None}
    records["unit"][3]["name"] = "改了名"
    records["person"].append(records["person"][0] | {"number": "D9999", "phone": "8610000009998", "name": "后来的人"})
    applied = apply(upload(workbook.written(records)).json["id"]).json
    assert applied["counts"]["changed"] == 22
    assert cells(members.get("/export.xlsx", headers=clerk).data) != before

    assert members.post(f"/imports/{applied['id']}/undo", headers=clerk).json["state"] == "undone"

    assert cells(members.get("/export.xlsx", headers=clerk).data) == before


def test_undo_does_not_lose_what_somebody_changed_since(imported, records, members, clerk, db):
    number = records["person"][30]["number"]
    person = db.scalar(select(Person).where(Person.number == number))
    person.name = "改过的人"
    db.commit()

    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert refused.status_code == 409
    assert refused.json["title"] == "ChangedSince"
    assert refused.json["rows"] == [{"kind": "person", "code": number, "name": "改过的人"}]


def test_undo_does_not_take_away_who_holds_a_role_by_now(imported, members, clerk, db, grant):
    grant(db.scalar(select(Person.id).where(Person.number == "D0001")), "secretary")

    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert refused.json["rows"] == [{"kind": "person", "code": "D0001", "name": "白桂芳"}]


def test_after_undo_the_same_workbook_can_come_again(imported, members, clerk, upload, apply, few):
    members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)

    assert apply(upload(few).json["id"]).json["state"] == "applied"


def test_the_workbook_itself_is_kept_sealed_and_for_thirty_days(imported, db, tick, members, clerk):
    sealed = db.execute(text("SELECT content FROM members.import_files")).scalar_one()
    assert sealed.startswith("v1.")
    db.execute(text("UPDATE members.import_files SET keep_until = now() - interval '1 second'"))

    tick("members", "forget_what_is_over")

    assert db.scalar(select(ImportFile.import_id)) is None
    refused = members.post(f"/imports/{imported.json['id']}/undo", headers=clerk)
    assert refused.json["title"] == "TooLongAgo"
