"""A message to each reader: one statement for all of them, however many they are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain import audiences, queueing, rules, templates
from services.notify.domain.rendering import facts_of, fill, render
from services.notify.models import Address, Message, Person, Rule, Text, Unit
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AlarmWritten, MessagesWritten


@dataclass(frozen=True)
class Told:
    """What a rule makes of an event: what its messages have in common."""

    event_id: UUID
    topic: str
    rule: Rule
    thread: UUID


def write_texts(db: Session, told: Told, event: Any) -> None:
    """Put the event into the words of the rule's template, in each language that it has."""
    rows = []
    for template in templates.current(db, told.rule.template):
        facts = facts_of(event, template.language)
        title, body = render(template.title, template.body, facts)
        link = fill(told.rule.link, facts) if told.rule.link else None
        rows.append(
            {"language": template.language, "title": title, "body": body, "link": link, "sms_code": template.sms_code}
        )
    common = {"event_id": told.event_id, "rule_id": told.rule.id, "topic": told.topic, "urgency": told.rule.urgency}
    db.execute(insert(Text).values([{**common, **row} for row in rows]).on_conflict_do_nothing())


def write(db: Session, told: Told, parts: list[audiences.Part], ring: int = 0) -> int:
    """A message to each reader in these parts, queued for each of their channels; return how many.

    Who has one from an earlier ring is rung again, unless they have answered.
    """
    people = _written(db, _to_people(told, parts), told, ring)
    if people:
        queueing.queue_for_people(db, told.event_id, told.rule, ring)
    others = _written(db, _to_others(told, parts), told, ring)
    if others:
        queueing.queue_for_others(db, told.event_id, told.rule, ring)
    return people + others


def write_one(db: Session, told: Told, person_id: UUID, *, inbox: bool) -> UUID:
    """One person's message, queued for nothing yet; return its id."""
    language = db.scalars(select(Person.language).where(Person.person_id == person_id)).first()
    reader = select(
        _id(told, literal(person_id)).label("id"),
        literal("en" if language == "en" else "zh").label("language"),
        literal(person_id).label("person_id"),
        literal("person_id").label("role"),
        literal(inbox).label("inbox"),
    )
    _written(db, reader, told, 0)
    return db.scalars(
        select(Message.id).where(Message.event_id == told.event_id, Message.rule_id == told.rule.id)
    ).one()


def ring_the_bell(db: Session, *, urgent: bool) -> None:
    """Let what waits be sent as soon as this is committed."""
    publish(db, AlarmWritten if urgent else MessagesWritten)


def _to_people(told: Told, parts: list[audiences.Part]) -> Select:
    readers = audiences.readers(parts).subquery()
    return select(
        _id(told, readers.c.person_id).label("id"),
        readers.c.language.label("language"),
        readers.c.person_id.label("person_id"),
        readers.c.role.label("role"),
        literal(rules.in_inbox(told.rule)).label("inbox"),
    )


def _to_others(told: Told, parts: list[audiences.Part]) -> Select:
    """The servers of units and the group chats of roles."""
    group = and_(Address.role.in_(audiences.roles(parts)), Address.channel.in_(rules.robots(told.rule)))
    left = select(Unit.unit_id).where(~Unit.active)
    units = and_(Address.unit_id.in_(audiences.webhooks(parts)), Address.unit_id.not_in(left))
    server = and_(units, Address.channel == "webhook")
    return select(
        _id(told, Address.id).label("id"),
        literal("zh").label("language"),
        Address.unit_id.label("unit_id"),
        case((Address.role.is_not(None), Address.id)).label("group_id"),
        func.coalesce(Address.role, "unit_webhook").label("role"),
        literal(False).label("inbox"),
    ).where(Address.dead_at.is_(None), or_(group, server))


def _written(db: Session, readers: Select, told: Told, ring: int) -> int:
    common = {
        "event_id": told.event_id,
        "rule_id": told.rule.id,
        "topic": told.topic,
        "thread": told.thread,
        "class": told.rule.urgency,
        "needs_answer": told.rule.needs_answer,
        "ring": ring,
        "created_at": now(),
    }
    rows = readers.add_columns(*(literal(value).label(name) for name, value in common.items()))
    statement = insert(Message).from_select(list(rows.selected_columns.keys()), rows)
    rung_again = statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"ring": statement.excluded.ring},
        where=(Message.ring < statement.excluded.ring) & Message.answer.is_(None) & Message.cancelled_at.is_(None),
    )
    counted = {"preserve_rowcount": True}
    return db.execute(rung_again, execution_options=counted).rowcount  # type: ignore[attr-defined]


def _id(told: Told, reader: Any) -> Any:
    """The id of a reader's message: the same whenever and however often it is written."""
    return func.notify.id_of(told.event_id, cast(str(told.rule.id), String), cast(reader, String))
