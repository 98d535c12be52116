"""Cases over HTTP: for the desk, and for the unit that sees to them."""

from collections.abc import Callable
from typing import Any

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.cases import merging, moving, reading, routing, slips
from services.patrol.domain.cases.steps import expect_open
from services.patrol.models import Case, CaseReport
from services.patrol.routes.asking import reader
from services.patrol.schemas import cases as schemas
from services.patrol.schemas import residents
from shared.audit import record
from shared.auth import PERSON, needs
from shared.errors import NotFound
from shared.page import page, paged

bp = Blueprint("cases", __name__, description="What was found: who sees to it, until when, and what became of it")

NEWEST = [Case.opened_at, Case.id]


@bp.get("/cases")
@needs(PERSON)
@bp.arguments(schemas.CaseQuery, location="query")
@bp.response(200, paged(schemas.CaseLine))
def list_cases(asked):
    """Cases, the newest first: the desk sees all, a unit's officers those of their unit."""
    query = reading.wanted(reader(), asked)
    found = page(g.db, query, NEWEST, **asked, newest_first=True)
    return found | {"items": reading.lines(found["items"])}


@bp.get("/cases/<uuid:case_id>")
@needs(PERSON)
@bp.response(200, schemas.Case)
def get_case(case_id):
    """One case with its steps, who reported it, and photos."""
    return reading.whole(g.db, case_id, reader())


@bp.post("/cases/<uuid:case_id>/take")
@needs(PERSON)
@bp.response(200, schemas.Case)
def take_case(case_id):
    """See to it."""
    return _moved(moving.take, "taken", case_id)


@bp.post("/cases/<uuid:case_id>/pause")
@needs(PERSON)
@bp.arguments(schemas.Pause)
@bp.response(200, schemas.Case)
def pause_case(facts, case_id):
    """Stop its clock, for a reason."""
    return _moved(moving.pause, "paused", case_id, **facts)


@bp.post("/cases/<uuid:case_id>/resume")
@needs(PERSON)
@bp.response(200, schemas.Case)
def resume_case(case_id):
    """Let its clock run again."""
    return _moved(moving.resume, "resumed", case_id)


@bp.post("/cases/<uuid:case_id>/fix")
@needs(PERSON)
@bp.arguments(schemas.Fix)
@bp.response(200, schemas.Case)
def fix_case(facts, case_id):
    """Say that it is fixed. Whoever reported it is asked; the next patrol looks again."""
    return _moved(moving.fix, "fixed", case_id, **facts)


@bp.post("/cases/<uuid:case_id>/route")
@needs("duty")
@bp.arguments(schemas.Route)
@bp.response(200, schemas.Case)
def route_case(facts, case_id):
    """Give it to a unit, or to the duty desk; maybe it is more pressing than it seemed."""
    who = reader()
    case = reading.to_change(g.db, case_id, who)
    expect_open(case)
    case.severity = facts["severity"] or case.severity
    routing.to(g.db, case, facts["unit_id"], by=who.person_id, words=facts["words"])
    return _shown("routed", case_id, who)


@bp.post("/cases/<uuid:case_id>/merge")
@needs("duty")
@bp.arguments(schemas.Merge)
@bp.response(200, schemas.Case)
def merge_case(facts, case_id):
    """Say that it is the same as another one; the answer is that one."""
    who = reader()
    into = merging.merge(g.db, case_id, facts["into"], by=who.person_id)
    record(g.db, "patrol.case_merged", "case", case_id, into=into.id)
    return reading.whole(g.db, into.id, who)


@bp.post("/cases/<uuid:case_id>/drop")
@needs("duty")
@bp.arguments(schemas.Drop)
@bp.response(200, schemas.Case)
def drop_case(facts, case_id):
    """Say that nothing will be done, and why: whoever reported it reads that."""
    return _moved(moving.drop, "dropped", case_id, **facts)


@bp.post("/cases/<uuid:case_id>/close")
@needs("duty")
@bp.arguments(schemas.Fix)
@bp.response(200, schemas.Case)
def close_case(facts, case_id):
    """Close it on the desk's own word."""
    return _moved(moving.close, "closed", case_id, **facts)


@bp.get("/case-reports/<string:number>/contact")
@needs("duty")
@bp.response(200, residents.Contact)
def get_contact(number):
    """How to reach the resident who reported it; each look is written into the audit log."""
    report = _report(number)
    record(g.db, "patrol.reporter_looked_up", "case", report.case_id, purpose="answer_a_report")
    return report.contact or {"name": None, "phone": None}


@bp.post("/case-reports/<string:number>/slip")
@needs("duty")
@bp.response(200, residents.Slip)
def renew_slip(number):
    """A new PIN for a resident who lost theirs; the old one opens nothing any more."""
    report = _report(number)
    pin = slips.renew(g.db, report)
    record(g.db, "patrol.case_slip_made", "case", report.case_id)
    return {"number": report.number, "pin": pin, "twin": False}


def _report(number: str) -> CaseReport:
    residents_own = select(CaseReport).where(CaseReport.number == number, CaseReport.person_id.is_(None))
    if (report := g.db.scalar(residents_own.with_for_update())) is None:
        raise NotFound
    return report


def _moved(step: Callable[..., Any], done: str, case_id, **facts):
    """The case after the reader has taken this step with it."""
    who = reader()
    step(g.db, reading.to_change(g.db, case_id, who), by=who.person_id, **facts)
    return _shown(done, case_id, who)


def _shown(done: str, case_id, who):
    """The case as it is now, and in the audit log that this was done to it."""
    record(g.db, f"patrol.case_{done}", "case", case_id)
    return reading.whole(g.db, case_id, who)
