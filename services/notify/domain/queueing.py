"""Which ways a message takes, and when: an entry for each, in one statement for many messages of a rule."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, String, cast, func, select, text, update
from sqlalchemy.orm import Session

from services.notify.domain import preferences, rules
from services.notify.models import Message, Rule, Sending
from services.notify.models.sendings import WAITING
from shared.db import now
from shared.schemas.fields import CLASSES

#: A message that could not be sent for so long is given up.
PATIENCE = timedelta(days=3)

#: OFFSET 0: people and their wishes are looked up one by one, however many there are that are not meant.
#: Critical messages pass quiet hours; those of duty pass for people on a shift, and for those asked by their office.
FOR_PEOPLE = text("""
    INSERT INTO notify.sendings
        (id, message_id, event_id, channel, address_id, ring, priority, due_at, expires_at, unless_read)
    SELECT notify.id_of(m.event_id, m.id::text, way.channel, coalesce(place.address_id::text, ''), m.ring::text),
        m.id, m.event_id, way.channel, place.address_id, m.ring, :priority,
        CASE
            WHEN m.class = 'critical' OR m.class = 'duty' AND (m.role = ANY (:offices) OR EXISTS (
                SELECT FROM notify.on_duty o WHERE o.person_id = m.person_id AND NOT o.over AND o.until > :now))
            THEN CAST(:now AS timestamptz)
            ELSE notify.after_quiet(
                :now, coalesce(wish.quiet_from, :quiet_from), coalesce(wish.quiet_until, :quiet_until))
        END + make_interval(secs => way.delay),
        :expires_at, way.delay > 0
    FROM notify.messages m
    CROSS JOIN LATERAL (SELECT * FROM notify.people WHERE person_id = m.person_id OFFSET 0) AS p
    LEFT JOIN LATERAL (SELECT * FROM notify.preferences WHERE person_id = m.person_id OFFSET 0) AS wish ON true
    CROSS JOIN unnest(CAST(:channels AS text[]), CAST(:delays AS int[])) AS way (channel, delay)
    CROSS JOIN LATERAL (
        SELECT a.id AS address_id FROM notify.addresses a
        WHERE a.person_id = m.person_id AND a.channel = way.channel AND a.dead_at IS NULL
        UNION ALL
        SELECT NULL WHERE way.channel = 'sms' AND p.phone IS NOT NULL
        UNION ALL
        SELECT NULL WHERE way.channel = 'email' AND p.email IS NOT NULL AND NOT EXISTS (
            SELECT FROM notify.addresses a
            WHERE a.person_id = m.person_id AND a.channel = 'email' AND a.dead_at IS NULL)
    ) AS place
    WHERE m.id = ANY (:messages) AND m.answer IS NULL AND m.cancelled_at IS NULL
        AND NOT coalesce(jsonb_exists(coalesce(wish.off, CAST(:off AS jsonb)) -> m.class, way.channel), false)
    ON CONFLICT (id) DO NOTHING
""")
FOR_OTHERS = text("""
    INSERT INTO notify.sendings (id, message_id, event_id, channel, address_id, ring, priority, due_at, expires_at)
    SELECT notify.id_of(m.event_id, m.id::text, a.channel, a.id::text, m.ring::text),
        m.id, m.event_id, a.channel, a.id, m.ring, :priority, :now, :expires_at
    FROM notify.messages m
    JOIN notify.addresses a ON a.id = m.group_id OR a.unit_id = m.unit_id AND a.channel = 'webhook'
    WHERE m.id = ANY (:messages) AND a.dead_at IS NULL AND m.answer IS NULL AND m.cancelled_at IS NULL
    ON CONFLICT (id) DO NOTHING
""")
#: Roles that are offices: who holds one is on duty for it.
OFFICES = ["duty", "clerk", "secretary"]


def queue_for_people(db: Session, messages: list[UUID], rule: Rule) -> None:
    """Queue these messages for each channel and device that their readers have and want."""
    ways = rules.ways(rule)
    facts = {
        "offices": OFFICES,
        "quiet_from": preferences.QUIET_FROM,
        "quiet_until": preferences.QUIET_UNTIL,
        "off": orjson.dumps(preferences.OFF).decode(),
        "channels": list(ways),
        "delays": list(ways.values()),
    }
    if messages and ways:
        db.execute(FOR_PEOPLE, {**facts, **_common(messages, rule)})


def queue_for_others(db: Session, messages: list[UUID], rule: Rule) -> None:
    """The same for servers of units and for group chats."""
    if messages:
        db.execute(FOR_OTHERS, _common(messages, rule))


def queue_one(db: Session, event_id: UUID, message_id: UUID, channel: str, **facts: Any) -> None:
    """Queue one message for one channel, now, whatever the time."""
    made = func.notify.id_of(event_id, cast(str(message_id), String), channel)
    facts = {"expires_at": now() + PATIENCE, **facts, "due_at": now()}
    row = Sending(id=made, event_id=event_id, message_id=message_id, channel=channel, **facts)
    db.add(row)
    db.flush()


def cancel(db: Session, which: ColumnElement[bool]) -> None:
    """Do not send what still waits of these messages."""
    messages = select(Message.id).where(which)
    waiting = update(Sending).where(Sending.message_id.in_(messages), Sending.state.in_(WAITING))
    db.execute(waiting.values(state="cancelled", sealed=None), execution_options={"synchronize_session": False})


def _common(messages: list[UUID], rule: Rule) -> dict[str, Any]:
    return {
        "messages": messages,
        "priority": CLASSES.index(rule.urgency),
        "now": now(),
        "expires_at": now() + PATIENCE,
    }
