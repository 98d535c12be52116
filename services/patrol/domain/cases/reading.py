"""Who sees which cases: the desk all, a unit's officers what is theirs to see to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain.cases import clocks
from services.patrol.domain.readers import Reader
from services.patrol.models import CASE_GROUPS, OPEN_CASES, Case, CaseReport, CaseStep, Photo
from shared.db import now
from shared.errors import NotFound


def sees(reader: Reader) -> ColumnElement[bool]:
    return true() if reader.desk else Case.unit_id.in_(reader.units)


def wanted(reader: Reader, asked: dict[str, Any]) -> Select:
    """The query for a list; what it asks for is taken out of *asked*, the page's facts stay."""
    query = select(Case).where(sees(reader)).options(joinedload(Case.unit))
    if group := asked.pop("group"):
        query = query.where(Case.state.in_(CASE_GROUPS[group]))
    if asked.pop("overdue"):
        query = query.where(clocks.is_overdue())
    if number := asked.pop("number"):
        named = exists().where(CaseReport.case_id == Case.id, CaseReport.number == number)
        query = query.where(or_(Case.number == number, named))
    if since := asked.pop("since", None):
        query = query.where(Case.opened_at >= since)
    if until := asked.pop("until", None):
        query = query.where(Case.opened_at < until)
    for name in ("kind", "zone", "checkpoint_id", "unit_id"):
        if value := asked.pop(name):
            query = query.where(getattr(Case, name) == value)
    return query


def to_change(db: Session, case_id: UUID, reader: Reader) -> Case:
    """The case, locked, if the reader sees it; else there is no such thing."""
    mine = select(Case).where(Case.id == case_id, sees(reader)).with_for_update()
    if (case := db.scalar(mine.execution_options(populate_existing=True))) is None:
        raise NotFound
    return case


def whole(db: Session, case_id: UUID, reader: Reader) -> dict[str, Any]:
    """A case with all that belongs to it. Who reported it, only the desk reads."""
    options = (
        joinedload(Case.unit),
        selectinload(Case.reports).joinedload(CaseReport.person),
        selectinload(Case.steps).joinedload(CaseStep.person),
    )
    mine = select(Case).where(Case.id == case_id, sees(reader)).options(*options)
    if (case := db.scalar(mine.execution_options(populate_existing=True))) is None:
        raise NotFound
    photos = db.scalars(select(Photo).where(Photo.case_id == case_id).order_by(Photo.made_at, Photo.id)).all()
    into = db.scalar(select(Case.number).where(Case.id == case.merged_into)) if case.merged_into else None
    more = {"photos": photos, "merged_into": into, "reports": [_report(one, reader) for one in case.reports]}
    return line(case) | more | {"steps": [_step(one, reader) for one in case.steps]}


def lines(cases: Iterable[Case]) -> list[dict[str, Any]]:
    return [line(case) for case in cases]


def line(case: Case) -> dict[str, Any]:
    """What a list says of a case."""
    late = case.state in OPEN_CASES and case.state != "paused" and case.due_at is not None and case.due_at < now()
    return {column.key: getattr(case, column.key) for column in Case.__table__.columns if column.key in LINE} | {
        "unit": case.unit,
        "overdue": late,
    }


#: The columns that a list shows.
LINE = frozenset({
    "id", "number", "kind", "place", "zone", "checkpoint_id", "words", "severity", "state", "level", "opened_at",
    "due_at", "paused_at", "pause_reason", "fixed_at", "fixed_words", "looked_again_at", "ended_at", "version",
})  # fmt: skip


def _report(report: CaseReport, reader: Reader) -> dict[str, Any]:
    columns = ("number", "channel", "reported_at", "words", "fixed", "answered_at")
    who = report.person.name if report.person and reader.desk else None
    reachable = bool(report.contact) and reader.desk
    return {name: getattr(report, name) for name in columns} | {"by": who, "reachable": reachable}


def _step(step: CaseStep, reader: Reader) -> dict[str, Any]:
    named = step.person.name if step.person and (reader.desk or step.step not in BY_REPORTERS) else None
    return {name: getattr(step, name) for name in ("step", "at", "words", "why")} | {"by": named}


#: Steps that reporters take; their names are the desk's only.
BY_REPORTERS = ("joined", "confirmed", "reopened", "looked_again")
