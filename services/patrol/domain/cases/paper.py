"""Cases from paper: what was written into a book before, or told on the telephone; maybe it is fixed by now."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.patrol.domain.cases import clocks
from services.patrol.domain.cases.opening import Taken
from services.patrol.domain.cases.steps import expect_open
from services.patrol.models import CaseStep
from shared.db import now
from shared.errors import Invalid

#: Older books are closed.
OLDEST = timedelta(days=366)


def check(told: dict[str, Any]) -> None:
    """Times that can be: reported in the past, fixed after that."""
    reported, settled = told.get("reported_at"), told.get("settled")
    if reported and not now() - OLDEST <= reported <= now():
        raise Invalid(errors={"reported_at": ["out_of_range"]})
    if settled and not (reported and reported <= settled["fixed_at"] <= now()):
        raise Invalid(errors={"settled.fixed_at": ["out_of_range"]})


def settle(db: Session, taken: Taken, *, fixed_at: datetime, words: str, confirmed: bool, **_: Any) -> None:
    """It was fixed already: write down when, and whether whoever reported it says so. Nobody is told of old things."""
    case, report = taken.case, taken.report
    if taken.twin or case.fixed_at:
        return
    expect_open(case)
    case.state, case.fixed_at, case.fixed_words = "confirmed" if confirmed else "closed", fixed_at, words
    case.ended_at = fixed_at
    clocks.stop(case)
    if confirmed:
        report.fixed, report.answered_at = True, fixed_at
    db.flush()
    why = [{"code": "from_paper"}]
    steps = [("fixed", words), (case.state, "")]
    db.add_all([CaseStep(case_id=case.id, at=fixed_at, step=step, words=said, why=why) for step, said in steps])
    db.flush()
