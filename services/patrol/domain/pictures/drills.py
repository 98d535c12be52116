"""How fast drills were answered: each, all together, and by ring. Never by person, and of few there is no median."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import extract, func, select, tuple_
from sqlalchemy.orm import Session

from services.patrol.domain.responses.figures import FEW, WITHIN
from services.patrol.models import Response, ResponseCall
from services.patrol.models.responses import RINGS

DRILL = (Response.id, Response.place, Response.kind, Response.raised_at)


def show(db: Session, *, since: datetime, until: datetime) -> dict[str, Any]:
    """The figures of the drills of a time, the newest first."""
    call = ResponseCall
    took = call.answered_at - call.asked_at
    half = func.percentile_cont(0.5).within_group(extract("epoch", took))
    figures = (
        func.count().label("asked"),
        func.count(call.answered_at).label("answered"),
        func.count().filter(call.answer.in_(("ack", "later"))).label("coming"),
        func.count().filter(call.answer == "decline").label("declined"),
        when((func.count(call.answered_at) < FEW, None), else_=half).label("median"),
        *(func.count().filter(took <= timedelta(minutes=minutes)).label(f"within_{minutes}") for minutes in WITHIN),
    )
    wanted = (
        select(func.grouping(Response.id, call.ring).label("of"), *DRILL, call.ring, *figures)
        .join(call, call.response_id == Response.id)
        .where(Response.drill, Response.raised_at >= since, Response.raised_at < until)
        .group_by(func.grouping_sets(tuple_(*DRILL), tuple_(call.ring), tuple_()))
        .order_by(Response.raised_at.desc(), Response.id, call.ring)
    )
    rows = [_shaped(row._asdict()) for row in db.execute(wanted)]
    return {
        "drills": [row for row in rows if row["of"] == 1],
        "rings": [row | {"ring": RINGS[row["ring"]]} for row in rows if row["of"] == 2],
        "all": next(row for row in rows if row["of"] == 3),
        "few": FEW,
    }


def _shaped(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"within": [{"minutes": minutes, "answered": row[f"within_{minutes}"]} for minutes in WITHIN]}
