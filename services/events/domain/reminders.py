"""A day ahead, and an hour ahead, whoever has a seat is reminded: once, and not of what does not take place."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from services.events.domain.news import tell_people
from services.events.models import Activity, Reminder
from shared.db import now, plain
from shared.schemas.events import ActivityIsNear

#: How long before the start, at the earliest and the latest: later it says nothing that people do not know.
WHEN = {"day": (timedelta(hours=24), timedelta(hours=12)), "hour": (timedelta(hours=1), timedelta(minutes=10))}

#: How long it is remembered that people were reminded.
KEPT = timedelta(days=7)

#: One statement: what is near and was not told yet is noted as told, with those who have a seat. A row of the table
#: is a start of an activity, so of one that moves people hear again, and two clocks at once tell it once.
DUE = """
    WITH due AS (
        INSERT INTO events.reminders (activity_id, ahead, starts_at, told_at)
        SELECT a.id, w.ahead, a.starts_at, %(now)s
        FROM unnest(%(ahead)s::text[], %(latest)s::timestamptz[], %(earliest)s::timestamptz[])
            AS w (ahead, latest, earliest)
        JOIN events.activities a ON a.starts_at > w.latest AND a.starts_at <= w.earliest
        WHERE a.published_at IS NOT NULL AND a.state = 'published'
            AND NOT EXISTS (
                SELECT FROM events.reminders r
                WHERE r.activity_id = a.id AND r.ahead = w.ahead AND r.starts_at = a.starts_at)
        ON CONFLICT DO NOTHING
        RETURNING activity_id, ahead
    )
    SELECT activity_id, ahead, ARRAY(
        SELECT s.person_id FROM events.sign_ups s
        WHERE s.activity_id = due.activity_id AND s.state = 'going' AND NOT s.guest ORDER BY s.turn) AS person_ids
    FROM due
"""


class Due(NamedTuple):
    """An activity of which these people hear now."""

    activity_id: UUID
    ahead: str
    person_ids: list[UUID]


def remind(db: Session) -> None:
    """Tell those who have a seat in what begins soon."""
    due = [Due(*row) for row in plain(db, DUE, **_moments())]
    told = [one for one in due if one.person_ids]
    activities = _activities(db, {one.activity_id for one in told})
    for one in told:
        activity = activities[one.activity_id]
        facts = {"ahead": one.ahead, "useless_after": activity.starts_at}
        tell_people(db, ActivityIsNear, activity, one.person_ids, **facts)


def forget_old(db: Session) -> None:
    """Nobody is reminded of what is long over."""
    db.execute(delete(Reminder).where(Reminder.starts_at < now() - KEPT))


def _moments() -> dict[str, Any]:
    """Between which moments something begins of which people hear now, by how far ahead."""
    return {
        "now": now(),
        "ahead": list(WHEN),
        "earliest": [now() + earliest for earliest, _ in WHEN.values()],
        "latest": [now() + latest for _, latest in WHEN.values()],
    }


def _activities(db: Session, ids: set[UUID]) -> dict[UUID, Activity]:
    if not ids:
        return {}
    found = select(Activity).where(Activity.id.in_(ids)).options(joinedload(Activity.unit))
    return {one.id: one for one in db.scalars(found)}
