"""How much of what was to be visited was visited: by hour and weekday, and by checkpoint.

A shift that is over was to pass each stop of its squad's route; the stops are spread evenly over its time. A stop
that was left out with a reason stands apart. The route is the one of today.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Select, Subquery, Text, Uuid, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import SMALLINT
from sqlalchemy.orm import Session

from services.patrol.models import Checkpoint, Squad
from services.patrol.models.way import OUTCOMES

VISITS = """
    WITH walks AS MATERIALIZED (
        SELECT id, squad_id, starts_at, ends_at FROM patrol.shifts
        WHERE starts_at >= :since AND starts_at < :until
            AND (state = 'ended' OR state = 'planned' AND ends_at < now())
    ),
    way AS (
        SELECT squad_id, checkpoint_id, row_number() OVER stops AS number, count(*) OVER (PARTITION BY squad_id) AS many
        FROM patrol.routes WINDOW stops AS (PARTITION BY squad_id ORDER BY position)
    ),
    visited AS (
        SELECT shift_id, checkpoint_id, min(happened_at) AS at FROM patrol.check_ins
        WHERE shift_id IN (SELECT id FROM walks) GROUP BY 1, 2
    ),
    left_out AS (
        SELECT shift_id, checkpoint_id, min(reason) AS reason FROM patrol.skips
        WHERE shift_id IN (SELECT id FROM walks) GROUP BY 1, 2
    ),
    planned AS (
        SELECT walks.id AS shift_id, squad_id, checkpoint_id, number,
            starts_at + (ends_at - starts_at) * ((number - 0.5) / many) AS at
        FROM walks JOIN way USING (squad_id)
    )
    SELECT shift_id, squad_id, checkpoint_id, number::smallint, planned.at, visited.at AS visited_at, reason,
        extract(isodow FROM planned.at AT TIME ZONE 'Asia/Shanghai')::smallint AS weekday,
        extract(hour FROM planned.at AT TIME ZONE 'Asia/Shanghai')::smallint AS hour,
        CASE WHEN visited.at IS NOT NULL THEN 'made' WHEN reason IS NOT NULL THEN 'skipped' ELSE 'missed' END AS outcome
    FROM planned
    LEFT JOIN visited USING (shift_id, checkpoint_id) LEFT JOIN left_out USING (shift_id, checkpoint_id)
"""
WHEN = DateTime(timezone=True)


def show(db: Session, *, since: datetime, until: datetime) -> dict[str, Any]:
    """Counts for each hour of the week, for each checkpoint, and of all."""
    visit = _visits(since, until)
    of = func.grouping(visit.c.weekday, visit.c.checkpoint_id)
    counts = [func.count().filter(visit.c.outcome == outcome).label(outcome) for outcome in OUTCOMES]
    sets = func.grouping_sets(tuple_(visit.c.weekday, visit.c.hour), tuple_(visit.c.checkpoint_id), tuple_())
    columns = (of.label("of"), visit.c.weekday, visit.c.hour, visit.c.checkpoint_id, func.count().label("planned"))
    grouped = select(*columns, *counts).group_by(sets).subquery()
    named = select(grouped, Checkpoint.code, Checkpoint.name, Checkpoint.number.label("place_number"))
    wanted = named.outerjoin(Checkpoint, Checkpoint.id == grouped.c.checkpoint_id)
    rows = [row._asdict() for row in db.execute(wanted.order_by(Checkpoint.number, grouped.c.weekday, grouped.c.hour))]
    return {
        "hours": [row for row in rows if row["of"] == 1],
        "checkpoints": [row for row in rows if row["of"] == 2],
        "all": next(row for row in rows if row["of"] == 3),
    }


#: What is told of a visit.
VISIT = ("shift_id", "at", "visited_at", "outcome", "reason", "squad", "code", "name")


def visits(*, since: datetime, until: datetime, **only: Any) -> tuple[Select, list]:
    """The visits behind a number, each as VISIT says, and the keys of their order; *only* those that match."""
    visit = _visits(since, until)
    equal = [visit.c[name] == value for name, value in only.items() if value is not None]
    found = (
        select(*(visit.c[name] for name in VISIT[:5]), Squad.name, Checkpoint.code, Checkpoint.name)
        .join(Squad, Squad.id == visit.c.squad_id)
        .join(Checkpoint, Checkpoint.id == visit.c.checkpoint_id)
        .where(*equal)
    )
    return found, [visit.c.at, visit.c.shift_id, visit.c.number]


def _visits(since: datetime, until: datetime) -> Subquery:
    columns: dict[str, Any] = {
        "shift_id": Uuid,
        "squad_id": Uuid,
        "checkpoint_id": Uuid,
        "number": SMALLINT,
        "at": WHEN,
    }
    columns |= {"visited_at": WHEN, "reason": Text, "weekday": SMALLINT, "hour": SMALLINT, "outcome": Text}
    return text(VISITS).bindparams(since=since, until=until).columns(**columns).subquery()
