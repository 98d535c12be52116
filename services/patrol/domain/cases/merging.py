"""Two cases that are one: the reports go over, whoever reported hears it, the other one ends."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.patrol.domain.cases import clocks, telling
from services.patrol.domain.cases.steps import NotNow, note
from services.patrol.models import OPEN_CASES, SEVERITIES, Case, CaseReport, Photo
from shared.db import now
from shared.errors import Invalid, NotFound


def merge(db: Session, case_id: UUID, into_id: UUID, *, by: UUID) -> Case:
    """Merge one into another; both must be open still. Locked in the order of their ids, nobody waits in a circle."""
    if case_id == into_id:
        raise Invalid(errors={"into": ["the_same"]})
    both = select(Case).where(Case.id.in_([case_id, into_id])).order_by(Case.id).with_for_update()
    found = {case.id: case for case in db.scalars(both.execution_options(populate_existing=True))}
    if case_id not in found:
        raise NotFound
    if into_id not in found:
        raise Invalid(errors={"into": ["unknown"]})
    case, into = found[case_id], found[into_id]
    for one in (case, into):
        if one.state not in OPEN_CASES:
            raise NotNow(state=one.state, number=one.number)
    _move(db, case, into, by)
    return into


def _move(db: Session, case: Case, into: Case, by: UUID) -> None:
    telling.moved(db, case, "merged")
    into.severity = max(case.severity, into.severity, key=SEVERITIES.index)
    case.state, case.merged_into, case.ended_at = "merged", into.id, now()
    case.paused_at = case.pause_reason = None
    clocks.stop(case)
    db.execute(update(CaseReport).where(CaseReport.case_id == case.id).values(case_id=into.id))
    db.execute(update(Photo).where(Photo.case_id == case.id).values(case_id=into.id))
    note(db, case, "merged", by=by, why=[{"code": "into", "number": into.number}])
    note(db, into, "took_over", by=by, why=[{"code": "from", "number": case.number}])
