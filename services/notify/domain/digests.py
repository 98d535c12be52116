"""What was held for a time of the day, told together: a message for each person, and a sending for each way to them.

At 07:30 and 18:00 in Shanghai (notify.last_digest) what is held of a person becomes the lines of a digest, which is a
message like others: kept once, sent under a lease, tried again, counted as one. Its id is made from the time and the
person, so there is no second one; whoever is cut off leaves people whole, or not begun. What comes when the digest is
written already waits for the next one. Its words are put together when it is opened for sending (domain/bundles.py),
from what is unread and not withdrawn by then.

What expires before its digest is not held at all (domain/queueing.py); what has expired by then, because we stood
still, is left out.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from services.notify.domain import preferences, rules
from services.notify.domain.bundles import DIGEST
from services.notify.domain.messages import Told, ring_the_bell, write_texts
from services.notify.models import Rule, Sending
from shared import db
from shared.db import now
from shared.schemas.fields import CLASSES

#: So many people in one transaction and statement.
AT_ONCE = 500
#: A digest that could not be sent until the next one of its kind is given up.
PATIENCE = timedelta(days=1)

#: One process at a time: no digest is written twice at the same moment.
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('notify.digests ' || bus.committee(), 0))")
WRITE = text("""
    WITH people AS MATERIALIZED (
        SELECT due.person_id, p.active, CASE WHEN p.language = 'en' THEN 'en' ELSE 'zh' END AS language,
            coalesce(wish.quiet_from, CAST(:quiet_from AS time)) AS quiet_from,
            coalesce(wish.quiet_until, CAST(:quiet_until AS time)) AS quiet_until, wish.digest
        FROM (
            SELECT DISTINCT held_for AS person_id FROM notify.sendings
            WHERE state = 'held' AND due_at <= :now LIMIT :most
        ) AS due
        LEFT JOIN notify.people p USING (person_id)
        LEFT JOIN notify.preferences wish USING (person_id)
    ), waiting AS MATERIALIZED (
        SELECT s.id, s.channel, s.address_id, m.class, s.expires_at <= :now AS late, people.*
        FROM people
        JOIN notify.sendings s ON s.state = 'held' AND s.due_at <= :now AND s.held_for = people.person_id
        JOIN notify.messages m ON m.id = s.message_id
    ), told AS (
        INSERT INTO notify.messages
            (id, event_id, rule_id, language, topic, thread, person_id, class, role, inbox, needs_answer,
                ring, created_at)
        SELECT id, :event_id, :rule_id, language, :topic, id, person_id, :class, 'person_id', false, false, 0, :now
        FROM (
            SELECT DISTINCT notify.id_of(:event_id, CAST(:rule_id AS text), person_id::text) AS id, language, person_id
            FROM waiting WHERE active AND NOT late
        ) AS readers
        ON CONFLICT (id) DO NOTHING
        RETURNING id, person_id
    ), parts AS MATERIALIZED (
        SELECT waiting.*, told.id AS message_id, CASE WHEN told.id IS NOT NULL AND NOT late THEN
            notify.id_of(:event_id, told.id::text, channel, coalesce(address_id::text, '')) END AS digest_id
        FROM waiting LEFT JOIN told USING (person_id)
    ), ways AS (
        INSERT INTO notify.sendings (id, message_id, event_id, channel, address_id, priority, due_at, expires_at)
        SELECT DISTINCT digest_id, message_id, CAST(:event_id AS uuid), channel, address_id,
            CAST(:priority AS smallint), notify.after_quiet(:now, quiet_from, quiet_until),
            CAST(:expires_at AS timestamptz)
        FROM parts WHERE digest_id IS NOT NULL
    ), bundled AS (
        UPDATE notify.sendings s SET digest_id = parts.digest_id,
            state = CASE WHEN late THEN 'cancelled' WHEN parts.digest_id IS NULL THEN 'held' ELSE 'bundled' END,
            detail = CASE WHEN late THEN 'too late' END,
            due_at = CASE WHEN late OR parts.digest_id IS NOT NULL THEN :slot ELSE
                notify.next_digest(:now, coalesce(nullif(digest ->> class, 'at_once'), 'both')) END
        FROM parts WHERE s.id = parts.id AND s.state = 'held'
    )
    SELECT count(*) FROM people
""")


def write_due(committee_id: UUID) -> None:
    """Write the digests whose time has come, some hundreds of people at a time."""
    while True:
        with db.transaction("notify", committee_id) as tx:
            if not write_some(tx):
                return


def write_some(db: Session, most: int = AT_ONCE) -> int:
    """Write the digests of so many people, in one statement; return for how many of them it was time."""
    db.execute(LOCK)
    due = Sending.state == "held", Sending.due_at <= now()
    if not db.scalar(select(select(Sending.id).where(*due).exists())):
        return 0
    ring_the_bell(db, urgent=False)
    rule = _rule(db)
    return _write(db, rule, most) if rule.on else _let_go(db, due)


def _let_go(db: Session, due: tuple) -> int:
    """The committee has switched digests off: what waits goes out by itself."""
    released = update(Sending).where(*due).values(state="queued", held_for=None)
    db.execute(released, execution_options={"synchronize_session": False})
    return 0


def _write(db: Session, rule: Rule, most: int) -> int:
    slot = db.scalars(select(func.notify.last_digest(now()))).one()
    event = SimpleNamespace(topic=DIGEST, event_id=event_of(db, slot), occurred_at=slot)
    told = Told(event.event_id, DIGEST, rule, event.event_id, slot)
    write_texts(db, told, event)
    facts = told.facts() | {
        "slot": slot,
        "most": most,
        "quiet_from": preferences.QUIET_FROM,
        "quiet_until": preferences.QUIET_UNTIL,
        "priority": CLASSES.index(rule.urgency),
        "expires_at": slot + PATIENCE,
    }
    return db.execute(WRITE, facts).scalar_one()


def event_of(db: Session, slot: datetime) -> UUID:
    """What all digests of this time have in common, as if it were an event: an id with the time in front."""
    time = UUID(int=int(slot.timestamp() * 1000) << 80)
    return db.scalars(select(func.notify.id_of(time, text("bus.committee()::text"), "digest"))).one()


def _rule(db: Session) -> Rule:
    found = select(Rule).where(Rule.topic == DIGEST)
    rule = db.scalars(found).one_or_none()
    if rule is None:  # of a committee that is older than digests
        rules.ensure_defaults(db)
        rule = db.scalars(found).one()
    return rule
