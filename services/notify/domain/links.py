"""The link in a message that lets its reader answer without signing in, for some hours.

It holds the committee, the message and its last moment, signed. Opening it changes nothing: chat programs open links
by themselves to show a preview.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.notify.models import Message
from shared.config import config
from shared.crypto import sign, signed
from shared.db import now
from shared.errors import NotFound, Problem

LENGTH = 36


class LinkExpired(Problem):
    """This link is too old; open the inbox instead."""

    status = 410


@dataclass(frozen=True)
class Link:
    """What a link is for."""

    committee_id: UUID
    message_id: UUID
    until: datetime


def url(message: Message) -> str:
    return f"{config().public_url}/a/{token(message)}"


def until(message: Message) -> datetime:
    """How long a message can be answered without signing in."""
    return message.created_at + timedelta(hours=config().answer_link_hours)


def token(message: Message) -> str:
    """The end of the link: the same for a message whenever it is asked for."""
    raw = message.committee_id.bytes + message.id.bytes + int(until(message).timestamp()).to_bytes(4, "big")
    text = urlsafe_b64encode(raw).decode()
    return text + sign(f"answer:{text}")


def read(token: str) -> Link:
    """What a link is for, however old it is. Raises NotFound when we did not make it."""
    text, proof = token[:48], token[48:]
    if not token.isascii() or not signed(f"answer:{text}", proof):
        raise NotFound
    raw = urlsafe_b64decode(text)
    moment = datetime.fromtimestamp(int.from_bytes(raw[32:LENGTH], "big"), UTC)
    return Link(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), moment)


def check(link: Link) -> None:
    """Refuse a link whose time is over."""
    if link.until < now():
        raise LinkExpired
