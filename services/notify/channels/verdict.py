"""From what a provider said, or did not say, to what to do next."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import wraps
from typing import Any

from services.notify.channels.address import Refused
from services.notify.channels.outgoing import Gateway, Outcome, Outgoing, Repeats, Send
from services.notify.channels.wire import Reply, Unanswered
from shared.clock import now

A_DAY = 86_400.0
MOST_WORDS = 200
BUSY = {408, 425, 429}
#: A proxy speaks: whether the gateway behind it has heard us, nobody knows.
BETWEEN = {502, 504}

#: What we say ourselves when a provider says nothing.
BARE_STATUS = re.compile(r"HTTP \d{3}")
#: Links, mailboxes, IP addresses, numbers of seven digits and more, tokens.
PRIVATE_LOOKS = re.compile(
    r"https?://\S+"
    r"|[^\s<>@]+@[^\s<>@]+"
    r"|\d{1,3}(?:\.\d{1,3}){3}"
    r"|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*"
    r"|\+?\d(?:[ -]?\d){6,}"
    r"|(?=[A-Za-z+/=_-]*\d)[A-Za-z0-9+/=_-]{20,}"
)


def settled(repeats: Repeats) -> Callable[[Send], Send]:
    """Make silence and refusals outcomes too, and keep what is private out of every outcome's words."""

    def decorate(send: Send) -> Send:
        @wraps(send)
        def settle(address: dict, message: Outgoing, gateway: Gateway) -> Outcome:
            try:
                outcome = send(address, message, gateway)
            except Refused as refusal:
                outcome = Outcome("give_up", str(refusal))
            except Unanswered as silence:
                doubtful = silence.reached and repeats == "doubles"
                outcome = Outcome("unknown" if doubtful else "later", str(silence))
            detail = _discreet(outcome.detail, address, message, gateway)
            return outcome if detail == outcome.detail else replace(outcome, detail=detail)

        return settle

    return decorate


def by_status(reply: Reply, repeats: Repeats, said: str = "") -> Outcome:
    """The outcome for a provider that speaks by HTTP's status alone."""
    detail = f"HTTP {reply.status}" + (f": {said}" if said else "")
    if 200 <= reply.status < 300:
        return Outcome("delivered", detail)
    if reply.status in BETWEEN and repeats == "doubles":
        return Outcome("unknown", detail)
    if reply.status in BUSY or reply.status >= 500:
        return Outcome("later", detail, retry_after=retry_after(reply))
    return Outcome("give_up", detail)


def retry_after(reply: Reply) -> float | None:
    """Seconds from the Retry-After header, which has two forms; a day at most."""
    value = reply.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), A_DAY)
    try:
        wait = (parsedate_to_datetime(value).astimezone(UTC) - now()).total_seconds()
    except ValueError:
        return None
    return min(max(wait, 0.0), A_DAY)


def _discreet(detail: str, address: dict, message: Outgoing, gateway: Gateway) -> str:
    if BARE_STATUS.fullmatch(detail):
        return detail
    secrets = {getattr(gateway, f.name) for f in fields(gateway) if not f.repr}
    secrets |= {text for text in _texts([address, message.link, message.sms_params]) if len(text) > 1}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        detail = detail.replace(secret, "…")
    return " ".join(PRIVATE_LOOKS.sub("…", detail).split())[:MOST_WORDS]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
