"""Whom a message reached: who answered, who read it, whose provider has it, and on whose door somebody has to knock.

One event may be told by several rules, and one matter (a call for hands, ring by ring) by several events: each person
counts once, by the best that is known of them.
"""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from services.notify.models import Message, Person, Sending, Text
from services.notify.models.sendings import REACHES
from shared.errors import NotFound

ARRIVED = ("sent", "delivered", "acknowledged")
ON_THE_WAY = ("queued", "held", "bundled", "sending", "failed")


class Told(NamedTuple):
    """Somebody who was told, and how far it got."""

    person_id: UUID
    name: str
    unit_name: str | None
    zone: str
    state: str


def about(db: Session, id: UUID) -> ColumnElement[bool]:
    """The condition on messages that they are about this: an event, or all that was told of one matter."""
    which = (Message.event_id == id) | (Message.thread == id)
    if not db.scalar(select(exists().where(which))):
        raise NotFound
    return which


def people(which: ColumnElement[bool], *, state: str | None = None) -> Select:
    """Everybody who was told: rows of Told."""
    told = _told(which).subquery()
    zone = func.coalesce(Person.zone_code, Person.place_code, "")
    query = select(
        Person.person_id, Person.name, Person.unit_name, zone.label("zone"), told.c.state.label("state")
    ).join(told, told.c.person_id == Person.person_id)
    return query.where(told.c.state == state) if state else query


def order() -> list[Any]:
    """Door by door: by zone, then by name."""
    return [func.coalesce(Person.zone_code, Person.place_code, ""), Person.name, Person.person_id]


def summary(db: Session, which: ColumnElement[bool]) -> dict[str, Any]:
    """How many of them are in which state."""
    told = _told(which).subquery()
    rows = db.execute(select(told.c.state, func.count()).group_by(told.c.state))
    counts = dict.fromkeys(REACHES, 0) | {row[0]: row[1] for row in rows}
    return {"title": _title(db, which), "people": sum(counts.values()), "counts": counts}


def _told(which: ColumnElement[bool]) -> Select:
    any_of = func.bool_or
    best = case(
        (any_of(Message.answer.is_not(None)), "answered"),
        (any_of(Message.read_at.is_not(None)), "read"),
        (any_of(Sending.state.in_(ARRIVED)), "reached"),
        (any_of(Sending.state.in_(ON_THE_WAY)), "waiting"),
        else_="unreached",
    )
    query = select(Message.person_id, best.label("state")).outerjoin(Sending, Sending.message_id == Message.id)
    return query.where(which, Message.person_id.is_not(None)).group_by(Message.person_id)


def _title(db: Session, which: ColumnElement[bool]) -> str | None:
    words = (Text.event_id == Message.event_id) & (Text.rule_id == Message.rule_id) & (Text.language == "zh")
    newest = select(Text.title).join(Message, words).where(which, Message.needs_answer).order_by(Message.id).limit(1)
    return db.scalar(newest) or db.scalar(select(Text.title).join(Message, words).where(which).limit(1))
