"""A person's inbox, and news of it to open pages."""

import socket
import threading
import time
from contextlib import closing
from uuid import uuid4

import orjson
import psycopg
import pytest
from werkzeug.serving import make_server

from shared import live
from shared.config import config
from shared.schemas import patrol
from tests.notify.happenings import shift


@pytest.fixture
def told(person, happen, settle, standin):
    """Call it to tell somebody of as many shifts."""

    def told(count: int = 1):
        reader = person()
        for _ in range(count):
            happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id]))
        settle()
        return reader

    return told


def test_the_newest_message_comes_first_and_pages_follow_one_another(told, notify, token):
    headers = token(told(5).person_id)

    first = notify.get("/inbox?limit=3", headers=headers).json
    second = notify.get(f"/inbox?limit=3&cursor={first['next']}", headers=headers).json

    ids = [message["id"] for message in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert (len(set(ids)), second["next"]) == (5, None)


def test_a_message_that_was_read_is_counted_no_more(told, notify, token):
    headers = token(told(2).person_id)
    message = notify.get("/inbox", headers=headers).json["items"][0]

    notify.post(f"/inbox/{message['id']}/read", headers=headers)

    assert notify.get("/inbox/count", headers=headers).json == {"unread": 1, "to_answer": 0}
    assert len(notify.get("/inbox?unread=1", headers=headers).json["items"]) == 1
    assert notify.get(f"/inbox/{message['id']}", headers=headers).json["read_at"]
    notify.post("/inbox/read-all", headers=headers)
    assert notify.get("/inbox/count", headers=headers).json["unread"] == 0


def test_nobody_sees_or_touches_anothers_message(told, notify, token, anybody):
    reader = told()
    [message] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert notify.get("/inbox", headers=anybody).json["items"] == []
    for refused in (
        notify.get(f"/inbox/{message['id']}", headers=anybody),
        notify.post(f"/inbox/{message['id']}/read", headers=anybody),
        notify.post(f"/inbox/{message['id']}/answer", json={"answer": "ack"}, headers=anybody),
        notify.get(f"/inbox/{uuid4()}", headers=anybody),
    ):
        assert refused.status_code == 404


def test_without_signing_in_there_is_no_inbox(notify):
    for path in ("/inbox", "/inbox/count", "/inbox/stream", "/me/channels"):
        assert notify.get(path).status_code == 401


@pytest.mark.parametrize("bad", ["cursor=x", "limit=0", "limit=x", "unread=perhaps"])
def test_a_list_is_asked_for_properly(bad, notify, anybody):
    assert notify.get(f"/inbox?{bad}", headers=anybody).status_code == 422


def test_when_too_many_pages_listen_the_next_one_polls(notify, anybody, monkeypatch):
    monkeypatch.setenv("MAX_STREAMS", "0")
    config.cache_clear()

    refused = notify.get("/inbox/stream", headers=anybody)

    monkeypatch.undo()
    config.cache_clear()
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0


@pytest.fixture
def site(notify_app, connection):
    """notify on a port of its own."""
    server = make_server("127.0.0.1", 0, notify_app, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(5)
    hub = live.hub("notify")
    hub.stop.set()
    for channel, readers in list(hub.readers.items()):  # a stream left open would ask Postgres in the next test
        for each in list(readers):
            hub.drop(channel, each)
    live.hub.cache_clear()


def listen(port: int, headers: dict[str, str]) -> socket.socket:
    """Open the stream of an inbox, and read no more than its beginning."""
    stream = socket.create_connection(("127.0.0.1", port), timeout=10)
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lines = ["GET /inbox/stream HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    stream.sendall("\r\n".join(lines).encode())
    read_until(stream, b"hello")
    return stream


def read_until(stream: socket.socket, wanted: bytes) -> bytes:
    seen = b""
    while wanted not in seen:
        seen += stream.recv(4096) or pytest.fail(f"ended after {seen!r}")
    return seen


def test_a_page_that_never_reads_is_let_go_and_keeps_no_other_page_waiting(server, site, person, token):
    idle, eager = person("不读"), person("在读")
    with (
        closing(listen(site, token(idle.person_id))) as never_read,
        closing(listen(site, token(eager.person_id))) as stream,
        psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as postgres,
    ):
        hub = live.hub("notify")
        flood = {"to": [f"inbox:{idle.person_id}"], "news": {"id": "x" * 4000}}
        for _ in range(4000):
            postgres.execute("SELECT pg_notify('live', %s)", [orjson.dumps(flood).decode()])
            if f"inbox:{idle.person_id}" not in hub.readers:
                break
        news = {"to": [f"inbox:{eager.person_id}"], "news": {"id": "after-the-flood"}}
        postgres.execute("SELECT pg_notify('live', %s)", [orjson.dumps(news).decode()])

        assert b"event: inbox" in read_until(stream, b"after-the-flood")
        deadline = time.monotonic() + 10
        while f"inbox:{idle.person_id}" in hub.readers and time.monotonic() < deadline:
            threading.Event().wait(0.05)
        assert f"inbox:{idle.person_id}" not in hub.readers
        assert never_read.fileno() > 0


WRITE = """
    SELECT set_config('app.committee', '20121031-0000-7000-8000-000000000001', true);
    INSERT INTO notify.rules (id, code, topic, condition, audience, template, class, needs_answer, why, "on", version)
        VALUES ({id}, 'wake', 'wake', '{{}}', '[]', 'wake', 'news', false, '{{}}', true, 1);
    INSERT INTO notify.texts (event_id, rule_id, language, topic, class, title, sms_code, created_at)
        VALUES ({id}, {id}, 'zh', 'wake', 'news', 'wake', '', now());
    INSERT INTO notify.messages
        (id, event_id, rule_id, language, topic, thread, person_id, class, role, inbox, needs_answer, ring, created_at)
        SELECT notify.id_of({id}, n::text), {id}, {id}, 'zh', 'wake', {id}, gen_random_uuid(), 'news', '', true, false,
            0, now() FROM generate_series(1, 250) n;
"""
FORGET = "DELETE FROM notify.messages; DELETE FROM notify.texts; DELETE FROM notify.rules"


def test_new_messages_wake_their_readers_pages_when_they_are_committed(server):
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as postgres:
        postgres.execute("LISTEN live")
        try:
            with postgres.transaction():
                postgres.execute(WRITE.format(id=f"'{uuid4()}'::uuid"))
            news = [orjson.loads(each.payload) for each in postgres.notifies(timeout=2, stop_after=3)]
        finally:
            postgres.execute(FORGET)

    woken = [channel for each in news for channel in each["to"]]
    assert len(news) == 3
    assert len(set(woken)) == 250
    assert all(channel.startswith("inbox:") for channel in woken)
