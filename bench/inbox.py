"""From the commit of a report to the open inbox of who must know, next to one insert with LISTEN and NOTIFY.

A squad reports trouble; its leader has the inbox open. One process asks, listens and reads one monotonic clock; at
first nothing else goes on, then other events are published at a steady rate (background.py). The clock starts when the
answer to the report is here, that is, just after its commit.

On the way: NOTIFY wakes the relay, which claims the delivery, commits and rings through Redis; Celery hands the bell to
a process of the worker, which writes the messages and commits; NOTIFY wakes the web process, which tells the stream.
What limits it is Python's time in four processes, one after the other, and one durable commit.
"""

import time
from argparse import Namespace
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from bench.background import consumed_a_second, going_on
from bench.client import Line, Refused, new_id, request
from bench.crews import Phone, now, on_their_way
from bench.measure import Result, Row, percentile, rounds
from bench.notice import Peer, peer
from bench.product import Product

PAUSE = 0.02
#: Events a second that the goal names; and, should that be more than the machine can do, the share of what it can.
GOAL, SHARE = 300, 0.6

#: What would be sent minutes later, to whoever has not read it by then, and disturb what is measured next.
FORGET = "UPDATE notify.sendings SET state = 'cancelled' WHERE state = 'queued'"


@dataclass(frozen=True)
class Sample:
    """Seconds: the report until its answer, the answer until the news, and the peer's way."""

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

    def close(self) -> None:
        self.line.socket.close()
        self.asking.socket.close()

    def _until(self, mark: bytes) -> None:
        while mark not in self.buffer:
            if not (came := self.line.socket.recv(65536)):
                raise Refused("the stream ended")
            self.buffer += came
        self.buffer = self.buffer.partition(mark)[2]


def measure(product: Product, options: Namespace) -> Result:
    leader, member = on_their_way(product, 2)
    most = consumed_a_second(product)
    kept_up_with = min(GOAL, round(SHARE * most, -1))
    with peer(product) as other:

        def among(rate: float) -> Stories:
            line = Line(product.url)
            with closing(Inbox(product.url, leader.token)) as inbox, going_on(product, rate) if rate else nullcontext():
                return Stories([_sample(inbox, line, member, other) for _ in range(options.samples)])

        among(0)
        runs = {"nothing else": 0, f"{kept_up_with:.0f} events/s": kept_up_with, f"{GOAL} events/s": GOAL}
        found = rounds(options.rounds, **{name: partial(among, rate) for name, rate in runs.items()})
    with product.postgres() as connection:
        connection.execute(FORGET)
    rows = [_row(name, found[name], share, *way) for name in runs for share in (0.5, 0.99) for way in WAYS]
    return Result(rows, _notes(options, most))


WAYS = (("from the commit", ("news",)), ("from the tap", ("asking", "news")))


def _row(among: str, found: list[Stories], share: float, since: str, names: tuple[str, ...]) -> Row:
    ours, peer = [s.of(share, *names) for s in found], [s.of(share, "peer") for s in found]
    what = f"Trouble {since} to the open inbox, with {among} beside it, p{share * 100:.0f}"
    return Row(what, "ms", ours, peer, "an insert, LISTEN and NOTIFY")


def _notes(options: Namespace, most: float) -> list[str]:
    return [
        f"{options.samples} reports a round, one at a time, {options.rounds} rounds, in turn with the peer's.",
        f"This machine consumes {most:.0f} of the other events a second when it does nothing else. What is more than "
        "that waits in line; trouble overtakes it.",
    ]


def _sample(inbox: Inbox, line: Line, phone: Phone, peer: Peer) -> Sample:
    words = f"路灯不亮 {uuid4().hex}"
    facts = {"at": now(), "shift_id": phone.shift_id, "trouble": {"kind": "lamp", "place": "东门", "words": words}}
    report = request("PUT", f"/patrol/troubles/{new_id()}", phone.token, facts)
    inbox.forget()
    begun = time.perf_counter()
    line.exchange(report)
    answered = time.perf_counter()
    news = inbox.wait_for(words[-32:])
    time.sleep(PAUSE)
    heard = peer.sample(words)
    time.sleep(PAUSE)
    return Sample(answered - begun, news - answered, heard)
