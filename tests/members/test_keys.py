"""Keys of the units' software: shown once, rotated, revoked at once."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.db import now
from tests.members.conftest import KEY

WISH = {"kind": "live", "label": "操场大屏", "scopes": ["activities:write", "people:read"]}


@pytest.fixture
def u02(unit):
    return unit("U02", "体工二大队党支部")


@pytest.fixture
def officer(signed_in, u02):
    return signed_in("liaison", unit=u02, name="刘志远")


def make(members, unit, headers, *, key="request-1", **wish):
    return members.post(f"/units/{unit.id}/keys", json={**WISH, **wish}, headers={**headers, KEY: key})


def bearer(answer) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json['key']}"}


def test_a_key_is_shown_once_and_lets_its_unit_in(members, u02, officer, person):
    mine, foreign = person("自己人", unit=u02), person("别人")

    made = make(members, u02, officer)
    listed = members.get(f"/units/{u02.id}/keys", headers=officer).json

    assert made.status_code == 201
    assert made.json["key"].startswith("jc_live_")
    assert len(made.json["key"]) >= 8 + 43
    assert "key" not in listed[0]
    assert listed[0]["ending"] == made.json["key"][-4:]
    seen = members.get("/people", headers=bearer(made)).json["items"]
    assert str(mine.id) in {item["id"] for item in seen}
    assert str(foreign.id) not in {item["id"] for item in seen}
    assert members.get(f"/people/{foreign.id}", headers=bearer(made)).status_code == 404


def test_the_same_request_twice_makes_one_key_and_shows_the_same(members, u02, officer, count):
    first, second = make(members, u02, officer), make(members, u02, officer)
    other = make(members, u02, officer, key="request-2")

    assert first.json == second.json
    assert first.json["key"] != other.json["key"]
    assert count("api_keys") == 2
    reused = make(members, u02, officer, kind="test")
    assert (reused.status_code, reused.json["title"]) == (409, "KeyAlreadyShown")
    reused = make(members, u02, officer, label="别的")
    assert (reused.status_code, reused.json["title"]) == (422, "IdempotencyKeyReused")


def test_an_hour_later_a_key_is_not_shown_again(members, u02, officer, db):
    make(members, u02, officer)
    db.execute(text("UPDATE members.api_keys SET created_at = now() - interval '61 minutes'"))
    db.commit()

    assert make(members, u02, officer).json["title"] == "KeyAlreadyShown"


def test_somebody_elses_request_of_the_same_name_is_another_key(members, u02, officer, clerk):
    assert make(members, u02, officer).json["key"] != make(members, u02, clerk).json["key"]


def test_no_key_stands_anywhere_in_clear(members, u02, officer, db):
    key = make(members, u02, officer).json["key"]
    everything = [
        *db.execute(text("SELECT k::text FROM members.api_keys k")).scalars(),
        *db.execute(text("SELECT i::text || encode(coalesce(body, ''), 'escape') FROM bus.idempotency i")).scalars(),
        *db.execute(text("SELECT e::text FROM bus.events e")).scalars(),
    ]

    assert not [row for row in everything if key in row or key.removeprefix("jc_live_") in row]


def test_a_revoked_key_opens_nothing_from_that_moment(members, u02, officer):
    made = make(members, u02, officer)
    assert members.get("/people", headers=bearer(made)).status_code == 200

    assert members.delete(f"/keys/{made.json['id']}", headers=officer).status_code == 204

    refused = members.get("/people", headers=bearer(made))
    assert (refused.status_code, refused.json["title"]) == (401, "Unauthenticated")


def test_an_expired_key_opens_nothing(members, u02, officer, db):
    made = make(members, u02, officer, expires_at=(now() + timedelta(hours=1)).isoformat())
    assert members.get("/people", headers=bearer(made)).status_code == 200
    db.execute(text("UPDATE members.api_keys SET expires_at = now() - interval '1 second'"))
    db.commit()

    assert members.get("/people", headers=bearer(made)).status_code == 401


def test_rotation_ends_the_old_key_now_or_after_an_overlap(members, u02, officer, db):
    old = make(members, u02, officer)
    path = f"/keys/{old.json['id']}/rotate"

    new = members.post(path, json={"overlap_hours": 2}, headers={**officer, KEY: "rotate-1"})
    again = members.post(path, json={"overlap_hours": 2}, headers={**officer, KEY: "rotate-1"})

    assert new.json["key"] == again.json["key"] != old.json["key"]
    assert new.json["scopes"] == old.json["scopes"]
    assert members.get("/people", headers=bearer(old)).status_code == 200
    newest = members.post(f"/keys/{new.json['id']}/rotate", json={}, headers={**officer, KEY: "rotate-2"})
    assert members.get("/people", headers=bearer(new)).status_code == 401
    assert members.get("/people", headers=bearer(newest)).status_code == 200
    db.execute(text("UPDATE members.api_keys SET revoked_at = now() WHERE id = :id"), {"id": old.json["id"]})
    db.commit()
    refused = members.post(path, json={}, headers={**officer, KEY: "rotate-3"})
    assert (refused.status_code, refused.json["title"]) == (409, "KeyRevoked")


def test_a_key_may_do_what_its_scopes_say_and_nothing_else(members, u02, officer):
    made = make(members, u02, officer, scopes=["activities:write"])

    refused = members.get("/people", headers=bearer(made))

    assert (refused.status_code, refused.json["scope"]) == (403, "people:read")
    assert members.get("/me", headers=bearer(made)).status_code == 403
    assert members.get(f"/units/{u02.id}/keys", headers=bearer(made)).status_code == 403


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "eternal"},
        {"scopes": []},
        {"scopes": ["people:write"]},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"label": "x" * 81},
    ],
)
def test_wishes_that_make_no_key(members, u02, officer, wish):
    assert make(members, u02, officer, **wish).status_code == 422


def test_an_officer_keeps_the_keys_of_their_own_unit_only(members, u02, officer, unit, signed_in, clerk):
    foreign = unit("U03")
    made = make(members, foreign, clerk)

    assert make(members, foreign, officer).status_code == 404
    assert members.get(f"/units/{foreign.id}/keys", headers=officer).status_code == 404
    assert members.delete(f"/keys/{made.json['id']}", headers=officer).status_code == 404
    assert (
        members.post(f"/keys/{made.json['id']}/rotate", json={}, headers={**officer, KEY: "12345678"}).status_code
        == 404
    )
    assert make(members, u02, signed_in(None, unit=u02)).status_code == 403


def test_a_key_without_a_request_key_is_not_made(members, u02, officer):
    refused = members.post(f"/units/{u02.id}/keys", json=WISH, headers=officer)

    assert (refused.status_code, refused.json["title"]) == (400, "IdempotencyKeyRequired")


def test_when_a_key_was_last_used_is_known_to_ten_minutes(members, u02, officer):
    made = make(members, u02, officer)
    assert made.json["last_used_at"] is None

    members.get("/people", headers=bearer(made))

    assert members.get(f"/units/{u02.id}/keys", headers=officer).json[0]["last_used_at"]
