"""Load over HTTP/1.1, from raw sockets that stay open: it must cost little beside what it measures.

Each connection is a phone: it asks, waits for the whole answer, and asks again. The connections are shared among a
few processes, each with one selector. How much processor time they used is part of the result.
"""

import json
import os
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlsplit

Requests = Callable[[int], Iterator[bytes]]

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
PROCESSES = 2
PATIENCE = 60


class Refused(Exception):
    """The product did not do what it was asked, so there is nothing to measure."""


class Closed(Refused):
    """The server has closed a connection: it was idle, or the server is gone."""


@dataclass(frozen=True)
class Load:
    """How many answers came, in how many seconds, and the processor seconds that asking cost."""

    answers: int
    seconds: float
    cost: float

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    @property
    def share(self) -> float:
        """Of one core, what the client used."""
        return self.cost / self.seconds

    def __str__(self) -> str:
        return f"{self.per_second:.0f}/s, the client used {self.share:.0%} of a core"


class Line:
    """One connection that stays open."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self.socket = socket.create_connection((place.hostname, place.port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, request: bytes) -> None:
        self.socket.sendall(request)

    def hear(self) -> bytes | None:
        """Take in what has come: the body of the answer once it is whole."""
        if not (came := self.socket.recv(65536)):
            raise Closed("the connection was closed")
        self.buffer += came
        head, end, body = self.buffer.partition(END_OF_HEAD)
        if not end or len(body) < _length(head):
            return None
        self.buffer = b""
        if not head.startswith(b"HTTP/1.1 2"):
            raise Refused((head.partition(b"\r\n")[0] + b" " + body).decode(errors="replace"))
        return body

    def exchange(self, request: bytes) -> bytes:
        """Ask, and wait for the answer."""
        self.ask(request)
        while (body := self.hear()) is None:
            pass
        return body


def request(method: str, path: str, token: str = "", body: dict | None = None) -> bytes:
    """A request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} /api{path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += [f"Idempotency-Key: {new_id()}"] if method == "POST" else []
    lines += ["Content-Type: application/json"] if content else []
    return "\r\n".join(lines).encode() + END_OF_HEAD + content


def new_id() -> str:
    """A UUIDv7, as a phone makes it."""
    number = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def load(url: str, requests: Requests, *, connections: int, seconds: float) -> Load:
    """Ask for so long over so many connections; the n-th of them asks what *requests(n)* gives."""
    fork = get_context("fork")  # so that whatever makes the requests need not travel
    processes = min(PROCESSES, connections)
    begin, found = fork.Barrier(processes), fork.SimpleQueue()

    def drive(mine: range) -> None:
        try:
            lines = {Line(url): requests(number) for number in mine}
            begin.wait(PATIENCE)
            found.put(_drive(lines, seconds))
        except Exception as error:
            begin.abort()
            found.put(Refused(f"{type(error).__name__}: {error}"))

    children = [fork.Process(target=drive, args=(range(n, connections, processes),)) for n in range(processes)]
    for child in children:
        child.start()
    return _together([found.get() for _ in children])


def _drive(lines: dict[Line, Iterator[bytes]], seconds: float) -> Load:
    """Ask until the time is over or nothing is left to ask, then wait for what was asked already."""
    cost, begun, answers, waiting = time.process_time(), time.monotonic(), 0, len(lines)
    with selectors.DefaultSelector() as selector:
        for line, requests in lines.items():
            selector.register(line.socket, selectors.EVENT_READ, (line, requests))
            line.ask(next(requests))
        while waiting:
            for key, _ in selector.select(PATIENCE) or _nothing_came():
                line, requests = key.data
                if line.hear() is None:
                    continue
                answers += 1
                more = next(requests, None) if time.monotonic() < begun + seconds else None
                if more is None:
                    waiting -= 1
                else:
                    line.ask(more)
    return Load(answers, time.monotonic() - begun, time.process_time() - cost)


def _together(parts: list[Load | Refused]) -> Load:
    for part in parts:
        if isinstance(part, Refused):
            raise part
    loads = [part for part in parts if isinstance(part, Load)]
    answers, longest = sum(load.answers for load in loads), max(load.seconds for load in loads)
    return Load(answers, longest, sum(load.cost for load in loads))


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(LENGTH)
    if not found:
        raise Refused(f"no length: {head.decode(errors='replace')}")
    return int(rest.partition(b"\r\n")[0])


def _nothing_came() -> list:
    raise Refused(f"no answer for {PATIENCE} s")
