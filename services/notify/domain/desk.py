"""What the desk sees: who was told what, how it went, and what is left over."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from services.notify.domain import audiences, bundles, queueing, rules, tallies
from services.notify.domain.rendering import facts_of, render
from services.notify.domain.templates import current
from services.notify.models import Message, Person, Rule, Sending, Text
from services.notify.models.sendings import DEAD, WAITING
from shared.db import locked, now
from shared.errors import Problem
from shared.schemas.fields import CLASSES

TOLD = ("event_id", "topic", "title", "urgency", "created_at")
#: Of the readers of a dry run so many are named.
SAMPLE = 200


class TooLate(Problem):
    """This is on its way already."""


def told_events(**only: Any) -> Select:
    """What was told, an event a row; *only* those of an event, a person, a class, or with a sending in this state."""
    pressing = case({name: rank for rank, name in enumerate(CLASSES)}, value=Text.urgency)
    query = select(
        Text.event_id,
        func.min(Text.topic).label("topic"),
        func.array_agg(aggregate_order_by(Text.title, pressing))[1].label("title"),
        func.array_agg(aggregate_order_by(Text.urgency, pressing))[1].label("urgency"),
        func.min(Text.created_at).label("created_at"),
    ).where(Text.language == literal_column("'zh'"))
    if only.get("event"):
        query = query.where(Text.event_id == only["event"])
    if only.get("person"):
        query = query.where(Text.event_id.in_(select(Message.event_id).where(Message.person_id == only["person"])))
    if only.get("urgency"):
        query = query.where(Text.urgency == only["urgency"])
    if only.get("state"):
        query = query.where(Text.event_id.in_(select(Sending.event_id).where(Sending.state == only["state"])))
    return query.group_by(Text.event_id)


def with_counts(db: Session, rows: list[tuple]) -> list[dict[str, Any]]:
    """The same rows, with how many people were told and how it went."""
    told = [dict(zip(TOLD, row, strict=True)) for row in rows]
    counts = tallies.of(db, [each["event_id"] for each in told])
    return [{**each, "counts": counts[each["event_id"]]} for each in told]


def recipients(event_id: UUID) -> Select:
    """Everybody who was told of an event."""
    query = select(Message, Person, Rule).join(Rule, Rule.id == Message.rule_id)
    theirs = Message.id.between(func.notify.first_id_of(event_id), func.notify.last_id_of(event_id))
    return query.outerjoin(Person, Person.person_id == Message.person_id).where(Message.event_id == event_id, theirs)


def sendings_of(db: Session, messages: list[Message]) -> dict[UUID, list[Sending]]:
    """The ways that these messages took."""
    found: dict[UUID, list[Sending]] = {message.id: [] for message in messages}
    for sending in db.scalars(select(Sending).where(Sending.message_id.in_(found)).order_by(Sending.id)):
        found[sending.message_id].append(sending)
    return found


def dead_letters() -> Select:
    """What was given up, and what nobody knows the outcome of; of a digest the whole, not what is in it."""
    words = (
        (Text.event_id == Message.event_id) & (Text.rule_id == Message.rule_id) & (Text.language == Message.language)
    )
    query = select(Sending, Text.title, Person.person_id, Person.name).join(Message, Message.id == Sending.message_id)
    query = query.join(Text, words).outerjoin(Person, Person.person_id == Message.person_id)
    return query.where(Sending.state.in_(DEAD), Sending.digest_id.is_(None))


def replay(db: Session, *, event_id: UUID | None, sending_ids: list[UUID]) -> int:
    """Send dead letters once more, as if they were new: a person has decided. Return how many."""
    which = (Sending.event_id == event_id) | Sending.id.in_(sending_ids) if event_id else Sending.id.in_(sending_ids)
    dead = update(Sending).where(which, Sending.state.in_((*DEAD, "failed")), Sending.digest_id.is_(None))
    again = dead.values(state="queued", attempts=0, due_at=now(), expires_at=now() + queueing.PATIENCE)
    return db.execute(again, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]


def cancel(db: Session, sending_id: UUID) -> Sending:
    """Do not send this one, nor what is in it."""
    sending = locked(db, Sending, sending_id)
    if sending.state not in (*WAITING, "cancelled"):
        raise TooLate(state=sending.state)
    sending.state, sending.sealed = "cancelled", None
    db.flush()
    bundles.follow(db, [sending_id])
    return sending


def dry_run(db: Session, event: Any) -> list[dict[str, Any]]:
    """Who would get what, and why; nothing is written."""
    return [_would(db, event, rule) for rule in rules.that_speak_of(db, event)]


def _would(db: Session, event: Any, rule: Rule) -> dict[str, Any]:
    rings = audiences.rings(rule.audience, event)
    parts = audiences.resolve(rule.audience, event) + [part for ring in rings for part in ring]
    readers = audiences.readers(parts).subquery()
    people = select(Person, readers.c.role).join(readers, readers.c.person_id == Person.person_id)
    words = {template.language: template for template in current(db, rule.template)}
    title, body = render(words["zh"].title, words["zh"].body, facts_of(event, "zh"))
    return {
        "rule": rule.code,
        "urgency": rule.urgency,
        "title": title,
        "body": body,
        "channels": [*(["inbox"] if rules.in_inbox(rule) else []), *rules.ways(rule)],
        "count": db.scalar(select(func.count()).select_from(readers)),
        "people": [
            {"id": person.person_id, "name": person.name, "role": role}
            for person, role in db.execute(people.order_by(Person.person_id).limit(SAMPLE)).all()
        ],
        "why": rule.why["zh"],
    }
