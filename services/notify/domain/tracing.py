"""What came of one request, for the desk: the trace, and the names that the desk may know."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.models import Message, Person
from shared import trace
from shared.errors import NotFound


def follow(db: Session, wanted: UUID) -> dict[str, Any]:
    """The trace of a request, an event or a message, with the people in it by name."""
    found = trace.follow(db, wanted)
    if found is None:
        raise NotFound
    people, ways = _people(db, found["events"]), _ways(db, found["events"])
    return {**found, "events": [_event(event, people, ways) for event in found["events"]]}


def _people(db: Session, events: list[dict[str, Any]]) -> dict[UUID, Person]:
    ids = {message["person_id"] for event in events for message in event["messages"]}
    ids |= {id for _, id in map(_actor, events) if id}
    return {person.person_id: person for person in db.scalars(select(Person).where(Person.person_id.in_(ids)))}


def _ways(db: Session, events: list[dict[str, Any]]) -> dict[UUID, str | None]:
    """By what each message was answered."""
    ids = [message["id"] for event in events for message in event["messages"] if message["answered_at"]]
    rows = db.execute(select(Message.id, Message.answered_way).where(Message.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _event(event: dict[str, Any], people: dict[UUID, Person], ways: dict[UUID, str | None]) -> dict[str, Any]:
    kind, id = _actor(event)
    by = people.get(id) if id else None
    messages = [
        {**message, "person": _reader(people.get(message["person_id"])), "answered_way": ways.get(message["id"])}
        for message in event["messages"]
    ]
    return {**event, "actor": {"kind": kind, "name": by.name if by else None}, "messages": messages}


def _actor(event: dict[str, Any]) -> tuple[str, UUID | None]:
    """Who did it: person, key, nobody, system or clock; and a person's id."""
    kind, _, id = event["actor"].partition(":")
    return kind, UUID(id) if kind == "person" else None


def _reader(person: Person | None) -> dict[str, Any] | None:
    return {"id": person.person_id, "name": person.name, "unit": person.unit_name} if person else None
