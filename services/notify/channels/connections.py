"""The connections to providers: kept and shared by all threads, read until a moment and no longer.

urllib3 makes them: to the address that was judged, the certificate checked.
"""

import atexit
import http.client
import io
import socket
import ssl
import time
from collections import deque
from collections.abc import Hashable
from functools import cache
from typing import Any, NamedTuple

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.wait import wait_for_read

from services.notify.channels.address import PublicOnly

PORTS = {"http": 80, "https": 443}
#: Places whose connections are kept, and how many of each.
MOST_PLACES, MOST_OF_ONE = 64, 64
#: Seconds after which a connection that nobody used is looked at, and after which it is not trusted at all: many
#: servers cut them without a word.
DOZES, RESTS = 0.05, 20.0
#: Those that rest, with the moment since when.
kept: dict[Hashable, deque[tuple[float, Any]]] = {}


class Place(NamedTuple):
    """Whom to connect to. *public_only*: a person gave us the name, so it must not lead into our own network."""

    scheme: str
    host: str
    port: int
    public_only: bool

    @property
    def name(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


class _Until(io.RawIOBase):
    """A socket that is read until a moment, however slowly its bytes drip."""

    def __init__(self, raw: Any, sock: socket.socket) -> None:
        self.raw, self.sock = raw, sock
        self.moment = time.monotonic() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class Answer(http.client.HTTPResponse):
    """An answer whose status, headers and body together must arrive within the connection's time."""

    def __init__(self, sock: socket.socket, method: str) -> None:
        super().__init__(sock, method=method)
        self.fp: Any = io.BufferedReader(_Until(self.fp.detach(), sock))


class PublicTls(PublicOnly, HTTPSConnection):
    """To addresses that people gave us."""


def connected(place: Place, seconds: float) -> HTTPConnection:
    """A connection to this place: one that rests, or a new one."""
    if resting := take(place):
        return resting
    if place.scheme == "http":
        made = HTTPConnection(place.host, place.port, timeout=seconds)
    else:
        kind = PublicTls if place.public_only else HTTPSConnection
        made = kind(place.host, place.port, timeout=seconds, ssl_context=trusted())
    made.connect()
    return made


def take(place: Hashable) -> Any:
    """What rests for this place and is still open, if there is any; it is the caller's until it is rested again."""
    resting = _resting(place)
    while resting:
        try:
            since, connection = resting.pop()
        except IndexError:  # another thread was faster
            return None
        rested = time.monotonic() - since
        if rested < DOZES or (rested < RESTS and not _was_cut(connection.sock)):
            return connection
        connection.close()
    return None


def rest(place: Hashable, connection: Any) -> None:
    """Keep this for the next request."""
    resting = _resting(place)
    if connection.sock and len(resting) < MOST_OF_ONE:
        resting.append((time.monotonic(), connection))
    else:
        connection.close()


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates we believe."""
    return ssl.create_default_context(cafile=certifi.where())


@atexit.register
def part() -> None:
    """Close all that rest."""
    while kept:
        _, resting = kept.popitem()
        for _, connection in resting:
            connection.close()


def _resting(place: Hashable) -> deque[tuple[float, Any]]:
    if place not in kept and len(kept) >= MOST_PLACES:
        part()
    return kept.setdefault(place, deque())


def _was_cut(sock: Any) -> bool:
    """Nobody speaks on a connection that rests, unless to end it."""
    return sock is None or wait_for_read(sock, timeout=0.0)
