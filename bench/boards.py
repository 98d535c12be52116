"""From a check-in until two hundred open boards show it, next to one board in the same run.

Each board is what the page is: a stream of news, and a connection on which it asks when there is some, one question at
a time. All of them ask at once, after the same news. What limits it is Python's time in the one web process: asking who
asks, for each board, and sending the answer; the state itself is made once for all boards of a committee.
"""

import selectors
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from bench.client import PATIENCE, Closed, Line, Refused, new_id, request
from bench.crews import Phone, on_their_way
from bench.measure import Result, Row, percentile, rounds
from bench.product import Product
from shared.live import HEARTBEAT

MANY = 200
#: What a phone reports lies behind it; what lies before us, by however little, is put back to our clock.
PASSED = timedelta(seconds=1)
#: Seconds after which the server has noticed that a stream's reader has gone: it speaks at least so often.
NOTICED = HEARTBEAT + 1
#: Seconds until Postgres has counted what was read.
STATISTICS_LATE = 2
SKIPS_READ: LiteralString = """
    SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables
    WHERE schemaname = 'patrol' AND relname = 'skips'
"""


class Board:
    """A page that is open: it hears of news, asks, and asks again if there was more news meanwhile."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.stream, self.asking = url, Line(url), Line(url)
        self.question = request("GET", "/patrol/board", token)
        self.busy = self.again = False
        self.stream.ask(request("GET", "/patrol/board/stream", token))
        self.heard = b""
        while b"event: hello" not in self.heard:
            self._take_in()
            if not self.heard.startswith(b"HTTP/1.1 2"):
                raise Refused(self.heard.decode(errors="replace"))
        self.heard = b""

    def hear(self) -> None:
        """Something came on the stream."""
        self._take_in()
        if b"event: board" not in self.heard:
            return
        self.heard = b""
        self.again = self.busy
        if not self.busy:
            self._ask()

    def answer(self) -> bytes | None:
        """Something came of the answer: the state, once it is whole."""
        if (state := self.asking.hear()) is None:
            return None
        self.busy = False
        if self.again:
            self._ask()
        return state

    def connect_again(self) -> None:
        """As a browser does when the server has closed what was idle; what was asked is asked once more."""
        self.asking.socket.close()
        self.asking = Line(self.url)
        if self.busy:
            self.asking.ask(self.question)

    def close(self) -> None:
        self.stream.socket.close()
        self.asking.socket.close()

    def _ask(self) -> None:
        self.busy, self.again = True, False
        self.asking.ask(self.question)

    def _take_in(self) -> None:
        if not (came := self.stream.socket.recv(65536)):
            raise Refused("the stream ended")
        self.heard += came


@dataclass(frozen=True)
class Wall:
    """All the boards that are open, on one selector."""

    boards: list[Board]
    selector: selectors.BaseSelector

    def wait_for(self, mark: bytes) -> float:
        """The moment at which the last board has a state with this in it, and all are quiet."""
        behind = set(range(len(self.boards)))
        last = 0.0
        while behind or any(board.busy for board in self.boards):
            for key, _ in self.selector.select(PATIENCE) or _nothing_came():
                number, act = key.data
                try:
                    state = act()
                except Closed:
                    self._connect_again(key)
                    continue
                if state is not None and mark in state and number in behind:
                    behind.remove(number)
                    last = time.perf_counter()
        return last

    def _connect_again(self, key: selectors.SelectorKey) -> None:
        board = self.boards[key.data[0]]
        if key.fileobj is not board.asking.socket:
            raise Refused("the stream ended")
        self.selector.unregister(key.fileobj)
        board.connect_again()
        self.selector.register(board.asking.socket, selectors.EVENT_READ, key.data)


@contextmanager
def open_boards(url: str, token: str, many: int) -> Iterator[Wall]:
    boards = [Board(url, token) for _ in range(many)]
    with selectors.DefaultSelector() as selector:
        for number, board in enumerate(boards):
            selector.register(board.stream.socket, selectors.EVENT_READ, (number, board.hear))
            selector.register(board.asking.socket, selectors.EVENT_READ, (number, board.answer))
        yield Wall(boards, selector)
    for board in boards:
        board.close()
    time.sleep(NOTICED)


def measure(product: Product, options: Namespace) -> Result:
    phone, *_ = on_their_way(product, 2)
    token = product.clerk()
    samples = max(3, options.samples // 10)
    made: list[float] = []

    def among(many: int) -> float:
        """The median of the seconds from the answer to a check-in until all boards show it, in milliseconds."""
        with open_boards(product.url, token, many) as wall:
            _sample(product, wall, phone)
            before = _states_made(product)
            found = [_sample(product, wall, phone) for _ in range(samples)]
            if many == MANY:
                made.append((_states_made(product) - before) / samples)
        return 1000 * percentile(found, 0.5)

    found = rounds(options.rounds, one=lambda: among(1), many=lambda: among(MANY))
    row = Row(
        f"A check-in until all of {MANY} open boards show it, p50", "ms", found["many"], found["one"], "one board"
    )
    return Result([row], list(_notes(samples, options, made)))


def _sample(product: Product, wall: Wall, phone: Phone) -> float:
    at = (datetime.now(UTC) - PASSED).isoformat(timespec="microseconds")
    stop = phone.stops[0]
    report = {"shift_id": phone.shift_id, "checkpoint_id": stop["id"], "at": at, "lat": stop["lat"], "lon": stop["lon"]}
    line = Line(product.url)
    line.exchange(request("PUT", f"/patrol/check-ins/{new_id()}", phone.token, report))
    begun = time.perf_counter()
    line.socket.close()
    return wall.wait_for(at[:26].encode()) - begun


def _states_made(product: Product) -> int:
    """How often the board was made so far: only that reads who left out a checkpoint on these shifts."""
    time.sleep(STATISTICS_LATE)
    return product.value(SKIPS_READ)


def _notes(samples: int, options: Namespace, made: list[float]) -> Iterator[str]:
    yield f"{samples} check-ins a round, one after the other, {options.rounds} rounds. The boards are of one committee."
    yield "The clock starts with the answer to the check-in and stops when the last board has the whole new state."
    yield f"States that were made for a check-in, for all {MANY} boards together: {max(made):.1f}; each is 12 queries."


def _nothing_came() -> list:
    raise Refused(f"no board heard anything for {PATIENCE} s")
