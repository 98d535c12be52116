"""A checklist at a checkpoint: what is not in order becomes trouble, once; an old version stays what it was."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.patrol.domain.way import checks
from services.patrol.models import Check, Trouble
from shared.db import now

CLEAR = {"code": "clear", "zh": "通道畅通", "en": "The lane is clear", "kind": "ok_fail", "fail_opens": "fire_lane"}
SOCKET = {
    "code": "socket",
    "zh": "插座温度",
    "en": "Socket",
    "kind": "number",
    "high": 45,
    "fail_opens": "charging_cable",
}
DOOR = {"code": "door", "zh": "门", "en": "Door", "kind": "choice", "choices": [
    {"code": "shut", "zh": "关着", "en": "Shut"}, {"code": "open", "zh": "开着", "en": "Open", "fails": True},
]}  # fmt: skip


@pytest.fixture
def shed(checkpoint):
    return checkpoint(7, zone="C1")


@pytest.fixture
def put(patrol, token, clerk):
    """Call it to put a checklist, or its next version."""

    def put(items, places=(), code="shed", version=None, **facts):
        headers = token(clerk) | ({"If-Match": f'"v{version}"'} if version else {})
        body = {"name": "自行车棚", "items": items, "places": list(places), **facts}
        return patrol.put(f"/checklists/{code}", json=body, headers=headers)

    return put


@pytest.fixture
def answer(item, shift, shed):
    """Call it with answers for what a phone reports of the shed."""

    def answer(version=1, code="shed", **answers):
        said = [{"item": name, "value": value, "note": ""} for name, value in answers.items()]
        return item("check", shift, checkpoint_id=shed.id, check={"code": code, "version": version, "answers": said})

    return answer


def outcomes(verdicts):
    return [(verdict["outcome"], verdict["code"]) for verdict in verdicts]


def test_the_phone_has_the_checklist_of_each_checkpoint(put, shed, shift, patrol, token, walker):
    put([CLEAR, SOCKET], [shed.id])

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]

    assert [(one["code"], one["version"], len(one["items"])) for one in sheet["checklists"]] == [("shed", 1, 2)]
    assert [(stop["checklists"], stop["checked"]) for stop in sheet["checkpoints"]] == [(["shed"], [])]


def test_what_is_not_in_order_becomes_trouble_and_is_told_of_once(put, shed, answer, send, db, published, walker):
    put([CLEAR, SOCKET, DOOR], [shed.id])
    report = answer(clear="fail", socket="61.5", door="open")

    assert outcomes(send(report) + send(report)) == [("stored", None), ("duplicate", None)]

    troubles = {trouble.id: trouble for trouble in db.query(Trouble)}
    assert set(troubles) == {checks.trouble_id(report["id"], item) for item in ("clear", "socket")}
    assert {one.kind for one in troubles.values()} == {"fire_lane", "charging_cable"}
    assert {one.place for one in troubles.values()} == {shed.label}
    assert {one.words for one in troubles.values()} == {"自行车棚：通道畅通", "自行车棚：插座温度"}
    assert len(published("patrol.trouble_reported.v1")) == 2
    assert db.query(Check).one().failed == ["clear", "socket", "door"]


def test_what_is_in_order_opens_nothing_and_is_a_sign_of_life(put, shed, answer, send, db, silent, look, calmed):
    put([CLEAR, SOCKET], [shed.id])
    silent(12)
    look()

    send(answer(clear="ok", socket="20"))

    assert db.query(Trouble).count() == 0
    assert calmed() == ["苏红梅"]


def test_a_phone_that_was_without_network_answers_by_the_version_that_it_has(put, shed, answer, send, db):
    put([CLEAR], [shed.id])
    changed = put([SOCKET], [shed.id], version=1)

    assert changed.json["version"] == 2
    assert outcomes(send(answer(version=1, clear="fail"))) == [("stored", None)]
    assert db.query(Check).one().checklist.items[0]["code"] == "clear"


def test_the_same_again_is_no_new_version_and_an_edit_of_an_old_one_is_refused(put, shed):
    put([CLEAR], [shed.id])

    assert put([CLEAR], [shed.id], version=1).json["version"] == 1
    assert put([CLEAR, DOOR], [shed.id], version=1).json["version"] == 2
    assert put([DOOR], [shed.id], version=1).status_code == 412
    assert put([DOOR], [shed.id]).status_code == 428


@pytest.mark.parametrize("sql", ["UPDATE patrol.checklists SET name = 'x'", "DELETE FROM patrol.checklists"])
def test_postgres_lets_nobody_change_a_version(put, db, sql):
    put([CLEAR])

    with pytest.raises(DBAPIError, match="stays as it is"), db.begin_nested():
        db.execute(text(sql))


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"clear": "perhaps"}, "Invalid"),
        ({"socket": "warm"}, "Invalid"),
        ({"socket": "nan"}, "Invalid"),
        ({"door": "ajar"}, "Invalid"),
        ({"roof": "ok"}, "Invalid"),
        ({"version": 9, "clear": "ok"}, "UnknownChecklist"),
        ({"code": "roof", "clear": "ok"}, "UnknownChecklist"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_sinks_no_other(put, shed, answer, send, answers, code):
    put([CLEAR, SOCKET, DOOR], [shed.id])

    assert outcomes(send(answer(**answers), answer(clear="ok"))) == [("refused", code), ("stored", None)]


def test_a_check_is_of_a_checkpoint(put, item, shift, send):
    put([CLEAR])
    said = {"code": "shed", "version": 1, "answers": [{"item": "clear", "value": "ok"}]}

    assert outcomes(send(item("check", shift, check=said))) == [("refused", "Invalid")]


@pytest.mark.parametrize(
    ("items", "more", "field"),
    [
        ([], {}, "items"),
        ([CLEAR, CLEAR], {}, "items"),
        ([DOOR | {"choices": DOOR["choices"][:1]}], {}, "items"),
        ([CLEAR], {"places": [str(uuid4())]}, "places"),
        ([CLEAR], {"code": "a b"}, "code"),
        ([CLEAR], {"name": ""}, "name"),
    ],
)
def test_a_checklist_that_cannot_be_is_refused_at_its_field(put, items, more, field):
    refused = put(items, **more)

    assert refused.status_code == 422
    assert field in refused.json["errors"]


def test_the_desk_sees_what_was_checked_and_what_was_not_in_order(put, shed, answer, send, patrol, token, desk):
    put([CLEAR], [shed.id])
    good, bad = answer(clear="ok"), answer(clear="fail")
    send(good, bad)

    every = patrol.get("/checks", headers=token(desk)).json["items"]
    wrong = patrol.get("/checks?failed=1", headers=token(desk)).json["items"]

    assert {UUID(one["id"]) for one in every} == {good["id"], bad["id"]}
    assert [(UUID(one["id"]), one["failed"], one["place"]) for one in wrong] == [(bad["id"], ["clear"], shed.label)]


def test_a_checkpoint_left_out_has_a_reason_that_the_sheet_shows(shed, shift, item, send, patrol, token, walker):
    skip = item("skip", shift, now(), checkpoint_id=shed.id, skip={"reason": "locked", "note": "大门锁了"})

    assert outcomes(send(skip) + send(skip)) == [("stored", None), ("duplicate", None)]

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]
    [stop] = sheet["checkpoints"]
    assert (stop["visited_at"], stop["skipped"]["reason"], stop["skipped"]["note"]) == (None, "locked", "大门锁了")
