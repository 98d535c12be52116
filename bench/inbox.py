"""From the commit of a report to the open inbox of who must know, next to a bare round trip through HTTP and Redis.

A squad reports trouble; its leader has the inbox open. One process asks, listens and reads one monotonic clock, and
nothing else goes on. The clock starts when the answer to the report is here, that is, just after its commit.

On the way: NOTIFY wakes the relay, which claims the delivery, commits and rings through Redis; the worker writes the
messages and commits; NOTIFY wakes the web process, which tells the stream. Two durable commits and four processes are
what limits it. The peer is what no such product can do without: a request to the same web server (healthz), then a
list in the same Redis there and back to a process that waits for it.
"""

import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from uuid import uuid4

import redis

from bench.client import Line, Refused, new_id, request
from bench.crews import Phone, now, on_their_way
from bench.measure import Result, Row, percentile, rounds
from bench.product import Product
from shared.config import config

PAUSE = 0.02
THERE, BACK = "bench:there", "bench:back"
HEALTHZ = request("GET", "/patrol/healthz")

#: What would be sent minutes later, to whoever has not read it by then, and disturb what is measured next.
FORGET = "UPDATE notify.sendings SET state = 'cancelled' WHERE state = 'queued'"


@dataclass(frozen=True)
class Sample:
    """Seconds: the report until its answer, the answer until the news, and the peer's round trip."""

    asking: float
    news: float
    peer: float


@dataclass
class Stories:
    """The samples of a round."""

    samples: list[Sample]

    def of(self, share: float, *names: str) -> float:
        """A percentile, in milliseconds, of the sum of these."""
        return 1000 * percentile([sum(getattr(s, name) for name in names) for s in self.samples], share)

    def __str__(self) -> str:
        return f"p50 {self.of(0.5, 'news'):.1f} ms, p99 {self.of(0.99, 'news'):.1f} ms, peer {self.of(0.5, 'peer'):.2f}"


class Inbox:
    """An inbox that its reader has open: the stream of news."""

    def __init__(self, url: str, token: str) -> None:
        self.line, self.token, self.buffer = Line(url), token, b""
        self.asking = Line(url)
        self.line.ask(request("GET", "/notify/inbox/stream", token))
        self._until(b"event: hello")

    def forget(self) -> None:
        """Let go of what has come."""
        self.line.socket.setblocking(False)
        try:
            while self.line.socket.recv(65536):
                pass
        except BlockingIOError:
            self.buffer = b""
        self.line.socket.settimeout(60)

    def wait_for(self, words: str) -> float:
        """The moment of the news after which the newest message is the one with these words."""
        while True:
            self._until(b"event: inbox")
            at = time.perf_counter()
            newest = self.asking.exchange(request("GET", "/notify/inbox?limit=1", self.token))
            if words.encode() in newest:
                return at

    def _until(self, mark: bytes) -> None:
        while mark not in self.buffer:
            if not (came := self.line.socket.recv(65536)):
                raise Refused("the stream ended")
            self.buffer += came
        self.buffer = self.buffer.partition(mark)[2]


def measure(product: Product, options: Namespace) -> Result:
    leader, member = on_their_way(product, 2)
    inbox, line = Inbox(product.url, leader.token), Line(product.url)
    with redis.Redis.from_url(config().redis_url) as broker, _other_end():

        def round() -> Stories:
            return Stories([_sample(inbox, line, member, broker) for _ in range(options.samples)])

        _sample(inbox, line, member, broker)
        found = rounds(options.rounds, inbox=round)["inbox"]
    with product.postgres() as connection:
        connection.execute(FORGET)
    return Result([_row(found, share, *rest) for share in (0.5, 0.99) for rest in WAYS], [_note(options)])


WAYS = (("from the commit to the open inbox", ("news",)), ("from the tap to the open inbox", ("asking", "news")))


def _row(found: list[Stories], share: float, what: str, names: tuple[str, ...]) -> Row:
    ours, peer = [s.of(share, *names) for s in found], [s.of(share, "peer") for s in found]
    return Row(f"Trouble, {what}, p{share * 100:.0f}", "ms", ours, peer, "HTTP and Redis, there and back")


def _note(options: Namespace) -> str:
    return f"{options.samples} reports a round, one at a time, {options.rounds} rounds, in turn with the peer's."


def _sample(inbox: Inbox, line: Line, phone: Phone, broker: redis.Redis) -> Sample:
    words = f"路灯不亮 {uuid4().hex}"
    facts = {"at": now(), "shift_id": phone.shift_id, "trouble": {"kind": "lamp", "place": "东门", "words": words}}
    report = request("PUT", f"/patrol/troubles/{new_id()}", phone.token, facts)
    inbox.forget()
    begun = time.perf_counter()
    line.exchange(report)
    answered = time.perf_counter()
    news = inbox.wait_for(words[-32:])
    time.sleep(PAUSE)
    peer = time.perf_counter()
    line.exchange(HEALTHZ)
    broker.lpush(THERE, "x")
    broker.brpop([BACK], 60)
    back = time.perf_counter()
    time.sleep(PAUSE)
    return Sample(answered - begun, news - answered, back - peer)


@contextmanager
def _other_end() -> Iterator[None]:
    """A second process that sends back what comes."""

    def echo() -> None:
        with redis.Redis.from_url(config().redis_url) as broker:
            while True:
                if came := broker.brpop([THERE], 5):
                    broker.lpush(BACK, came[1])

    process = get_context("fork").Process(target=echo, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()
