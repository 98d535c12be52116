"""Replies by SMS: which question somebody means, what they say to it, and what they hear of it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain import answers, links, queueing, rules, sms_questions
from services.notify.domain.answer_words import answers_to
from services.notify.domain.catalogue import SMS_REPLIED
from services.notify.domain.messages import Told, ring_the_bell, write_one, write_texts
from services.notify.domain.sms_words import understood
from services.notify.models import Message, Person, SmsQuestion, SmsReply, Text
from shared import phones
from shared.crypto import blind
from shared.db import find, locked, now
from shared.errors import Problem

#: So many replies of one number are read within an hour.
MOST = 20
#: So often we reply to the replies to one question, and but once that it is over or was not understood: two machines
#: must not answer each other for ever.
MOST_SAID = 4
#: The same again so soon is impatience; later it may be meant for another question.
REPEATED = timedelta(minutes=10)
USEFUL = timedelta(hours=1)
#: What is said where an answer comes too late, by the problem that a tap would have met.
OVER = {"LinkExpired": "expired", "AlreadySettled": "settled", "AlreadyAnswered": "answered"}


def take(db: Session, reply: dict[str, Any]) -> str:
    """Read one reply: what came of it, in a word. Nothing is kept of what it said."""
    try:
        phone = phones.normalised(reply["phone_number"])
    except ValueError:
        return "unknown"
    if not _is_news(db, reply, phone):
        return "again"
    if _too_many(db, phone):
        return "too_many"
    asked = sms_questions.of_number(db, phone, reply["dest_code"])
    theirs = [pair for pair in asked if _is_theirs(db, pair[1], phone)]
    return _read(db, theirs, reply["content"], phone) if theirs else "unknown"


def _read(db: Session, asked: list[tuple[SmsQuestion, Message]], content: str, phone: str) -> str:
    """The newest question is meant that takes such an answer; else the newest of all."""
    for question, message in asked:
        said = understood(content, message.topic)
        if said and _takes(message, said):
            return _answer(db, question, message, said, phone)
    question, message = asked[0]
    said = understood(content, message.topic)
    if said and message.answer == said:
        return "same"
    if said:
        return _say(db, question, message, OVER.get(_why_not(message, said) or "", "settled"), phone)
    if _why_not(message, "decline"):
        return "ignored"
    how = sms_questions.how_to_answer(message.topic, message.language)
    return _say(db, question, message, "not_understood", phone, answers=how)


def _answer(db: Session, question: SmsQuestion, message: Message, said: str, phone: str) -> str:
    if message.answer == said:
        return "same"
    assert message.person_id  # noqa: S101  only persons are asked by SMS
    try:
        with db.begin_nested():
            answers.answer(db, message.id, person_id=message.person_id, answer=said, way="sms")
    except Problem as no:  # somebody was faster
        return _say(db, question, message, OVER.get(type(no).__name__, "settled"), phone)
    label = answers_to(message.topic)[said][message.language]
    return _say(db, question, message, "noted", phone, said=label)


def _takes(message: Message, said: str) -> bool:
    if message.answer == said:
        return message.answered_at is not None and message.answered_at > now() - REPEATED
    return _why_not(message, said) is None


def _why_not(message: Message, said: str) -> str | None:
    """The problem of answering so now, by name."""
    if links.until(message) < now():
        return "LinkExpired"
    try:
        answers.check(message, said)
    except Problem as no:
        return type(no).__name__
    return None


def _is_news(db: Session, reply: dict[str, Any], phone: str) -> bool:
    """The gateway pushes again what we did not confirm. Without its number, the same words at the same time are one."""
    name = reply["sequence_id"] or f"{reply['send_time']} {reply['content']}"
    new = insert(SmsReply).values(key=blind(f"sms reply {phone} {name}"), phone_blind=blind(phone), at=now())
    return db.execute(new.on_conflict_do_nothing().returning(SmsReply.key)).first() is not None


def _too_many(db: Session, phone: str) -> bool:
    mine = (SmsReply.phone_blind == blind(phone)) & (SmsReply.at > now() - timedelta(hours=1))
    return (db.scalar(select(func.count()).where(mine)) or 0) > MOST


def _is_theirs(db: Session, message: Message, phone: str) -> bool:
    """Whether whoever was asked is still here, by this number."""
    person = db.get(Person, message.person_id)
    return person is not None and person.active and person.phone == phone


def _say(db: Session, question: SmsQuestion, message: Message, outcome: str, phone: str, **words: str) -> str:
    """Let them hear of it by SMS, unless that was said, or enough was."""
    question = locked(db, SmsQuestion, question.id)
    if len(question.said) >= MOST_SAID or (outcome != "noted" and outcome in question.said):
        return outcome
    question.said = [*question.said, outcome]
    asked = find(db, Text, (message.event_id, message.rule_id, message.language)).title or ""
    event_id = _id_of(db, message, outcome, *words.values(), str(question.said.count(outcome)))
    facts = {"outcome": outcome, "asked": asked, "said": words.get("said", "")}
    event = SimpleNamespace(topic=SMS_REPLIED, event_id=event_id, **facts)
    _send(db, event, message, sealed={"phone": phone, "answers": words.get("answers", "")})
    return outcome


def _send(db: Session, event: Any, message: Message, *, sealed: dict[str, str]) -> None:
    assert message.person_id  # noqa: S101
    for rule in rules.that_speak_of(db, event):
        told = Told(event.event_id, SMS_REPLIED, rule, message.thread)
        write_texts(db, told, event)
        message_id = write_one(db, told, message.person_id, inbox=False)
        facts: dict[str, Any] = {"priority": 1, "sealed": sealed, "expires_at": now() + USEFUL}
        queueing.queue_one(db, event.event_id, message_id, "sms", **facts)
        ring_the_bell(db, urgent=False)


def _id_of(db: Session, message: Message, *parts: str) -> UUID:
    """Of all who are told the same of one matter it is the same: the desk sees them together."""
    made = func.notify.id_of(message.event_id, "sms reply", str(message.rule_id), message.language, *parts)
    return db.execute(select(made)).scalar_one()
