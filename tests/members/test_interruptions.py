"""Imports that are stopped, crash, are sent twice, or meet a register that has changed."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.members.domain import imports, workbook
from services.members.models import ImportBatch
from shared.crypto import blind
from shared.db import now


def test_an_import_is_applied_once(imported, members, clerk, settle, published):
    again = members.post(f"/imports/{imported.json['id']}/apply", headers=clerk)
    imports.apply_approved(UUID("20121031-0000-7000-8000-000000000001"), UUID(imported.json["id"]))

    assert again.status_code == 409
    assert again.json["title"] == "WrongState"
    assert len(published("members.people_changed.v1")) == 1


def test_stop_leaves_nothing_behind(upload, few, members, clerk, settle, count):
    import_id = upload(few).json["id"]
    members.post(f"/imports/{import_id}/apply", headers=clerk)

    assert members.post(f"/imports/{import_id}/stop", headers=clerk).status_code == 200
    settle()

    assert members.get(f"/imports/{import_id}", headers=clerk).json["state"] == "stopped"
    assert (count("units"), count("people"), count("import_changes")) == (0, 1, 0)


def test_a_crash_half_way_leaves_nothing_and_the_work_begins_again(
    upload, few, members, clerk, settle, count, tick, db, monkeypatch
):
    import_id = upload(few).json["id"]

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
    assert count("people") == 61


def test_what_crashes_every_time_has_failed(upload, few, tick, db):
    import_id = UUID(upload(few).json["id"])
    batch = db.get(ImportBatch, import_id)
    batch.state, batch.starts, batch.touched_at = "applying", 3, now() - timedelta(minutes=3)

    tick("members", "resume_silent_imports")

    db.refresh(batch)
    assert batch.state == "failed"


def test_a_register_that_changed_since_the_check_is_checked_again(upload, apply, records, person, db):
    import_id = upload(workbook.written(records)).json["id"]
    taken = person("抢先的人")
    taken.phone = records["person"][30]["phone"]
    taken.phone_blind = blind(taken.phone)
    db.commit()

    after = apply(import_id).json

    assert after["state"] == "checked"
    assert [(e["row"], e["code"]) for e in after["errors"]] == [(33, "phone_taken")]
