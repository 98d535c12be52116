"""One message to many people, on a local stand-in for push services, next to a bare loop of the same requests.

Ours is the whole way: the event, a message and a sending for each member, claimed in batches, opened, sealed for each
browser, sent, and written down as sent. The peer does only what cannot be left out: the same sealing by pywebpush and
the same requests over kept connections, in one process with as many threads. What limits both is Python: one process
sends what is not an alarm, and sealing is its work; the stand-in, which counts and does not open, has the other core.
All recipients use one push service here; with four, four times as many connections would be open.
"""

import http.client
import subprocess
import sys
import time
from argparse import Namespace
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import orjson
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from pywebpush import WebPusher

from bench.client import Refused
from bench.measure import Result, Row, rounds
from bench.memory import of_process
from bench.product import Product
from bench.recipients import make, publish_to_all, subscriptions
from services.notify.domain.lanes import PER_HOST

#: The bare loop is as steady as it is dull: so many tell its speed.
MOST_OF_PEER = 5_000
PATIENCE = 1800
STATES = """
    SELECT (SELECT count(*) FROM notify.messages WHERE event_id = %(event)s),
           (SELECT count(*) FROM notify.sendings WHERE event_id = %(event)s AND state = 'sent'),
           (SELECT count(*) FROM notify.sendings WHERE event_id = %(event)s AND state IN ('gave_up', 'unknown'))
"""


@dataclass
class Told:
    """How a message reached everybody: seconds until it lay in all inboxes, and was sent to all; the worker's MB."""

    inboxes: float
    sent: float
    before: float
    most: float

    def __str__(self) -> str:
        return (
            f"in all inboxes {self.inboxes:.1f} s, sent {self.sent:.1f} s, worker {self.before:.0f}–{self.most:.0f} MB"
        )


def measure(product: Product, options: Namespace) -> Result:
    many = options.recipients
    with _stand_in() as service:
        committee = make(product, many, [service])
        few = subscriptions(min(many, MOST_OF_PEER), [service])
        found = rounds(options.fan_outs, ours=lambda: _tell(product, committee, many), bare=lambda: _bare_loop(few))
        _check(service, options.fan_outs * (many + len(few)))
    slowest = max(told.inboxes for told in found["ours"])
    notes = [
        f"In all {many:,} inboxes after {slowest:.1f} s (the slowest round).",
        f"{options.fan_outs} rounds; the bare loop sends {len(few):,} with {PER_HOST} threads.",
    ]
    return Result(_rows(many, found["ours"], found["bare"]), notes)


def _rows(many: int, ours: list[Told], bare: list[float]) -> list[Row]:
    took, peer_is = [told.sent for told in ours], "a bare loop of the same requests"
    most, before = [told.most for told in ours], [told.before for told in ours]
    return [
        Row(f"From the commit until {many:,} pushes are sent", "s", took, [many / rate for rate in bare], peer_is),
        Row("Pushes", "/s", [many / seconds for seconds in took], bare, peer_is),
        Row("Memory of the worker, at most", "MB", most, before, "the worker before"),
    ]


def _check(service: str, sent: int) -> None:
    """What was sent did come; the stand-in remembers no more than 200,000."""
    came = requests.get(f"{service}/_received", params={"channel": "web_push"}, timeout=60).json()["count"]
    if came < min(200_000, sent):
        raise Refused(f"{came} pushes came, {sent} were sent")


def _tell(product: Product, committee: UUID, many: int) -> Told:
    worker = product.stack.pids("celery")
    before = most = sum(map(of_process, worker))
    begun, inboxes = time.monotonic(), 0.0
    event = publish_to_all(committee)
    with product.postgres() as owner:
        while time.monotonic() < begun + PATIENCE:
            written, sent, lost = owner.execute(STATES, {"event": event}).fetchone()  # type: ignore[misc]
            elapsed = time.monotonic() - begun
            inboxes = inboxes or (elapsed if written == many else 0.0)
            if lost:
                raise Refused(f"{lost} sendings failed for good")
            if sent == many:
                return Told(inboxes, elapsed, before, most)
            most = max(most, sum(map(of_process, worker)))
            time.sleep(0.2 if many <= 10_000 else 2)
    raise Refused(f"{sent} of {many} sent after {PATIENCE} s")


def _bare_loop(browsers: list[dict]) -> float:
    """Pushes a second without anything around them."""
    place = urlsplit(browsers[0]["endpoint"])
    headers = _headers(f"http://{place.netloc}")

    def drive(mine: list[dict]) -> None:
        line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        for browser in mine:
            sealed = WebPusher(browser).encode(CONTENT)["body"]
            line.request("POST", urlsplit(browser["endpoint"]).path, sealed, headers)
            answer = line.getresponse()
            answer.read()
            if answer.status != 201:
                raise Refused(f"HTTP {answer.status}")

    begun = time.monotonic()
    with ThreadPoolExecutor(PER_HOST) as pool:
        list(pool.map(drive, [browsers[n::PER_HOST] for n in range(PER_HOST)]))
    return len(browsers) / (time.monotonic() - begun)


def _headers(origin: str) -> dict[str, str]:
    claims = {"sub": "mailto:duty@example.org", "aud": origin, "exp": int(time.time()) + 3600}
    signed = Vapid02(ec.generate_private_key(ec.SECP256R1())).sign(claims)["Authorization"]
    topic = urlsafe_b64encode(uuid4().bytes).rstrip(b"=").decode()
    return {"Authorization": signed, "Content-Encoding": "aes128gcm", "TTL": "60", "Urgency": "low", "Topic": topic}


#: As long as what we push.
CONTENT = orjson.dumps(
    {
        "id": uuid4(),
        "title": "社区健身日",
        "body": "体工二大队党支部 明天 19:00 在体工二大队操场举办，欢迎参加。",
        "link": f"http://127.0.0.1:8000/activities/{uuid4()}",
        "tag": uuid4(),
        "urgency": "news",
        "actions": [],
    }
)


@contextmanager
def _stand_in() -> Iterator[str]:
    """A push service in a process of its own, that counts pushes without opening them."""
    command = [sys.executable, "-m", "tests.standin", "--no-decrypt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield running.stdout.readline().split()[1].rstrip("/")
        finally:
            running.terminate()
