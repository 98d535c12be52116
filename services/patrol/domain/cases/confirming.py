"""Whoever reported it says whether it is fixed; if they say nothing for long, the next patrol's look decides."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.cases import clocks, moving, telling
from services.patrol.domain.cases.steps import expect, note
from services.patrol.models import Case, CaseReport
from shared.db import find, locked, now

#: Whose word it was.
YES, NO = "reporter_says_fixed", "reporter_says_not"


def confirm(db: Session, report: CaseReport, *, fixed: bool, words: str = "") -> Case:
    """A reporter's word. The same word twice is one."""
    case = locked(db, Case, report.case_id)
    if report.fixed is True and fixed and case.state == "confirmed":
        return case
    expect(case, "fixed")
    report.fixed, report.answered_at = fixed, now()
    if fixed:
        moving.end(db, case, "confirmed", by=report.person_id, words=words, why=[{"code": YES}])
    else:
        moving.reopen(db, case, by=report.person_id, words=words, why=[{"code": NO}])
    return case


def answer(db: Session, case_id: UUID, *, by: UUID, answer: str) -> None:
    """What a member answers to the message that asked. What is over by now needs no word any more."""
    mine = select(CaseReport).where(CaseReport.case_id == case_id, CaseReport.person_id == by)
    report = db.scalar(mine.order_by(CaseReport.reported_at.desc()).limit(1))
    if report is None or answer not in ("ack", "decline") or find(db, Case, case_id).state != "fixed":
        return
    confirm(db, report, fixed=answer == "ack")


def decide(db: Session) -> None:
    """Where reporters said nothing for long: closed if a patrol saw that it is fixed; else the desk is told, once."""
    silent = select(Case).where(Case.state == "fixed", Case.climbs_at <= now()).limit(clocks.AT_ONCE)
    for case in db.scalars(silent.with_for_update(skip_locked=True)):
        if case.looked_again_at:
            close_as_seen(db, case)
            continue
        case.level, case.climbs_at = 1, None
        note(db, case, "climbed", why=[{"code": "nobody_said_anything"}, {"code": "nobody_looked_again"}])
        telling.overdue(db, case)


def close_as_seen(db: Session, case: Case) -> None:
    moving.end(db, case, "closed", why=[{"code": "nobody_said_anything"}, {"code": "patrol_saw_it_fixed"}])


def time_is_over(case: Case) -> bool:
    return case.due_at is not None and case.due_at <= now()
