"""One tap: I will see to it, I cannot, or call me."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.notify.domain import ladders, queueing, threads
from services.notify.domain.answer_words import EACH_FOR_THEMSELVES, answers_to
from services.notify.models import Message, Person, Sending
from shared.db import find, locked, now
from shared.errors import Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven


class NoAnswerWanted(Problem):
    """This message asks for no answer."""


class AlreadyAnswered(Problem):
    """This was answered before."""


class AlreadySettled(Problem):
    """Somebody else has seen to it."""


def answer(db: Session, message_id: UUID, *, person_id: UUID, answer: str, way: str) -> Message:
    """A reader answers. Who will see to it ends the ladder; who cannot sends it on at once."""
    message = find(db, Message, message_id)
    if message.person_id != person_id:
        raise NotFound
    threads.lock(db, message.thread)
    message = locked(db, Message, message_id)
    if message.answer == answer:
        return message
    check(message, answer)
    message.answer, message.answered_at, message.answered_way = answer, now(), way
    message.read_at = message.read_at or now()
    _acknowledge_sendings(db, message_id)
    db.flush()
    if answer == "ack" and message.topic not in EACH_FOR_THEMSELVES:
        threads.settle(db, message.thread, by=name_of(db, person_id), why="answered")
    elif answer != "ack":
        ladders.move_on(db, message.thread)
    db.info["actor"] = f"person:{person_id}"
    publish(
        db,
        AnswerGiven,
        subject=message.thread,
        thread=message.thread,
        about=message.topic,
        person_id=person_id,
        answer=answer,
        answered_at=message.answered_at,
        way=way,
    )
    return message


def note_elsewhere(db: Session, thread: UUID, *, person_id: UUID, answer: str, at: datetime) -> None:
    """Somebody answered on the page of the thing itself: their message need not ask any more."""
    threads.lock(db, thread)
    mine = (Message.thread == thread) & (Message.person_id == person_id) & Message.needs_answer
    queueing.cancel(db, mine)
    said = {"answer": answer, "answered_at": at, "answered_way": "page", "read_at": func.coalesce(Message.read_at, at)}
    db.execute(update(Message).where(mine, Message.cancelled_at.is_(None)).values(said))


def who_answered(db: Session, message: Message) -> dict[str, Any] | None:
    """The answer that settled the message's thread, or this reader's own; None: it is still open."""
    if message.answer:
        return {"by": name_of(db, message.person_id), "answer": message.answer, "at": message.answered_at}
    if message.cancelled_at:
        return {"by": message.settled_by, "answer": None, "at": message.cancelled_at}
    return None


def choices_of(message: Message) -> list[dict[str, str]]:
    """What a reader can answer, in their language; [] when nothing is asked."""
    words = answers_to(message.topic) if message.needs_answer else {}
    return [{"answer": answer, "label": label[message.language]} for answer, label in words.items()]


def name_of(db: Session, person_id: UUID | None) -> str:
    return db.scalars(select(Person.name).where(Person.person_id == person_id)).first() or ""


def check(message: Message, answer: str) -> None:
    """Raise the problem why this cannot be answered so."""
    if not message.needs_answer:
        raise NoAnswerWanted
    if answer not in (choices := answers_to(message.topic)):
        raise Invalid(errors={"answer": [{"code": "not_one_of", "choices": ", ".join(choices)}]})
    if message.cancelled_at:
        raise AlreadySettled(by=message.settled_by, at=message.cancelled_at)
    if message.answer == "ack" and message.topic not in EACH_FOR_THEMSELVES:
        raise AlreadyAnswered(answer=message.answer, at=message.answered_at)


def _acknowledge_sendings(db: Session, message_id: UUID) -> None:
    reached = update(Sending).where(Sending.message_id == message_id, Sending.state.in_(("sent", "delivered")))
    db.execute(reached.values(state="acknowledged"), execution_options={"synchronize_session": False})
