"""Somebody asked to be forgotten: nothing is sent to them, and what was told to them or of them has no name in it."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from services.notify.domain import queueing
from services.notify.models import Address, Message, Person, Preference, SmsQuestion
from shared.db import now
from shared.people import NOBODY, forget_person

#: What was said to nobody but them.
EMPTY = text("""
    UPDATE notify.texts t SET title = NULL, body = NULL, link = NULL
    WHERE t.title IS NOT NULL
        AND EXISTS (SELECT FROM notify.messages m WHERE m.person_id = :person_id AND m.event_id = t.event_id
            AND m.rule_id = t.rule_id AND m.language = t.language)
        AND NOT EXISTS (SELECT FROM notify.messages m WHERE m.event_id = t.event_id AND m.rule_id = t.rule_id
            AND m.language = t.language AND m.person_id IS DISTINCT FROM :person_id)
""")
#: What was said to others and names them. A namesake loses the name in it, too.
UNNAME = text("""
    UPDATE notify.texts t SET title = replace(t.title, :known, :nobody), body = replace(t.body, :known, :nobody)
    WHERE t.title IS NOT NULL AND (position(:known IN t.title) > 0 OR position(:known IN t.body) > 0)
""")
FORGET_WAYS = text("""
    UPDATE notify.sendings s SET sealed = NULL, provider_id = NULL, detail = NULL
    WHERE s.message_id IN (SELECT m.id FROM notify.messages m WHERE m.person_id = :person_id)
        AND s.state <> 'sending'
""")


def forget(db: Session, event: Any) -> None:
    known = forget_person(db, Person, event, phone=None, email=None)
    queueing.cancel(db, Message.person_id == event.person_id)
    db.execute(EMPTY, {"person_id": event.person_id})
    db.execute(FORGET_WAYS, {"person_id": event.person_id})
    asked = select(Message.id).where(Message.person_id == event.person_id)
    db.execute(delete(SmsQuestion).where(SmsQuestion.message_id.in_(asked)))
    _forget_addresses(db, event.person_id)
    if known:
        db.execute(UNNAME, {"known": known, "nobody": NOBODY})
        db.execute(update(Message).where(Message.settled_by == known).values(settled_by=NOBODY))


def _forget_addresses(db: Session, person_id: UUID) -> None:
    """Sendings refer to the rows: they stay, and say nothing."""
    blank = {"address": None, "address_blind": None, "label": "", "dead_at": now()}
    db.execute(update(Address).where(Address.person_id == person_id).values(**blank))
    db.execute(delete(Preference).where(Preference.person_id == person_id))
