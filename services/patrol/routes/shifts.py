"""Shifts over HTTP: the phone's and the roster's."""

from datetime import timedelta

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import or_, select

from services.patrol.domain import roster, sheets, silence, uploads
from services.patrol.domain.readers import allowed, leads, sees, walks
from services.patrol.domain.way import sheet
from services.patrol.models import Shift
from services.patrol.routes.asking import reader
from services.patrol.schemas import shifts as schemas
from services.patrol.schemas.sheets import Sheet
from shared.audit import record
from shared.auth import PERSON, needs
from shared.db import now
from shared.errors import NotFound
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("shifts", __name__, description="The roster, and a crew's way through it")

#: Of one's own shifts, a phone asks for those from yesterday to the week after next.
BEHIND, AHEAD = timedelta(hours=12), timedelta(days=14)

SHEETS = paged(schemas.Shift)
WHOLE_SHEETS = paged(Sheet)
ORDER = [Shift.starts_at, Shift.id]


@bp.get("/me/shifts")
@needs(PERSON)
@bp.arguments(schemas.ShiftQuery, location="query")
@bp.response(200, WHOLE_SHEETS)
def my_shifts(asked):
    """The shifts that I walk or lead, with all that the phone needs on the way."""
    first, last = asked.pop("from_") or now() - BEHIND, asked.pop("to") or now() + AHEAD
    time = or_(Shift.state == "active", roster.ends_after(first) & (Shift.starts_at <= last))
    found = page(g.db, select(Shift).where(walks(reader()), time).options(*sheets.WHOLE), ORDER, **asked)
    return found | {"items": sheet.complete(g.db, found["items"], sheets.describe(g.db, found["items"]))}


@bp.get("/shifts")
@needs(PERSON)
@bp.arguments(schemas.ShiftSearch, location="query")
@bp.response(200, SHEETS)
def shifts(asked):
    """The roster: everybody sees their squads', the duty desk all."""
    return _sheets(select(Shift).where(sees(reader()), *_wanted(asked)), asked)


@bp.get("/shifts/<uuid:shift_id>")
@needs(PERSON)
@bp.response(200, Sheet)
def shift(shift_id):
    """One shift."""
    row = g.db.scalar(select(Shift).where(Shift.id == shift_id, sees(reader())))
    if row is None:
        raise NotFound
    return _whole_sheet(row)


@bp.post("/shifts")
@needs(PERSON)
@once
@bp.arguments(schemas.ShiftPlan)
@bp.response(201, schemas.Shift)
def plan_shift(facts):
    """Put a shift on the roster: the squad's leader, or the duty desk."""
    return _sheet(roster.plan(g.db, reader(), **facts))


@bp.patch("/shifts/<uuid:shift_id>")
@needs(PERSON)
@bp.doc(parameters=[IF_MATCH])
@bp.arguments(schemas.ShiftChange, required=False)
@bp.response(200, schemas.Shift)
def change_shift(facts, shift_id):
    """Change the times or the crew of a shift."""
    row = match(allowed(g.db, Shift, shift_id, leads(reader())))
    return _sheet(roster.change(g.db, row, **facts))


@bp.post("/shifts/<uuid:shift_id>/cancel")
@needs(PERSON)
@bp.arguments(schemas.Reason)
@bp.response(200, schemas.Shift)
def cancel_shift(facts, shift_id):
    """Take a shift off the roster."""
    row = allowed(g.db, Shift, shift_id, leads(reader()))
    record(g.db, "patrol.shift_cancelled", "shift", shift_id)
    return _sheet(roster.cancel(g.db, row, **facts))


@bp.post("/shifts/<uuid:shift_id>/start")
@needs(PERSON)
@bp.arguments(schemas.Start)
@bp.response(200, Sheet)
def start_shift(facts, shift_id):
    """Start a shift. Starting twice is starting once."""
    return _report("start", facts, shift_id)


@bp.post("/shifts/<uuid:shift_id>/end")
@needs(PERSON)
@bp.arguments(schemas.End)
@bp.response(200, Sheet)
def end_shift(facts, shift_id):
    """End a shift, with a note for the next one. Ending twice is ending once."""
    return _report("end", facts, shift_id)


@bp.post("/shifts/<uuid:shift_id>/all-well")
@needs(PERSON)
@bp.arguments(schemas.AllWell, required=False)
@bp.response(204)
def say_well(facts, shift_id):
    """Say that all is well with a squad: anybody who knows."""
    who = reader()
    allowed(g.db, Shift, shift_id, sees(who))
    silence.say_well(g.db, shift_id, by=who.person_id, name=who.name, **facts)
    record(g.db, "patrol.said_all_well", "shift", shift_id)


def _report(kind, facts, shift_id):
    device = {"id": facts.pop("device_id"), "now": None, "page_session": None}
    uploads.take_in_one(g.db, reader(), {"kind": kind, "shift_id": shift_id, **facts}, device=device)
    return _whole_sheet(g.db.get(Shift, shift_id))


def _wanted(asked):
    if first := asked.pop("from_"):
        yield roster.ends_after(first)
    if last := asked.pop("to"):
        yield Shift.starts_at <= last
    if squad := asked.pop("squad"):
        yield Shift.squad_id == squad
    if state := asked.pop("state"):
        yield Shift.state == state


def _sheets(query, asked):
    found = page(g.db, query.options(*sheets.WHOLE), ORDER, **asked)
    return found | {"items": sheets.describe(g.db, found["items"])}


def _sheet(row):
    tag(row)
    return sheets.sheet(g.db, row.id)


def _whole_sheet(row):
    [whole] = sheet.complete(g.db, [row], [_sheet(row)])
    return whole
