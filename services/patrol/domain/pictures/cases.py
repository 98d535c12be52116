"""What was reported, by kind, and how long it took until it was fixed: medians and quartiles, of few nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import extract, func, select, tuple_
from sqlalchemy.orm import Session

from services.patrol.domain.responses.figures import FEW
from services.patrol.models import CASE_GROUPS, OPEN_CASES, Case

QUARTILES = (0.25, 0.5, 0.75)


def show(db: Session, *, since: datetime, until: datetime) -> dict[str, Any]:
    """By kind, the most frequent first; what was merged or cannot be done is in no count."""
    fixed = Case.state.in_(CASE_GROUPS["done"]) & Case.fixed_at.is_not(None)
    hours = extract("epoch", Case.fixed_at - Case.opened_at) / 3600
    times = [func.percentile_cont(share).within_group(hours).filter(fixed) for share in QUARTILES]
    few = func.count().filter(fixed) < FEW
    counts = (
        func.count().label("reported"),
        func.count().filter(Case.state.in_(OPEN_CASES)).label("open"),
        func.count().filter(Case.state.in_(CASE_GROUPS["done"])).label("fixed"),
    )
    spread = [when((few, None), else_=time).label(f"q{n}") for n, time in enumerate(times, 1)]
    wanted = (
        select(Case.kind, *counts, *spread)
        .where(Case.opened_at >= since, Case.opened_at < until, Case.state.in_(CASE_GROUPS["counted"]))
        .group_by(func.grouping_sets(tuple_(Case.kind), tuple_()))
        .order_by(func.count().desc(), Case.kind)
    )
    rows = [row._asdict() for row in db.execute(wanted)]
    return {
        "kinds": [row for row in rows if row["kind"]],
        "all": next(row for row in rows if row["kind"] is None),
        "few": FEW,
    }
