"""How many are free in a span: Postgres sweeps over the loans that lie in it and counts the most at any moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.models import Equipment
from shared.db import now, plain
from shared.errors import Problem

#: What is overdue is reckoned to stay out for another week. When it does, handing out finds too few: see handing.py.
STAYS_OUT = timedelta(days=7)
FAR = timedelta(days=20 * 365)

#: One statement: the most that is taken at any moment of the span that is wanted, and of those that are as long and
#: begin when something comes back.
SWEEP = """
    WITH held AS (
        SELECT least(starts_at, out_at) AS begins,
            CASE WHEN state = 'out' AND ends_at <= %(now)s THEN %(late)s::timestamptz ELSE ends_at END AS ends,
            CASE WHEN state = 'out' THEN handed - back - missing ELSE count END AS number
        FROM events.loans
        WHERE equipment_id = %(equipment_id)s AND state IN ('asked', 'approved', 'out')
            AND id IS DISTINCT FROM %(but)s::uuid
    ), spans AS (
        SELECT %(begins)s::timestamptz AS begins UNION SELECT ends FROM held WHERE ends > %(begins)s
    )
    SELECT begins, (
        SELECT coalesce(max(taken), 0)::int FROM (
            SELECT sum(change) OVER (ORDER BY at, change) AS taken FROM (
                SELECT greatest(held.begins, spans.begins) AS at, number AS change FROM held
                WHERE held.begins < spans.begins + %(lasts)s AND held.ends > spans.begins
                UNION ALL
                SELECT held.ends, -number FROM held
                WHERE held.begins < spans.begins + %(lasts)s AND held.ends > spans.begins
            ) AS changes
        ) AS sums
    )
    FROM spans ORDER BY begins
"""


class NotEnough(Problem):
    """So many are not free then: here is how many are, and the next span in which there are enough."""


@dataclass(frozen=True)
class Free:
    """*number* can be had in the span; *next*: the next span as long in which enough can, None: not in sight."""

    number: int
    next: dict[str, datetime] | None


def look(
    db: Session, thing: Equipment, begins: datetime, ends: datetime, *, wanted: int = 1, but: UUID | None = None
) -> Free:
    """How many are free all that time, without the loan *but*."""
    rows = _sweep(db, thing, begins, ends - begins, but)
    fits = (start for start, taken in rows[1:] if taken + wanted <= thing.lendable)
    start = next(fits, None)
    later = {"starts_at": start, "ends_at": start + (ends - begins)} if start else None
    return Free(max(0, thing.lendable - rows[0][1]), later)


def expect(
    db: Session, thing: Equipment, begins: datetime, ends: datetime, *, wanted: int, but: UUID | None = None
) -> None:
    """Refuse what is more than there are. The caller is alone with the thing (equipment.alone)."""
    found = look(db, thing, begins, ends, wanted=wanted, but=but)
    if found.number < wanted:
        raise NotEnough(free=found.number, next=found.next)


def most_taken(db: Session, thing: Equipment) -> int:
    """The most that is promised or out at any moment from now on."""
    return _sweep(db, thing, now(), FAR, None)[0][1]


def _sweep(db: Session, thing: Equipment, begins: datetime, lasts: timedelta, but: UUID | None) -> list[Any]:
    facts = {"equipment_id": thing.id, "begins": begins, "lasts": lasts, "but": but}
    return plain(db, SWEEP, **facts, now=now(), late=now() + STAYS_OUT)
