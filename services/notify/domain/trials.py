"""A person tries whether a way to them works."""

from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notify.domain import addresses, queueing, rules
from services.notify.domain.catalogue import CHANNEL_TEST
from services.notify.domain.messages import Told, ring_the_bell, write_one, write_texts
from services.notify.models import Address
from shared.db import NEW_ID
from shared.schemas.fields import CLASSES


def try_out(db: Session, person_id: UUID, address: Address) -> None:
    """Send a message to this one address of a person, at once, whatever the time."""
    addresses.note_test(db, address)
    event = SimpleNamespace(topic=CHANNEL_TEST, event_id=db.scalar(select(NEW_ID)))
    for rule in rules.that_speak_of(db, event):
        told = Told(event.event_id, CHANNEL_TEST, rule, event.event_id)
        write_texts(db, told, event)
        message_id = write_one(db, told, person_id, inbox=True)
        priority = CLASSES.index(rule.urgency)
        queueing.queue_one(db, event.event_id, message_id, address.channel, address_id=address.id, priority=priority)
    ring_the_bell(db, urgent=False)
