"""What notify keeps: what was told to somebody, how it went, and where they are reached."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.notify.domain import links, rules
from services.notify.models import Address, Message, Rule, Sending, Text
from shared.crypto import blind
from shared.db import COMMITTEE, now

TOPIC = "patrol.sos_raised.v1"


def rule(db: Session, number: int) -> Rule:
    """One of the committee's rules, another for each number."""
    ours = select(Rule).where(Rule.committee_id == COMMITTEE)  # who arranges sees every committee's
    wanted = ours.order_by(Rule.code).offset(number).limit(1)
    if found := db.scalars(wanted).one_or_none():
        return found
    rules.ensure_defaults(db)
    return db.scalars(wanted).one()


def inbox(db: Session, rule: Rule, person_id: UUID) -> dict[str, Any]:
    """A message to a person, one on its way and one that was given up, and a mailbox of theirs."""
    event_id = uuid4()
    shared = {"event_id": event_id, "rule_id": rule.id, "language": "zh", "topic": TOPIC, "urgency": "critical"}
    db.add(Text(**shared, title="有人求助", body="东门", sms_code=""))
    db.flush()
    facts = {"thread": uuid4(), "person_id": person_id, "role": "crew", "inbox": True, "needs_answer": True}
    message = Message(id=uuid4(), **shared, **facts)
    mailbox = {"channel": "email", "address": {"email": "someone@example.org"}, "label": "邮箱"}
    address = Address(person_id=person_id, address_blind=blind(str(person_id)), **mailbox)
    db.add_all([message, address])
    db.flush()
    sendings = {name: _sending(db, message, state) for name, state in (("sending", "queued"), ("dead", "gave_up"))}
    return {"event": event_id, "message": message.id, "address": address.id, **sendings}


def link(db: Session, message_id: UUID) -> str:
    """The end of the link with which the message is answered."""
    return links.token(db.get_one(Message, message_id))


def of_unit(db: Session, unit_id: UUID) -> dict[str, UUID]:
    """A unit's server, and a group chat."""
    hook = {"url": "https://unit.example.org/hook", "secret": "whsec_c2VjcmV0"}
    server = Address(unit_id=unit_id, channel="webhook", address=hook, address_blind=blind(str(unit_id)), label="x")
    robot = Address(role="duty", channel="wecom_robot", address={"key": str(uuid4())}, label="值班群")
    db.add_all([server, robot])
    db.flush()
    return {"robot": robot.id}


def quarantined(db: Session) -> dict[str, UUID]:
    """An event that notify could not make anything of."""
    event = text(
        "INSERT INTO bus.events (topic, committee_id, occurred_at, actor, correlation_id, data_class, payload)"
        " VALUES (:topic, bus.committee(), now(), 'test', '', 'B', '{}') RETURNING id"
    )
    delivery = text(
        "INSERT INTO bus.deliveries (event_id, subscriber, topic, queue, quarantined_at)"
        " VALUES (:event_id, 'notify', :topic, 'notify', now()) RETURNING id"
    )
    event_id = db.execute(event, {"topic": TOPIC}).scalar_one()
    delivery_id = db.execute(delivery, {"event_id": event_id, "topic": TOPIC}).scalar_one()
    return {"traced": event_id, "quarantined": delivery_id}


def _sending(db: Session, message: Message, state: str) -> UUID:
    expires_at = now() + timedelta(days=1)
    facts = {"message_id": message.id, "event_id": message.event_id, "channel": "email", "priority": 0}
    made = Sending(id=uuid4(), state=state, due_at=now(), expires_at=expires_at, **facts)
    db.add(made)
    db.flush()
    return made.id
