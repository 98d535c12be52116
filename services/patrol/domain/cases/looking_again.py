"""What patrols found where something was said to be fixed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.domain import reports
from services.patrol.domain.cases import confirming, moving
from services.patrol.domain.cases.steps import note
from services.patrol.domain.moments import Clock
from services.patrol.domain.reports import Report
from services.patrol.models import Case, SecondLook
from shared.db import now
from shared.errors import Problem


class NothingToLookAt(Problem):
    """No patrol was asked to look at this."""


def take_in(db: Session, batch: list[Report], clock: Clock) -> None:
    """Store what crews found; do what follows from it."""
    known = set(db.scalars(select(Case.id).where(Case.id.in_(report.item["case_id"] for report in batch))))
    for report in batch:
        if report.item["case_id"] not in known:
            report.refuse(NothingToLookAt())
    good = [report for report in batch if report.good]
    _store(db, good, clock)
    for report in good:
        if report.good:
            look(db, report.item["case_id"], fixed=report.item["fixed"], by=report.person_id, words=_words(report))


def look(db: Session, case_id: UUID, *, fixed: bool, by: UUID, words: str = "") -> None:
    """A crew's word. What has moved on by then needs it no more."""
    case = db.scalar(select(Case).where(Case.id == case_id, Case.state == "fixed").with_for_update())
    if case is None:
        return
    if not fixed:
        moving.reopen(db, case, by=by, words=words, why=[{"code": "patrol_saw_it_not_fixed"}])
        return
    case.looked_again_at = case.looked_again_at or now()
    note(db, case, "looked_again", by=by, words=words)
    if confirming.time_is_over(case):
        confirming.close_as_seen(db, case)


def _store(db: Session, batch: list[Report], clock: Clock) -> None:
    rows = [_row(report, clock) for report in sorted(batch, key=lambda report: report.item["id"])]
    if rows:
        statement = insert(SecondLook).on_conflict_do_nothing(index_elements=["id"]).returning(SecondLook.id)
        reports.settle(db, SecondLook, batch, db.scalars(statement, rows))


def _row(report: Report, clock: Clock) -> dict[str, Any]:
    timed = reports.timed(report, clock)
    del timed["checkpoint_id"]
    facts = {"case_id": report.item["case_id"], "fixed": report.item["fixed"]}
    return timed | facts | {"shift_id": report.shift.id if report.shift else None}


def _words(report: Report) -> str:
    return report.item.get("note") or ""
