"""An open stream of events ends when whoever reads it may not any more: at the next heartbeat."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from shared import bus, live
from shared.db import now

HELLO, STILL = b"retry: 3000\nevent: hello\ndata: {}\n\n", b": still here\n\n"


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Hearts beat fast, and nobody listens to Postgres."""
    monkeypatch.setattr(live, "HEARTBEAT", 0)
    for service in bus.SERVICES:
        monkeypatch.setattr(live.hub(service), "listener", object())


@pytest.fixture
def somebody(db):
    """Somebody on duty: their id."""
    person_id = db.execute(text("INSERT INTO members.people (name) VALUES ('赵启明') RETURNING id")).scalar_one()
    grant = "INSERT INTO members.grants (person_id, role, valid_from, granted_by) VALUES (:id, 'duty', :at, 'x')"
    db.execute(text(grant), {"id": person_id, "at": now() - timedelta(days=1)})
    db.commit()
    return person_id


@pytest.fixture
def stream(notify, patrol, token, somebody):
    """Call it to open a stream on a device of its own; what it says, and the device's headers."""
    opened = []

    def stream(path: str = "/inbox/stream"):
        headers = token(somebody)
        client = patrol if path.startswith("/board") else notify
        opened.append(client.get(path, headers=headers, buffered=False))
        said = opened[-1].iter_encoded()
        assert next(said) == HELLO
        assert next(said) == STILL
        return said, headers

    yield stream
    for answer in opened:
        answer.close()


def test_a_device_that_was_stolen_hears_nothing_once_it_is_signed_out(stream, members):
    stolen, headers = stream()
    lost = next(one["id"] for one in members.get("/me/devices", headers=headers).json["items"] if one["current"])
    at_home, mine = stream()

    assert members.delete(f"/me/devices/{lost}", headers=mine).status_code == 204

    assert list(stolen) == []
    assert next(at_home) == STILL


def test_signed_out_everywhere_every_stream_ends(stream, members):
    (one, headers), (other, _) = stream(), stream()

    members.post("/sign-out", json={"everywhere": True}, headers=headers)

    assert list(one) == list(other) == []


def test_news_keep_nobody_in(stream, members, somebody):
    said, headers = stream()
    for _ in range(live.BACKLOG):
        live.hub("notify").tell([f"inbox:{somebody}"], {"id": "x"})
    assert b"event: inbox" in next(said)

    members.post("/sign-out", json={}, headers=headers)

    assert list(said) == []


@pytest.mark.parametrize(
    "change",
    ["UPDATE members.grants SET valid_until = now()", "UPDATE members.people SET active = false"],
    ids=["the role is taken back", "the person leaves"],
)
def test_the_board_closes_for_whoever_is_not_on_duty_any_more(stream, db, change):
    said, _ = stream("/board/stream")

    db.execute(text(change))
    db.commit()

    assert list(said) == []


def test_while_postgres_is_away_streams_stay(stream, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from shared import auth

    said, _ = stream()

    def away(_service):
        raise OperationalError("", {}, Exception("away"))

    monkeypatch.setattr(auth, "session", away)

    assert next(said) == STILL
