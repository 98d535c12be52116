"""HTTP/1.1 as far as a stand-in needs it: requests with a Content-Length, connections kept open, and rudeness."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

DRIP_SECONDS = 0.05


@dataclass(slots=True)
class Request:
    """What came in; names of headers in small letters."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def last(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass(slots=True)
class Answer:
    """What goes out. *how*: hang, close_after_accepting or drip, in place of a plain answer."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""

    def encoded(self) -> bytes:
        body = self.body if isinstance(self.body, bytes) else b"" if self.body is None else orjson.dumps(self.body)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))} | self.headers
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection(asyncio.Protocol):
    """One client. *handle* answers each request; *open_ones* holds all connections, so that they can be cut."""

    transport: asyncio.Transport

    def __init__(self, handle: Callable[[Request], Answer], open_ones: set["Connection"]) -> None:
        self.handle, self.open_ones, self.buffer = handle, open_ones, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.open_ones.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.open_ones.discard(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while request := self._next():
            self._reply(self.handle(request))

    def _next(self) -> Request | None:
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return None
        self.buffer = rest[length:]
        method, target, _ = first.split(" ", 2)
        return Request(method, target, headers, rest[:length])

    def _reply(self, answer: Answer) -> None:
        if answer.how == "hang":
            return
        if answer.how == "close_after_accepting":
            self.transport.abort()
        elif answer.how == "drip":
            self._drip(answer.encoded())
        else:
            self.transport.write(answer.encoded())

    def _drip(self, left: bytes) -> None:
        if left and not self.transport.is_closing():
            self.transport.write(left[:1])
            asyncio.get_running_loop().call_later(DRIP_SECONDS, self._drip, left[1:])
