"""To how many people events were told, and how it went.

That is counted whenever somebody asks, unless an event was told to too many: then the clock counts, every minute while
it is news and the more seldom the older it gets, and who asks is told the last count.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.models import ToldCounts

#: An event with more readers than this is not counted each time.
MANY = 1_000

NAMES = ("people", "answered", "unreachable", "queued", "sent", "delivered", "failed")
COUNTS = text("""
    SELECT e.event_id, m.people, m.answered, m.unreachable, s.queued, s.sent, s.delivered, s.failed
    FROM unnest(CAST(:events AS uuid[])) AS e (event_id)
    CROSS JOIN LATERAL (
        SELECT count(*) AS people, count(answer) AS answered,
            count(*) FILTER (WHERE class <> 'news' AND NOT EXISTS (
                SELECT FROM notify.sendings s WHERE s.message_id = m.id
                AND s.id BETWEEN notify.first_id_of(e.event_id) AND notify.last_id_of(e.event_id))) AS unreachable
        FROM notify.messages m
        WHERE m.event_id = e.event_id AND m.id BETWEEN notify.first_id_of(e.event_id) AND notify.last_id_of(e.event_id)
    ) AS m
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state IN ('queued', 'held', 'bundled', 'sending')) AS queued,
            count(*) FILTER (WHERE state IN ('sent', 'delivered', 'acknowledged')) AS sent,
            count(*) FILTER (WHERE state IN ('delivered', 'acknowledged')) AS delivered,
            count(*) FILTER (WHERE state IN ('failed', 'gave_up', 'unknown')) AS failed
        FROM notify.sendings s
        WHERE s.event_id = e.event_id AND s.id BETWEEN notify.first_id_of(e.event_id) AND notify.last_id_of(e.event_id)
    ) AS s
""")
#: Events of the last day that have got many readers, and those whose count is older than a tenth of the event.
DUE = text("""
    SELECT n.event_id FROM (
        SELECT DISTINCT t.event_id FROM notify.texts t
        WHERE t.title IS NOT NULL AND t.created_at > clock_timestamp() - interval '1 day'
    ) AS n
    WHERE NOT EXISTS (SELECT FROM notify.told_counts k WHERE k.event_id = n.event_id)
      AND EXISTS (SELECT FROM notify.messages m WHERE m.event_id = n.event_id OFFSET :many)
    UNION ALL
    SELECT k.event_id FROM notify.told_counts k
    WHERE k.counted_at < clock_timestamp()
        - coalesce(clock_timestamp() - uuid_extract_timestamp(k.event_id), interval '10 minutes') / 10
""")


def of(db: Session, events: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Of each of these events how many people were told, and how it went."""
    kept = {row.event_id: row for row in db.scalars(select(ToldCounts).where(ToldCounts.event_id.in_(events)))}
    found = {event: {name: getattr(row, name) for name in NAMES} for event, row in kept.items()}
    return found | counted(db, [event for event in events if event not in kept])


def count_again(db: Session) -> None:
    """Keep the counts of events that were told to many."""
    for event, counts in counted(db, list(db.scalars(DUE, {"many": MANY}))).items():
        row: dict[str, Any] = {**counts, "counted_at": text("clock_timestamp()")}
        statement = insert(ToldCounts).values(event_id=event, **row)
        db.execute(statement.on_conflict_do_update(index_elements=["event_id"], set_=row))


def counted(db: Session, events: list[UUID]) -> dict[UUID, dict[str, int]]:
    if not events:
        return {}
    rows = db.execute(COUNTS, {"events": events}).mappings()
    return {row["event_id"]: {name: row[name] for name in NAMES} for row in rows}
