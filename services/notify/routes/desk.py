"""What the desk sees of messages, and what it can still do about them."""

from typing import Any

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import exists, select

from services.notify.domain import desk, inbox
from services.notify.models import Message, Person, Rule, Sending, Text
from services.notify.schemas.messages import (
    DeadLettersOut,
    RecipientOut,
    ReplayIn,
    ReplayOut,
    SendingOut,
    ToldOut,
    ToldQuery,
)
from shared.audit import record
from shared.auth import needs
from shared.errors import NotFound
from shared.outbox import quarantined, replay
from shared.page import PageQuery, page, paged

bp = Blueprint("desk", __name__, description="How telling people went")


@bp.get("/messages")
@needs("clerk", "duty")
@bp.arguments(ToldQuery, location="query")
@bp.response(200, paged(ToldOut))
def list_told(query):
    """What was told, the newest first, to how many people, and how it went"""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(g.db, desk.told_events(**query), [Text.event_id], cursor=cursor, limit=limit, newest_first=True)
    return {**found, "items": desk.with_counts(g.db, found["items"])}


@bp.get("/messages/<uuid:event_id>/recipients")
@needs("clerk", "duty")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(RecipientOut))
def list_recipients(query, event_id):
    """Who was told of an event, why, and how it went"""
    if not g.db.scalar(select(exists().where(Text.event_id == event_id))):
        raise NotFound
    found = page(g.db, desk.recipients(event_id), [Message.rule_id, Message.id], **query)
    sendings = desk.sendings_of(g.db, [row[0] for row in found["items"]])
    items = [_recipient(message, person, rule, sendings[message.id]) for message, person, rule in found["items"]]
    return {**found, "items": items}


@bp.get("/dead-letters")
@needs("clerk", "duty")
@bp.arguments(PageQuery, location="query")
@bp.response(200, DeadLettersOut)
def list_dead_letters(query):
    """What was given up, what has no known outcome, and events that notify could not read"""
    found = page(g.db, desk.dead_letters(), [Sending.id], newest_first=True, **query)
    letters = [_dead_letter(*row) for row in found["items"]]
    return {**found, "items": letters, "quarantined": quarantined(g.db, "notify")}


@bp.post("/dead-letters/replay")
@needs("clerk", "duty")
@bp.arguments(ReplayIn)
@bp.response(200, ReplayOut)
def replay_dead_letters(body):
    """Try these once more"""
    sent = desk.replay(g.db, event_id=body["event_id"], sending_ids=body["sending_ids"])
    again = replay(g.db, "notify", body["delivery_ids"])
    record(g.db, "notify.dead_letters_replayed", "event", body["event_id"], sendings=sent, deliveries=again)
    return {"sendings": sent, "deliveries": again}


@bp.post("/sendings/<uuid:sending_id>/cancel")
@needs("clerk", "duty")
@bp.response(200, SendingOut)
def cancel_sending(sending_id):
    """Do not send this one"""
    sending = desk.cancel(g.db, sending_id)
    record(g.db, "notify.sending_cancelled", "sending", sending_id)
    return _sending(sending)


def _recipient(message: Message, person: Person | None, rule: Rule, sendings: list[Sending]) -> dict[str, Any]:
    return {
        "message_id": message.id,
        "person": {"id": person.person_id, "name": person.name, "unit": person.unit_name} if person else None,
        "why": inbox.why(message, rule),
        "state": _state(message),
        "answer": message.answer,
        "reachable": bool(sendings),
        "sendings": [_sending(sending) for sending in sendings],
    }


def _state(message: Message) -> str:
    if message.answer:
        return "answered"
    if message.cancelled_at:
        return "settled"
    return "read" if message.read_at else "unread"


def _sending(sending: Sending) -> dict[str, Any]:
    names = ("id", "channel", "state", "detail", "attempts", "due_at")
    return {**{name: getattr(sending, name) for name in names}, "at": sending.sent_at}


def _dead_letter(sending: Sending, title: str | None, person_id: Any, name: str | None) -> dict[str, Any]:
    names = ("id", "event_id", "channel", "state", "detail", "attempts")
    person = {"id": person_id, "name": name} if person_id else None
    facts = {name: getattr(sending, name) for name in names}
    return {**facts, "at": sending.created_at, "title": title, "person": person}
