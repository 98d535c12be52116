"""What is claimed, made ready to go out: the address, the words in the reader's language, the link."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, and_, any_, bindparam, case, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import LateralFromClause

from services.notify.channels import Outgoing
from services.notify.domain import bundles, links, sms_questions
from services.notify.domain.answer_words import answers_to
from services.notify.models import Address, Message, Person, Sending, Text
from shared.config import config
from shared.db import now

#: Seconds for which a push service keeps a message for a phone that is off.
KEPT = {"critical": 3600, "duty": 12 * 3600, "service": 24 * 3600, "news": 72 * 3600}
MOST_SMS_TEXT = 35
OF_MESSAGE = (
    *("id", "committee_id", "created_at", "person_id", "thread", "needs_answer", "language"),
    *("cancelled_at", "read_at", "answer", "topic"),
)


@dataclass(kw_only=True, slots=True)
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
    digest: bool = False
    unwanted: str = ""


def open_letters(db: Session, sending_ids: list[UUID]) -> list[Letter]:
    """These sendings with all that belongs to them, in one query; then what digests say, and the codes of questions."""
    rows = db.execute(_query(), {"ids": sending_ids}).all()
    lines = bundles.lines_of(db, [row.sending_id for row in rows if row.topic == bundles.DIGEST])
    codes = sms_questions.ask(db, [row for row in rows if row.channel == "sms" and not _unwanted(row, _address(row))])
    return [_letter(row, codes.get(row.sending_id, ""), lines.get(row.sending_id, [])) for row in rows]


@cache
def _query() -> Select:
    """Columns and no objects, for there are many; a member's number and mailbox only where they are the address."""
    message = _one(Message, Message.id == Sending.message_id)
    words = _one(
        Text,
        *(Text.event_id == message.c.event_id, Text.rule_id == message.c.rule_id, Text.language == message.c.language),
    )
    place = _one(Address, Address.id == Sending.address_id)
    person = _one(Person, Person.person_id == message.c.person_id)
    own = Sending.address_id.is_(None)
    return (
        select(
            *(Sending.id.label("sending_id"), Sending.channel, Sending.address_id, Sending.priority, Sending.attempts),
            *(Sending.expires_at, Sending.sealed, Sending.unless_read),
            *(message.c[name] for name in OF_MESSAGE),
            message.c["class"].label("urgency"),
            *(words.c.title, words.c.body, words.c.link, words.c.sms_code),
            *(place.c.address, place.c.dead_at, person.c.active),
            case((and_(own, Sending.channel == "sms"), person.c.phone)).label("phone"),
            case((and_(own, Sending.channel == "email"), person.c.email)).label("email"),
        )
        .select_from(Sending)
        .join(message, true())
        .join(words, true())
        .outerjoin(place, true())
        .outerjoin(person, true())
        .where(Sending.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    )


def _one(model: Any, *which: ColumnElement[bool]) -> LateralFromClause:
    """The row that belongs to each of the others, looked up by its key: nothing is read that is not asked for.

    Without the offset, Postgres is free to begin with the words of an event, and then with all its 100,000 messages.
    """
    return select(model).where(*which).offset(0).lateral()


def _letter(row: Any, code: str, lines: list[bundles.Line]) -> Letter:
    """*row* names the columns of a message as a message does: the links are made from it. *lines*: of a digest."""
    address = _address(row)
    return Letter(
        id=row.sending_id,
        channel=row.channel,
        address_id=row.address_id,
        address=address,
        outgoing=_digest(row, lines) if lines else _outgoing(row, code),
        priority=row.priority,
        critical=row.urgency == "critical",
        attempts=row.attempts,
        expires_at=row.expires_at,
        digest=row.topic == bundles.DIGEST,
        unwanted="read" if row.topic == bundles.DIGEST and not lines else _unwanted(row, address),
    )


def _address(row: Any) -> dict:
    if row.sealed:
        return {"phone": row.sealed["phone"]}
    if row.address_id:
        return row.address or {}
    return {"phone": row.phone} if row.channel == "sms" else {"email": row.email}


def _unwanted(row: Any, address: dict) -> str:
    if row.cancelled_at:
        return "settled"
    if row.active is False:
        return "left"
    if row.unless_read and (row.read_at or row.answer):
        return "read"
    if row.dead_at:
        return "address gone"
    if row.title is None:
        return "too old"
    if row.channel == "sms" and not row.sms_code:
        return "no template"
    never_tried = row.attempts <= 1 and not row.sealed
    if never_tried and row.expires_at < now() and row.urgency != "critical":
        return "too late"
    return "" if address and all(address.values()) else "no address"


def _outgoing(row: Any, code: str) -> Outgoing:
    answering = links.url(row) if row.needs_answer and row.person_id else ""
    return Outgoing(
        message_id=row.id,
        title=row.title or "",
        body=row.body or "",
        urgency=row.urgency,
        expires_in=KEPT[row.urgency],
        link=answering or config().public_url + (row.link or f"/inbox/{row.id}"),
        thread=row.thread,
        actions=_actions(answering, row) if answering else [],
        sms_template=row.sms_code,
        sms_params=_sms(row) if row.channel == "sms" else {},
        sms_code=code if config().sms_up_codes else "",
    )


def _digest(row: Any, lines: list[bundles.Line]) -> Outgoing:
    """What came together, as one message."""
    words = bundles.words_of(lines, row.language, row.channel)
    link, sms = config().public_url + (words["link"] or "/inbox"), _sms_words(bundles.sms_of(lines, row.language))
    return replace(_outgoing(row, ""), title=words["title"], body=words["body"], link=link, sms_params=sms)


def _actions(answering: str, row: Any) -> list[tuple[str, str]]:
    return [(words[row.language], f"{answering}?answer={answer}") for answer, words in answers_to(row.topic).items()]


def _sms(row: Any) -> dict[str, Any]:
    if row.sealed and "code" in row.sealed:
        return {"code": row.sealed["code"]}
    return _sms_words(row.title or "", links.token(row) if row.needs_answer else "", _how_to_answer(row))


def _sms_words(text: str, link: str = "", answers: str = "") -> dict[str, Any]:
    """What the provider's template asks for; how to answer only where replies reach us."""
    words = {"text": text[:MOST_SMS_TEXT], "link": link}
    return words | {"answers": answers} if config().sms_up_token else words


def _how_to_answer(row: Any) -> str:
    if row.sealed:
        return row.sealed.get("answers", "")
    return sms_questions.how_to_answer(row.topic, row.language) if row.needs_answer else ""
