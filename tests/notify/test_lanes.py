"""How many at once, to whom."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Barrier, Event, Lock, Thread
from uuid import uuid4

import pytest

from services.notify.channels import Outgoing
from services.notify.domain.envelopes import Letter
from services.notify.domain.lanes import PER_HOST, send_all
from shared.db import now
from tests.standin.push import subscription


class Crowded(BaseHTTPRequestHandler):
    """A server that answers when as many ask at once as it waits for; it counts how many were there."""

    protocol_version = "HTTP/1.1"
    lock, inside, most = Lock(), 0, 0
    gate: Barrier
    end = Event()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._enter(+1)
        self.gate.wait(10)
        self.end.wait(0.2)  # for one too many
        self._enter(-1)
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _enter(self, step):
        with self.lock:
            type(self).inside += step
            type(self).most = max(self.most, self.inside)

    def log_message(self, *_):
        """Nobody reads it."""


@pytest.fixture
def push_service():
    Crowded.inside = Crowded.most = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Crowded) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def letters(channel, address, many, **facts):
    common = {"channel": channel, "address_id": None, "priority": 3, "critical": False, "attempts": 1} | facts
    return [Letter(id=uuid4(), address=address, outgoing=news(), expires_at=now(), **common) for _ in range(many)]


def news():
    return Outgoing(message_id=uuid4(), title="通知", body="", urgency="news", expires_in=60)


@pytest.mark.parametrize("connections", [2, 6])
def test_a_push_service_is_asked_by_as_many_at_once_as_the_setting_says(connections, push_service, gateway):
    Crowded.gate = Barrier(connections)
    ours = replace(gateway, push_connections=connections, timeout=20)

    with ThreadPoolExecutor(16) as pool:
        address = subscription("x", push_service)
        outcomes = send_all(letters("web_push", address, 12), ours, pool, until=time.monotonic() + 60, silent=set())

    assert {outcome.verdict for outcome in outcomes.values()} == {"delivered"}
    assert Crowded.most == connections


def test_a_units_server_is_asked_by_few_at_once(push_service, gateway):
    Crowded.gate = Barrier(PER_HOST)
    hook = {"url": f"{push_service}/hook", "secret": "whsec_c2VjcmV0"}

    with ThreadPoolExecutor(16) as pool:
        patient = replace(gateway, timeout=20)
        outcomes = send_all(letters("webhook", hook, 12), patient, pool, until=time.monotonic() + 60, silent=set())

    assert {outcome.verdict for outcome in outcomes.values()} == {"delivered"}
    assert Crowded.most == PER_HOST


def test_what_can_wait_does_not_wait_for_a_host_that_did_not_answer(standin, gateway):
    silent: set[str] = set()
    well = {"email": "wang@example.org"}
    slow = standin.new_phone()
    standin.behave("web_push", "*", "hang")

    def batch(**facts):
        sent = [*letters("web_push", slow, 3, **facts), *letters("email", well, 1)]
        with ThreadPoolExecutor(16) as pool:
            outcomes = send_all(sent, gateway, pool, until=time.monotonic() + 60, silent=silent)
        return [outcomes[letter.id].verdict for letter in sent]

    asked = [len(standin.asked)]
    for facts in ({}, {}, {"critical": True}):
        assert batch(**facts) == ["later", "later", "later", "delivered"]
        asked.append(len(standin.asked))

    assert [after - before for before, after in pairwise(asked)] == [3, 0, 3]
