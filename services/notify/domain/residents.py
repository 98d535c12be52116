"""Residents without an account hear of their report by SMS, if they left a number: a step and a number, no words."""

from typing import Any

from sqlalchemy import Time, cast, func
from sqlalchemy.orm import Session

from services.notify.domain import preferences, queueing, rules
from services.notify.domain.messages import Told, ring_the_bell, write_one, write_texts
from shared.db import now


def tell(db: Session, event: Any) -> None:
    """Queue it for when people are awake. The number is kept sealed until it is sent, and then no more."""
    for rule in rules.that_speak_of(db, event):
        told = Told(event.event_id, event.topic, rule, event.event_id, event.occurred_at)
        write_texts(db, told, event)
        message_id = write_one(db, told, event.report_id, inbox=False)
        quiet = [cast(moment, Time) for moment in (preferences.QUIET_FROM, preferences.QUIET_UNTIL)]
        due_at = func.notify.after_quiet(now(), *quiet)
        queueing.queue_one(
            db, event.event_id, message_id, "sms", priority=2, sealed={"phone": event.phone}, due_at=due_at
        )
        ring_the_bell(db, urgent=False)
