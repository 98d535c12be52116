"""One request to a provider and what it answered: never longer than its time, never more than 64 kB."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead, InvalidURL
from typing import Any
from urllib.parse import urlencode

import orjson
from urllib3.exceptions import HTTPError, LocationValueError
from urllib3.util import parse_url

from services.notify.channels.address import Refused
from services.notify.channels.connections import PORTS, Answer, Place, connected, rest
from services.notify.channels.outgoing import Gateway

MOST_BYTES = 64 * 1024
CONNECT_SECONDS = 3.0
#: An address about which no two readers can be of two minds.
PLAIN = re.compile(r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::([1-5]?[0-9]{1,4}))?(/[A-Za-z0-9/._~:=-]*)?")
WHO = {"User-Agent": "joint-committee", "Accept-Encoding": "identity"}
AS_JSON = {"Content-Type": "application/json"}


class Unanswered(Exception):
    """No answer that we could read. *reached*: the provider may have done what we asked."""

    def __init__(self, why: str, *, reached: bool) -> None:
        super().__init__(why)
        self.reached = reached


@dataclass(frozen=True)
class Reply:
    """What a provider answered; the names of headers in any case."""

    status: int
    headers: Any
    body: bytes

    def json(self) -> dict[str, Any]:
        """The object in the body. An answer that cannot be read is none."""
        try:
            found = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise Unanswered(f"HTTP {self.status} unreadable", reached=True)
        return found

    def errcode(self) -> tuple[int, str]:
        """WeCom's and DingTalk's own verdict, which HTTP's status does not tell: the code and the words."""
        answer = self.json()
        if not isinstance(answer.get("errcode"), int):
            raise Unanswered(f"HTTP {self.status} without errcode", reached=True)
        return answer["errcode"], str(answer.get("errmsg", ""))


def call(
    method: str,
    url: str,
    gateway: Gateway,
    *,
    given: bool = False,
    params: Mapping[str, str] | None = None,
    json: Any = None,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Ask a provider. *given*: the address came from a person, so it must be public. No redirect is followed."""
    place, target = _found(url, public_only=given and not gateway.allow_private)
    if params:
        target += ("&" if "?" in target else "?") + urlencode(params)
    if json is not None:
        data, headers = orjson.dumps(json), {**AS_JSON, **(headers or {})}
    with _heard(reached=False):
        asked = _put(method, target, data, {"Host": place.name, **WHO, **(headers or {})})
        connection = connected(place, min(CONNECT_SECONDS, gateway.timeout))
    try:
        connection.sock.settimeout(gateway.timeout)
        with _heard(reached=True):
            connection.sock.sendall(asked)
            reply, again = _read(Answer(connection.sock, method))
    except BaseException:
        connection.close()
        raise
    if again:
        rest(place, connection)
    else:
        connection.close()
    return reply


def _put(method: str, target: str, data: bytes | None, headers: Mapping[str, str]) -> bytes:
    """A request in one piece. Python and its libraries make several, and each lets another thread cut in."""
    length = {} if data is None and method == "GET" else {"Content-Length": str(len(data or b""))}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in {**headers, **length}.items())]
    head = "\r\n".join(lines)
    if head.count("\r") >= len(lines) or head.count("\n") >= len(lines):
        raise ValueError("a line in a line")
    return head.encode("latin-1") + b"\r\n\r\n" + (data or b"")


def _read(answer: Answer) -> tuple[Reply, bool]:
    """What was answered, and whether the connection can be used again: not when more was said than we read."""
    with answer:
        answer.begin()
        body = answer.read(MOST_BYTES)
        if answer.length and len(body) < MOST_BYTES:
            raise IncompleteRead(body, answer.length)
        return Reply(answer.status, answer.headers, body), answer.isclosed() and not answer.will_close


def _found(url: str, *, public_only: bool) -> tuple[Place, str]:
    """Whom to ask, and for what."""
    if plain := PLAIN.fullmatch(url):
        scheme, host, port, path = plain.groups()
        if scheme == "https" or not public_only:
            return Place(scheme, host, int(port or PORTS[scheme]), public_only), path or "/"
    if not url.startswith("http"):
        raise Refused("not_configured")
    try:
        parts = parse_url(url)
    except LocationValueError:
        raise Refused("address_unreadable") from None
    scheme = parts.scheme or ""
    if scheme not in PORTS or not parts.host or (public_only and scheme != "https"):
        raise Refused("address_unreadable")
    place = Place(scheme, parts.host.strip("[]"), parts.port or PORTS[scheme], public_only)
    return place, parts.request_uri


@contextmanager
def _heard(*, reached: bool) -> Iterator[None]:
    """Make of whatever goes wrong on the way an Unanswered; of an address that is none, a Refused."""
    try:
        yield
    except OSError as error:  # first: that of a bad certificate is a ValueError too
        raise Unanswered(type(error).__name__, reached=reached) from None
    except (ValueError, InvalidURL):
        raise Refused("address_unreadable") from None
    except (HTTPException, HTTPError) as error:
        raise Unanswered(type(error).__name__, reached=reached) from None
