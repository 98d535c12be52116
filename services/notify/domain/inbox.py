"""What a person has to read, why they got it, and what they have read."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from services.notify.domain.answers import choices_of
from services.notify.domain.words import ROLES, TOPICS
from services.notify.models import Message, Rule, Sending, Text
from services.notify.models.sendings import WAITING
from shared.db import now
from shared.errors import NotFound


def messages_of(person_id: UUID, *, unread: bool = False) -> Select:
    """A person's messages with their words and rules."""
    words = (
        (Text.event_id == Message.event_id) & (Text.rule_id == Message.rule_id) & (Text.language == Message.language)
    )
    query = select(Message, Text, Rule).join(Text, words).join(Rule, Rule.id == Message.rule_id)
    query = query.where(Message.person_id == person_id, Message.inbox, Text.title.is_not(None))
    return query.where(Message.read_at.is_(None)) if unread else query


def message_of(db: Session, person_id: UUID, message_id: UUID) -> dict[str, Any]:
    """One of them, as its reader sees it."""
    row = db.execute(messages_of(person_id).where(Message.id == message_id)).one_or_none()
    if row is None:
        raise NotFound
    together = select(func.max(Sending.due_at)).where(Sending.message_id == message_id, Sending.held_for.is_not(None))
    together = together.where(Sending.state != "cancelled")
    found = shown(*row)
    return found | {"why": found["why"] | {"together_at": db.scalar(together)}}


def shown(message: Message, text: Text, rule: Rule) -> dict[str, Any]:
    """A message as its reader sees it, with the reason why it came."""
    return {
        **{name: getattr(message, name) for name in SHOWN},
        "title": text.title,
        "body": text.body,
        "link": text.link,
        "note": _note(message),
        "choices": choices_of(message),
        "why": why(message, rule) | {"together_at": None},
    }


def why(message: Message, rule: Rule) -> dict[str, Any]:
    """Why somebody got this: what happened, the rule, and as what they were told; in their language."""
    language = message.language
    return {
        "event": TOPICS.get(message.topic, {}).get(language, message.topic),
        "rule": rule.why.get(language, rule.code),
        "role": ROLES.get(message.role, {}).get(language, message.role),
        "topic": message.topic,
    }


def count(db: Session, person_id: UUID) -> dict[str, int]:
    """How many are unread, and how many wait for an answer."""
    mine = (Message.person_id == person_id) & Message.inbox
    open_ones = Message.needs_answer & Message.answer.is_(None) & Message.cancelled_at.is_(None)
    unread = select(func.count()).where(mine, Message.read_at.is_(None)).scalar_subquery()
    to_answer = select(func.count()).where(mine, open_ones).scalar_subquery()
    return dict(db.execute(select(unread.label("unread"), to_answer.label("to_answer"))).mappings().one())


def read(db: Session, person_id: UUID, message_id: UUID) -> None:
    """The reader has opened a message: what was to remind them of it is not sent."""
    message = db.get(Message, message_id)
    if message is None or message.person_id != person_id or not message.inbox:
        raise NotFound
    _mark_read(db, Message.id == message_id)


def read_all(db: Session, person_id: UUID) -> None:
    _mark_read(db, (Message.person_id == person_id) & Message.inbox)


SHOWN = (
    "id", "urgency", "created_at", "read_at", "needs_answer", "answer", "answered_at", "thread", "cancelled_at",
)  # fmt: skip


def _mark_read(db: Session, which: ColumnElement[bool]) -> None:
    quiet = {"synchronize_session": False}
    unread = update(Message).where(which, Message.read_at.is_(None)).values(read_at=now()).returning(Message.id)
    ids = list(db.scalars(unread, execution_options=quiet))
    of_these = Sending.message_id.in_(ids)
    reminders = update(Sending).where(of_these, Sending.unless_read, Sending.state.in_(WAITING))
    db.execute(reminders.values(state="cancelled", detail="read"), execution_options=quiet)
    reached = update(Sending).where(of_these, Sending.state == "sent")
    db.execute(reached.values(state="delivered"), execution_options=quiet)


def _note(message: Message) -> str | None:
    if not message.cancelled_at:
        return None
    if not message.settled_by:
        return "不用再答复了" if message.language == "zh" else "No answer is needed any more"
    words = "已有人响应" if message.language == "zh" else "Somebody has seen to it"
    return f"{words}：{message.settled_by}" if message.language == "zh" else f"{words}: {message.settled_by}"
