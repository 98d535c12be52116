"""What others hear of a case: who must see to it, who reported it. Nobody else gets a reporter's words."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.models import Case, CaseReport
from shared.outbox import publish
from shared.schemas import patrol as said

#: Of these steps a resident who left a number hears by SMS.
BY_SMS = ("taken", "fixed", "closed", "dropped")


def owner(db: Session, case: Case, *, desk_knows: bool = False) -> None:
    """Whoever must see to it. *desk_knows*: it heard of this as trouble already."""
    publish(
        db,
        said.CaseRouted,
        subject=case.id,
        case_id=case.id,
        number=case.number,
        kind=case.kind,
        place=case.place,
        words=case.words,
        severity=case.severity,
        unit_ids=_units(case),
        to_desk=case.unit_id is None and not desk_knows,
        due_at=case.due_at,
    )


def overdue(db: Session, case: Case) -> None:
    facts: dict[str, Any] = {"level": case.level, "unit_ids": _units(case), "due_at": case.due_at}
    publish(db, said.CaseOverdue, subject=case.id, **_names(case), **facts)


def moved(db: Session, case: Case, step: str, *, words: str = "") -> None:
    """Reporters and the owner hear what became of it."""
    reports = list(db.scalars(select(CaseReport).where(CaseReport.case_id == case.id)))
    facts: dict[str, Any] = {"step": step, "words": words, "person_ids": _people(reports), "unit_ids": _units(case)}
    publish(db, said.CaseMoved, subject=case.id, **_names(case), **facts)
    _by_sms(db, case, step, reports)


def ask_whether_fixed(db: Session, case: Case) -> None:
    """Members answer by a tap, residents on their page: an SMS says that there is something to say."""
    reports = list(db.scalars(select(CaseReport).where(CaseReport.case_id == case.id)))
    if people := _people(reports):
        publish(db, said.CaseFixed, subject=case.id, **_names(case), words=case.fixed_words, person_ids=people)
    _by_sms(db, case, "fixed", reports)


def _by_sms(db: Session, case: Case, step: str, reports: Iterable[CaseReport]) -> None:
    if step not in BY_SMS:
        return
    for report in reports:
        if report.contact and report.contact.get("phone"):
            facts = {"report_id": report.id, "number": report.number, "phone": report.contact["phone"], "step": step}
            publish(db, said.CaseReporterReached, subject=case.id, **facts)


def _names(case: Case) -> dict[str, Any]:
    return {"case_id": case.id, "number": case.number, "kind": case.kind, "place": case.place}


def _people(reports: Iterable[CaseReport]) -> list[UUID]:
    return sorted({report.person_id for report in reports if report.person_id})


def _units(case: Case) -> list[UUID]:
    return [case.unit_id] if case.unit_id else []
