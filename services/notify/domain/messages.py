"""A message to each reader: one statement for all of them, or for the next few hundred of very many."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from services.notify.domain import audiences, queueing, rules, templates
from services.notify.domain.rendering import facts_of, fill, render
from services.notify.models import Address, Message, Person, Rule, Text, Unit
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AlarmBegun, AlarmWritten, MessagesBegun, MessagesWritten

#: So many people are written to in one transaction; the others follow in the next ones, each a delivery of its own:
#: the first are reached while the last are written to, and nothing urgent waits for more than these.
AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """What a rule makes of an event: what its messages have in common. *at*: of the event, when it is known."""

    event_id: UUID
    topic: str
    rule: Rule
    thread: UUID
    at: datetime | None = None


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

    Who has one from an earlier ring is rung again, unless they have answered. Of very many people these are the first.
    """
    people = write_to_people(db, told, parts, ring)
    others = list(db.scalars(_insert(_to_others(told, parts), told, ring)))
    queueing.queue_for_others(db, others, told.rule)
    return people + len(others)


def write_to_people(
    db: Session, told: Told, parts: list[audiences.Part], ring: int = 0, after: UUID | None = None
) -> int:
    """The same for the next people *after* this one, in the order of their ids; leave the rest to another delivery."""
    written, readers, last = db.execute(_to_people(told, parts, ring, after)).one()
    queueing.queue_for_people(db, written or [], told.rule)
    if readers == AT_ONCE:
        _leave_the_rest(db, told, parts, ring, last)
    return len(written or [])


def _leave_the_rest(db: Session, told: Told, parts: list[audiences.Part], ring: int, last: UUID) -> None:
    facts: dict[str, Any] = {"about": told.event_id, "of_topic": told.topic, "thread": told.thread}
    begun = AlarmBegun if told.rule.urgency == "critical" else MessagesBegun
    publish(db, begun, occurred_at=told.at, **facts, rule_id=told.rule.id, parts=parts, ring=ring, after=last)


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
    db.execute(_insert(reader, told, 0))
    return db.scalars(
        select(Message.id).where(Message.event_id == told.event_id, Message.rule_id == told.rule.id)
    ).one()


def ring_the_bell(db: Session, *, urgent: bool) -> None:
    """Let what waits be sent as soon as this is committed."""
    publish(db, AlarmWritten if urgent else MessagesWritten)


def _to_people(told: Told, parts: list[audiences.Part], ring: int, after: UUID | None) -> Select:
    """Write to the next readers: the ids of their new messages, how many readers there were, and the last of them."""
    found = audiences.readers(parts).subquery()
    further = select(
        _id(told, found.c.person_id).label("id"),
        found.c.language.label("language"),
        found.c.person_id.label("person_id"),
        found.c.role.label("role"),
        literal(rules.in_inbox(told.rule)).label("inbox"),
    )
    if after:
        further = further.where(found.c.person_id > after)
    readers = further.order_by(found.c.person_id).limit(AT_ONCE).cte("readers")
    written = _insert(select(readers), told, ring).cte("written")
    last = select(readers.c.person_id).order_by(readers.c.person_id.desc()).limit(1)
    return select(
        select(func.array_agg(written.c.id)).scalar_subquery(),
        select(func.count()).select_from(readers).scalar_subquery(),
        last.scalar_subquery(),
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


def _insert(readers: Select, told: Told, ring: int) -> ReturningInsert[UUID]:
    """Write these messages, and say which were written or are rung again."""
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
    return rung_again.returning(Message.id)


def _id(told: Told, reader: Any) -> Any:
    """The id of a reader's message: the same whenever and however often it is written."""
    return func.notify.id_of(told.event_id, cast(str(told.rule.id), String), cast(reader, String))
