"""Trouble on the board and its case are one thing: what is done to the one is done to the other."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.patrol.models import Case, CaseReport, Trouble
from shared.db import now


def take(db: Session, case: Case, *, by: UUID) -> None:
    waiting = update(Trouble).where(Trouble.id.in_(_of(case)), Trouble.state == "open")
    db.execute(waiting.values(state="taken", taken_by=by, taken_at=now()))


def close(db: Session, case: Case, *, by: UUID | None, note: str = "") -> None:
    left = update(Trouble).where(Trouble.id.in_(_of(case)), Trouble.state != "closed")
    db.execute(left.values(state="closed", closed_by=by, closed_at=now(), note=note[:500]))


def case_of(db: Session, trouble_id: UUID) -> Case | None:
    """The case to which this trouble belongs, locked."""
    found = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.id == trouble_id)
    return db.scalar(found.with_for_update(of=Case))


def _of(case: Case):
    return select(CaseReport.id).where(CaseReport.case_id == case.id)
