"""What every service promises its clients, whatever it is about."""

import pytest
from flask_smorest import Blueprint
from sqlalchemy import text

from shared.crypto import hashed
from shared.web import create_app

KEY = {"Idempotency-Key": "12345678"}


def test_a_route_that_does_not_say_who_may_call_it_keeps_the_service_from_starting(server):
    forgetful = Blueprint("forgetful", __name__)

    @forgetful.get("/open")
    def for_anybody():
        """Nobody thought about it."""

    with pytest.raises(RuntimeError, match=r"forgetful\.for_anybody"):
        create_app("members", forgetful)


def test_nobody_is_asked_to_sign_in_and_somebody_is_known(things, somebody, token):
    assert things.get("/who").status_code == 401
    assert things.get("/who", headers={"Authorization": "Bearer nonsense"}).status_code == 401

    assert things.get("/who", headers=token(somebody)).json == {"who": f"person:{somebody}"}


def test_a_role_is_asked_for(things, somebody, token, grant):
    me = token(somebody)
    assert things.get("/desk", headers=me).json["title"] == "Forbidden"

    grant(somebody, "secretary")  # may all that a clerk may

    assert things.get("/desk", headers=me).status_code == 200


def test_a_key_needs_the_scope(things, db):
    insert = """INSERT INTO members.api_keys (unit_id, kind, label, scopes, key, ending, created_at, created_by)
        VALUES (uuidv7(), 'live', 'x', :scopes, :key, 'abcd', now(), 'x')"""
    for name, scopes in (("jc_live_a", ["things:read"]), ("jc_live_b", [])):
        db.execute(text(insert), {"scopes": scopes, "key": hashed(name)})
    db.commit()

    assert things.get("/who", headers={"Authorization": "Bearer jc_live_a"}).status_code == 200
    assert things.get("/who", headers={"Authorization": "Bearer jc_live_b"}).status_code == 403


def test_a_foreign_page_cannot_use_the_cookie(things, somebody, token):
    things.set_cookie("sid", token(somebody)["Authorization"].removeprefix("Bearer "))

    assert things.put("/things/1").json["title"] == "CrossSite"
    ours = {"X-Requested-By": "pages"}
    assert things.put("/things/1", headers=ours | {"Sec-Fetch-Site": "cross-site"}).json["title"] == "CrossSite"
    assert things.put("/things/1", headers=ours | {"If-Match": '"v3"'}).status_code == 200


def test_a_post_that_is_sent_twice_has_one_effect_and_the_same_answer(things, somebody, token):
    me = token(somebody)
    first = things.post("/things", json={"name": "锹"}, headers=me | KEY)
    again = things.post("/things", json={"name": "锹"}, headers=me | KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_is_needed_and_belongs_to_one_request(things, somebody, token):
    me = token(somebody)
    assert things.post("/things", json={"name": "锹"}, headers=me).json["title"] == "IdempotencyKeyRequired"

    things.post("/things", json={"name": "锹"}, headers=me | KEY)

    other = things.post("/things", json={"name": "桶"}, headers=me | KEY)
    assert (other.status_code, other.json["title"]) == (422, "IdempotencyKeyReused")


def test_what_was_refused_may_be_tried_again_with_the_same_key(things, somebody, token):
    me = token(somebody)
    assert things.post("/things", json={}, headers=me | KEY).status_code == 422

    assert things.post("/things", json={"name": "锹"}, headers=me | KEY).status_code == 201


def test_an_edit_names_the_version_that_it_saw(things, somebody, token):
    me = token(somebody)

    assert things.put("/things/1", headers=me).status_code == 428
    assert things.put("/things/1", headers=me | {"If-Match": '"v2"'}).status_code == 412
    assert things.put("/things/1", headers=me | {"If-Match": '"v3"'}).status_code == 200


def test_a_problem_is_a_document(things):
    answer = things.get("/taken")

    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "/problems/taken",
        "title": "Taken",
        "status": 409,
        "detail": "Somebody has it already.",
        "by": "郭建国",
    }


def test_errors_stand_at_their_fields_as_codes(things, somebody, token):
    answer = things.post("/things", json={"name": "", "size": 10, "colour": 1}, headers=token(somebody) | KEY)

    assert answer.json["errors"] == {
        "name": [{"code": "length", "min": "1", "max": "10"}],
        "size": [{"code": "out_of_range", "min": "1", "max": "9"}],
        "colour": [{"code": "unknown_field"}],
    }


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b"null", b'"x"'])
def test_what_is_no_document_is_a_problem(things, somebody, token, body):
    answer = things.post("/things", data=body, content_type="application/json", headers=token(somebody) | KEY)

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


def test_a_wrong_method_says_which_are_right(things):
    answer = things.delete("/who")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_long_list_comes_in_pages_without_gaps_or_repeats(things, db):
    db.execute(
        text(
            "INSERT INTO members.grants (person_id, role, valid_from, granted_by)"
            " SELECT uuidv7(), 'duty', now(), 'x' FROM generate_series(1, 25)"
        )
    )
    db.commit()
    seen, cursor = [], None
    while True:
        answer = things.get("/grants", query_string={"limit": 10} | ({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in answer["items"]]
        if not (cursor := answer["next"]):
            break

    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwiYiJd", "bnVsbA"])
def test_a_cursor_that_we_did_not_make_is_an_error_at_its_field(things, cursor):
    answer = things.get("/grants", query_string={"cursor": cursor})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["cursor"])


def test_every_answer_tells_its_correlation_id_and_is_not_kept(things):
    given = {"X-Correlation-Id": "01a21454-10f1-7424-937e-6bdae45309a8"}

    answer = things.get("/taken", headers=given)

    assert answer.headers["X-Correlation-Id"] == given["X-Correlation-Id"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "'none'" in answer.headers["Content-Security-Policy"]


def test_health_and_documents_need_no_sign_in(things):
    for path in ("/healthz", "/readyz", "/openapi.json", "/docs/"):
        assert things.get(path).status_code == 200
