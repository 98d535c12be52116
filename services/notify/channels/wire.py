"""One request to a provider and what it answered: never longer than its time, never more than 64 kB."""

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import requests
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

from services.notify.channels.address import Refused
from services.notify.channels.connections import session
from services.notify.channels.outgoing import Gateway

MOST_BYTES = 64 * 1024
CONNECT_SECONDS = 3.0

# Its debug lines show whole addresses, and some providers want their tokens there.
logging.getLogger("urllib3").setLevel(logging.INFO)


class Unanswered(Exception):
    """No answer that we could read. *reached*: the provider may have done what we asked."""

    def __init__(self, why: str, *, reached: bool) -> None:
        super().__init__(why)
        self.reached = reached


@dataclass(frozen=True)
class Reply:
    """What a provider answered."""

    status: int
    headers: Mapping[str, str]
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


def call(method: str, url: str, gateway: Gateway, *, given: bool = False, **rest: Any) -> Reply:
    """Ask a provider. *given*: the address came from a person, so it must be public."""
    if not url.startswith("http"):
        raise Refused("not_configured")
    kept = session(public_only=given and not gateway.allow_private)
    timeout = (min(CONNECT_SECONDS, gateway.timeout), gateway.timeout)
    try:
        with kept.request(method, url, timeout=timeout, allow_redirects=False, stream=True, **rest) as answer:
            body = answer.raw.read(MOST_BYTES, decode_content=False)
            return Reply(answer.status_code, answer.headers, body)
    except ValueError:  # the base that requests, urllib3 and the codecs share for what is no address
        raise Refused("address_unreadable") from None
    except (requests.RequestException, HTTPError) as error:
        raise Unanswered(type(error).__name__, reached=_may_have_reached(error)) from None


def _may_have_reached(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return False
    details = getattr(reason, "args", ())
    return not (details and isinstance(details[0], ssl.SSLCertVerificationError))
