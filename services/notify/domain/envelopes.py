"""What is claimed, made ready to go out: the address, the words in the reader's language, the link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.channels import Outgoing
from services.notify.domain import links
from services.notify.domain.words import ANSWERS
from services.notify.models import Address, Message, Person, Sending, Text
from shared.config import config

#: Seconds for which a push service keeps a message for a phone that is off.
KEPT = {"critical": 3600, "duty": 12 * 3600, "service": 24 * 3600, "news": 72 * 3600}
MOST_SMS_TEXT = 35


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One sending, ready. *unwanted*: why it need not go out any more."""

    id: UUID
    channel: str
    address_id: UUID | None
    address: dict
    outgoing: Outgoing
    priority: int
    critical: bool
    attempts: int
    expires_at: datetime
    unwanted: str = ""


def open_letters(db: Session, sending_ids: list[UUID]) -> list[Letter]:
    """These sendings with all that belongs to them, in one query."""
    query = (
        select(Sending, Message, Text, Address, Person)
        .join(Message, Message.id == Sending.message_id)
        .join(
            Text,
            (Text.event_id == Message.event_id)
            & (Text.rule_id == Message.rule_id)
            & (Text.language == Message.language),
        )
        .outerjoin(Address, Address.id == Sending.address_id)
        .outerjoin(Person, Person.person_id == Message.person_id)
        .where(Sending.id.in_(sending_ids))
        .execution_options(populate_existing=True)
    )
    return [_letter(*row) for row in db.execute(query).all()]


def _letter(sending: Sending, message: Message, text: Text, address: Address | None, person: Person | None) -> Letter:
    return Letter(
        id=sending.id,
        channel=sending.channel,
        address_id=sending.address_id,
        address=_address(sending, address, person),
        outgoing=_outgoing(sending, message, text),
        priority=sending.priority,
        critical=message.urgency == "critical",
        attempts=sending.attempts,
        expires_at=sending.expires_at,
        unwanted=_unwanted(sending, message, text, address, person),
    )


def _address(sending: Sending, address: Address | None, person: Person | None) -> dict:
    if sending.sealed:
        return {"phone": sending.sealed["phone"]}
    if address:
        return address.address or {}
    if person is None:
        return {}
    return {"phone": person.phone} if sending.channel == "sms" else {"email": person.email}


def _unwanted(sending: Sending, message: Message, text: Text, address: Address | None, person: Person | None) -> str:
    if message.cancelled_at:
        return "settled"
    if person and not person.active:
        return "left"
    if sending.unless_read and (message.read_at or message.answer):
        return "read"
    if address and address.dead_at:
        return "address gone"
    if text.title is None:
        return "too old"
    return "" if all(_address(sending, address, person).values()) else "no address"


def _outgoing(sending: Sending, message: Message, text: Text) -> Outgoing:
    return Outgoing(
        message_id=message.id,
        title=text.title or "",
        body=text.body or "",
        urgency=message.urgency,  # type: ignore[arg-type]
        expires_in=KEPT[message.urgency],
        link=_link(message, text),
        thread=message.thread,
        actions=_actions(message),
        sms_template=text.sms_code,
        sms_params=_sms(sending, message, text),
    )


def _link(message: Message, text: Text) -> str:
    if message.needs_answer and message.person_id:
        return links.url(message)
    return config().public_url + (text.link or f"/inbox/{message.id}")


def _actions(message: Message) -> list[tuple[str, str]]:
    if not (message.needs_answer and message.person_id):
        return []
    return [(words[message.language], f"{links.url(message)}?answer={answer}") for answer, words in ANSWERS.items()]


def _sms(sending: Sending, message: Message, text: Text) -> dict[str, Any]:
    if sending.sealed:
        return {"code": sending.sealed["code"]}
    return {"text": (text.title or "")[:MOST_SMS_TEXT], "link": links.token(message) if message.needs_answer else ""}
