"""Which ways a message takes, and when: an entry for each, in the statement that writes the messages of a rule."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, String, cast, func, select, update
from sqlalchemy.orm import Session

from services.notify.domain import preferences, rules
from services.notify.models import Message, Rule, Sending
from services.notify.models.sendings import WAITING
from shared.db import now
from shared.schemas.fields import CLASSES

#: A message that could not be sent for so long is given up.
PATIENCE = timedelta(days=3)

#: The entries for messages *m*. OFFSET 0: people and their wishes are looked up one by one, however many there are that
#: are not meant. Critical messages pass quiet hours; those of duty pass for people on a shift, and for those asked by
#: their office. What would come too late with a digest for what it is about does not wait for that.
FOR_PEOPLE = """
    SELECT notify.id_of(m.event_id, m.id::text, way.channel, coalesce(place.address_id::text, ''), m.ring::text) AS id,
        m.id AS message_id, m.event_id, way.channel, place.address_id, m.ring, %(priority)s::int AS priority,
        CASE
            WHEN digest.slot IS NOT NULL THEN digest.slot
            WHEN m.class = 'critical' OR m.class = 'duty' AND (m.role = ANY (%(offices)s) OR EXISTS (
                SELECT FROM notify.on_duty o
                WHERE o.person_id = m.person_id AND NOT o.over AND o.until > %(now)s::timestamptz))
            THEN %(now)s::timestamptz
            ELSE notify.after_quiet(%(now)s::timestamptz, coalesce(wish.quiet_from, %(quiet_from)s::time),
                                    coalesce(wish.quiet_until, %(quiet_until)s::time))
        END + make_interval(secs => way.delay) AS due_at,
        %(expires_at)s::timestamptz AS expires_at, way.delay > 0 OR digest.slot IS NOT NULL AS unless_read,
        CASE WHEN digest.slot IS NULL THEN 'queued' ELSE 'held' END AS state,
        CASE WHEN digest.slot IS NOT NULL THEN m.person_id END AS held_for
    FROM written m
    CROSS JOIN LATERAL (SELECT * FROM notify.people WHERE person_id = m.person_id OFFSET 0) AS p
    LEFT JOIN LATERAL (SELECT * FROM notify.preferences WHERE person_id = m.person_id OFFSET 0) AS wish ON true
    CROSS JOIN unnest(%(channels)s::text[], %(delays)s::int[]) AS way (channel, delay)
    CROSS JOIN LATERAL (
        SELECT a.id AS address_id FROM notify.addresses a
        WHERE a.person_id = m.person_id AND a.channel = way.channel AND a.dead_at IS NULL
        UNION ALL
        SELECT NULL WHERE way.channel = 'sms' AND p.phone IS NOT NULL AND (NOT %(sms_alone)s OR NOT (
            p.email IS NOT NULL AND 'email' = ANY (%(channels)s::text[]) OR EXISTS (
                SELECT FROM notify.addresses a WHERE a.person_id = m.person_id AND a.dead_at IS NULL
                AND a.channel = ANY (%(channels)s::text[]))))
        UNION ALL
        SELECT NULL WHERE way.channel = 'email' AND p.email IS NOT NULL AND NOT EXISTS (
            SELECT FROM notify.addresses a
            WHERE a.person_id = m.person_id AND a.channel = 'email' AND a.dead_at IS NULL)
    ) AS place
    CROSS JOIN LATERAL (
        SELECT CASE WHEN %(may_wait)s::boolean AND wish.digest ->> m.class <> 'at_once' THEN (
            SELECT slot FROM notify.next_digest(%(now)s::timestamptz, wish.digest ->> m.class) AS slot
            WHERE notify.after_quiet(slot, wish.quiet_from, wish.quiet_until) < %(at_hand)s::timestamptz
        ) END AS slot OFFSET 0
    ) AS digest
    WHERE NOT coalesce(jsonb_exists(coalesce(wish.off, %(off)s::jsonb) -> m.class, way.channel), false)
"""
#: The same for servers of units and for group chats.
FOR_OTHERS = """
    SELECT notify.id_of(m.event_id, m.id::text, a.channel, a.id::text, m.ring::text), m.id, m.event_id, a.channel, a.id,
        m.ring, %(priority)s::int, %(now)s::timestamptz, %(expires_at)s::timestamptz, false, 'queued', NULL
    FROM written m
    CROSS JOIN LATERAL (
        SELECT * FROM notify.addresses WHERE id = m.group_id
        UNION ALL
        SELECT * FROM notify.addresses WHERE unit_id = m.unit_id AND channel = 'webhook'
    ) AS a
    WHERE m.person_id IS NULL AND a.dead_at IS NULL
"""
QUEUE = f"""
    INSERT INTO notify.sendings
        (id, message_id, event_id, channel, address_id, ring, priority, due_at, expires_at, unless_read,
         state, held_for)
    {FOR_PEOPLE} UNION ALL {FOR_OTHERS}
    ON CONFLICT (id) DO NOTHING
"""
#: Roles that are offices: who holds one is on duty for it.
OFFICES = ["duty", "clerk", "secretary"]
OFF = orjson.dumps(preferences.OFF).decode()


def facts_of(rule: Rule, useless_after: datetime | None = None, at_hand: datetime | None = None) -> dict[str, Any]:
    """What QUEUE must know to queue messages of this rule for each channel and device that readers have and want.

    *at_hand*: when what they are about begins or ends. What comes with a digest after that is not held for it: it is
    sent by itself, as if there were none. Nor is what asks for an answer: somebody waits for that.
    """
    ways = rules.ways(rule)
    return {
        "offices": OFFICES,
        "quiet_from": preferences.QUIET_FROM,
        "quiet_until": preferences.QUIET_UNTIL,
        "off": OFF,
        "channels": list(ways),
        "delays": list(ways.values()),
        "sms_alone": rules.asks_by_sms_alone(rule),
        "priority": CLASSES.index(rule.urgency),
        "now": now(),
        "expires_at": useless_after or now() + PATIENCE,
        "may_wait": rule.urgency in preferences.CAN_WAIT and not rule.needs_answer,
        "at_hand": min(filter(None, (useless_after, at_hand)), default="infinity"),
    }


def queue_one(db: Session, event_id: UUID, message_id: UUID, channel: str, **facts: Any) -> None:
    """Queue one message for one channel; now, whatever the time, if nothing else is said."""
    made = func.notify.id_of(event_id, cast(str(message_id), String), channel)
    facts = {"expires_at": now() + PATIENCE, "due_at": now(), **facts}
    row = Sending(id=made, event_id=event_id, message_id=message_id, channel=channel, **facts)
    db.add(row)
    db.flush()


def cancel(db: Session, which: ColumnElement[bool]) -> None:
    """Do not send what still waits of these messages."""
    messages = select(Message.id).where(which)
    waiting = update(Sending).where(Sending.message_id.in_(messages), Sending.state.in_(WAITING))
    db.execute(waiting.values(state="cancelled", sealed=None), execution_options={"synchronize_session": False})
