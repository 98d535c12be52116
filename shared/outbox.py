"""The transactional outbox: what services published, and to whom it is still to be delivered.

An event is a row, written in the transaction of the change that it tells of, with a
delivery row for each subscriber: all are there or none is. relay.py rings for what is due;
a subscriber deletes its own delivery in the transaction in which it acts. So the
delivery row is outbox, inbox, retry queue and dead letter in one: a message that Redis
loses is sent again, one that arrives twice is consumed once, and no service ever waits
for another one's row. The tables and functions stand in migrations/versions/0001_bus.sql; services may
call the functions and touch nothing else of the schema bus.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from marshmallow import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.db import now, plain
from shared.queues import queue_of
from shared.schemas.event import Event


@dataclass(frozen=True)
class Delivered:
    """An event as a subscriber finds it: what bus.acknowledge() returns."""

    event_id: UUID | None  # None: a tick of the clock
    topic: str
    committee_id: UUID | None
    occurred_at: datetime
    subject: UUID | None
    actor: str
    correlation_id: str
    payload: dict


PUBLISH = """
    SELECT bus.publish(%(topic)s, %(subject)s, %(occurred_at)s, %(actor)s, %(correlation_id)s, %(causation_id)s,
                       %(data_class)s, %(payload)s, %(subscribers)s, %(queues)s)
"""
ACKNOWLEDGE = "SELECT * FROM bus.acknowledge(%(subscriber)s, %(delivery_id)s)"
FAIL = text("SELECT bus.fail(:subscriber, :delivery_id, :error)")
START = text("SELECT bus.start(:subscriber, :delivery_id)")
QUARANTINED = text("SELECT * FROM bus.quarantined(:subscriber)")
REPLAY = text("SELECT bus.replay(:subscriber, :delivery_ids)")


def publish(
    db: Session, event: type[Event], *, subject: UUID | None = None, occurred_at: datetime | None = None, **facts: Any
) -> UUID:
    """Tell the subscribers of *event* that it happened to *subject*. They hear it once *db* commits."""
    [(event_id,)] = plain(
        db,
        PUBLISH,
        topic=event.topic,
        subject=subject,
        occurred_at=occurred_at or now(),
        actor=db.info.get("actor", "system"),
        correlation_id=db.info.get("correlation_id", ""),
        causation_id=db.info.get("causation_id"),
        data_class=event.data_class,
        payload=orjson.dumps(_payload(event, facts)).decode(),
        subscribers=list(event.subscribers),
        queues=[queue_of(service, urgent=event.urgent) for service in event.subscribers],
    )
    return event_id


def acknowledge(db: Session, subscriber: str, delivery_id: UUID) -> Delivered | None:
    """Take the delivery off the list and return its event; None if that was done before.

    From here on the transaction acts for the event's committee.
    """
    found = plain(db, ACKNOWLEDGE, subscriber=subscriber, delivery_id=delivery_id)
    if not found:
        return None
    delivered = Delivered(*found[0])
    db.info.update(
        committee_id=delivered.committee_id,
        actor=delivered.actor,
        correlation_id=delivered.correlation_id,
        causation_id=delivered.event_id,
    )
    return delivered


def note_start(db: Session, subscriber: str, delivery_id: UUID) -> None:
    """Remember that work on a delivery began again: three starts without an outcome quarantine it."""
    db.execute(START, {"subscriber": subscriber, "delivery_id": delivery_id})


def note_failure(db: Session, subscriber: str, delivery_id: UUID, error: str) -> None:
    """Keep why a delivery failed; the eighth failure quarantines it."""
    db.execute(FAIL, {"subscriber": subscriber, "delivery_id": delivery_id, "error": error[:500]})


def quarantined(db: Session, subscriber: str) -> list[dict]:
    """What waits for an operator: delivery_id, topic, event_id, failures, last_error, quarantined_at."""
    return [dict(row) for row in db.execute(QUARANTINED, {"subscriber": subscriber}).mappings()]


def replay(db: Session, subscriber: str, delivery_ids: list[UUID]) -> int:
    """Let quarantined deliveries be tried again; return how many."""
    return db.execute(REPLAY, {"subscriber": subscriber, "delivery_ids": delivery_ids}).scalar_one()


@cache
def schema_of(event: type[Event]) -> Event:
    """The one that reads and writes the facts of such events: to make one costs more than it does."""
    return event()


def _payload(event: type[Event], facts: dict) -> dict:
    schema = schema_of(event)
    if unknown := facts.keys() - schema.fields.keys():
        raise ValidationError({name: ["unknown"] for name in unknown})
    payload = schema.dump(facts)
    if errors := schema.validate(payload):
        raise ValidationError(errors)
    return payload
