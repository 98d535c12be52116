"""The audit log as the secretary reads it."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.shared.chain import verified


@pytest.fixture
def secretary(db, grant, token):
    """The headers of somebody who may do everything, and their id."""
    person_id = db.execute(text("INSERT INTO members.people (name) VALUES ('白桂芳') RETURNING id")).scalar_one()
    grant(person_id, "secretary")
    return person_id, token(person_id)


def test_the_secretary_reads_who_did_what(members, db, secretary):
    me, headers = secretary
    somebody = db.execute(text("INSERT INTO members.people (name) VALUES ('赵启明') RETURNING id")).scalar_one()
    wish = {"person_id": str(somebody), "role": "clerk"}
    given = members.post("/grants", json=wish, headers={**headers, "Idempotency-Key": "give-once"})
    members.post("/grants", json=wish, headers={**headers, "Idempotency-Key": "give-once"})
    members.get(f"/people/{me}", headers=headers)
    members.get(f"/people/{somebody}", headers=headers)
    members.delete(f"/grants/{given.json['id']}", headers=headers)
    members.delete(f"/grants/{uuid4()}", headers=headers)

    log = members.get("/audit", headers=headers).json["items"]

    assert [(entry["seq"], entry["action"]) for entry in log] == [
        (3, "members.grant_taken_back"),
        (2, "members.person_read_in_full"),
        (1, "members.grant_given"),
    ]
    assert {entry["actor"] for entry in log} == {f"person:{me}"}
    assert log[2]["facts"] == {"person_id": str(somebody), "role": "clerk"}
    assert log[2]["correlation_id"] == given.headers["X-Correlation-Id"]
    assert verified() == []


def test_the_log_is_asked_for_by_person_act_and_day_and_page_by_page(members, chain, secretary, db):
    me, headers = secretary
    members.get("/export.xlsx", headers=headers)
    today = db.execute(text("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")).scalar_one()

    def seen(**asked):
        return [entry["seq"] for entry in members.get("/audit", query_string=asked, headers=headers).json["items"]]

    assert seen(person=me) == seen(action="members.register_exported") == [13]
    assert seen(action="members.tested") == seen(day=today, action="members")[1:] == list(range(12, 0, -1))
    assert seen(day="2020-01-01") == seen(action="patrol") == []
    first = members.get("/audit?limit=10", headers=headers).json
    assert seen(limit=10, cursor=first["next"]) == [3, 2, 1]


@pytest.mark.parametrize("asked", ["day=gestern", "person=1", "action=x'y", "limit=0", "cursor=x"])
def test_a_strange_question_to_the_log_is_refused(members, secretary, asked):
    assert members.get(f"/audit?{asked}", headers=secretary[1]).status_code == 422


def test_nobody_else_reads_the_log(members, db, grant, token):
    clerk = db.execute(text("INSERT INTO members.people (name) VALUES ('赵启明') RETURNING id")).scalar_one()
    grant(clerk, "clerk")

    assert members.get("/audit", headers=token(clerk)).status_code == 403
    assert members.get("/audit").status_code == 401
