"""Whoever has something is reminded: the day before, when the time is over, and three days later, with its unit."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import Session, joinedload

from services.events.domain.loans.news import tell_borrower
from services.events.models import Loan
from shared.db import now
from shared.schemas.event import Event
from shared.schemas.events import LoanIsDue, LoanOverdue, LoanStillOut

DAY = timedelta(days=1)
STILL_OUT = timedelta(days=3)
NEWS: dict[str, type[Event]] = {"due": LoanIsDue, "overdue": LoanOverdue, "still_out": LoanStillOut}


def remind(db: Session) -> None:
    """Tell each what it is time for, once. After a long silence nobody hears of a step that is past."""
    step = _step()
    due = select(Loan, step).where(Loan.state == "out", step.is_not(None), step.is_distinct_from(Loan.told))
    due = due.options(joinedload(Loan.equipment)).order_by(Loan.id).limit(500)
    for loan, told in db.execute(due.with_for_update(of=Loan, skip_locked=True)).all():
        loan.told = told
        db.flush()
        tell_borrower(db, NEWS[told], loan, left=loan.left)


def _step() -> ColumnElement[Any]:
    """How far it is; what was lent for less than a day needs no reminder the day before."""
    lent_longer = Loan.out_at <= Loan.ends_at - DAY
    return case(
        (Loan.ends_at <= now() - STILL_OUT, "still_out"),
        (Loan.ends_at <= now(), "overdue"),
        (and_(Loan.ends_at <= now() + DAY, lent_longer), "due"),
    )
