"""Codes to sign in with: by SMS to the number that asked, kept sealed until they are sent, in no inbox."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from services.notify.domain import queueing, rules
from services.notify.domain.messages import Told, ring_the_bell, write_one, write_texts


def send(db: Session, event: Any) -> None:
    """Queue a code before everything else."""
    for rule in rules.that_speak_of(db, event):
        told = Told(event.event_id, event.topic, rule, event.event_id)
        write_texts(db, told, SimpleNamespace(expires_at=event.expires_at))
        message_id = write_one(db, told, event.person_id, inbox=False)
        secret = {"phone": event.phone, "code": event.code}
        queueing.queue_one(
            db, event.event_id, message_id, "sms", priority=0, sealed=secret, expires_at=event.expires_at
        )
        ring_the_bell(db, urgent=True)
