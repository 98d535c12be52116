"""Open cases on the duty desk's board: each with its clock, what is due first on top, what is paused at the end."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain.cases import clocks, reading
from services.patrol.models import OPEN_CASES, Case

#: So many are shown; the others are counted, and stand in the list of cases.
FIRST = 20


def show(db: Session) -> dict[str, Any]:
    unsettled = Case.state.in_(OPEN_CASES)
    late = func.count().filter(clocks.is_overdue())
    many, overdue = db.execute(select(func.count(), late).where(unsettled)).one()
    pressing = (Case.state == "paused", Case.due_at, Case.id)
    found = select(Case).where(unsettled).order_by(*pressing).limit(FIRST).options(joinedload(Case.unit))
    return {"open": many, "late": overdue, "first": reading.lines(db.scalars(found))}
