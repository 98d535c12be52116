"""Joining a patrol, who is along, and what was left for the next one, over HTTP."""

import segno
from flask import g
from flask_smorest import Blueprint
from sqlalchemy import or_, select

from services.patrol.domain import restoring, sheets, uploads
from services.patrol.domain.readers import allowed, leads, walks
from services.patrol.domain.way import joining, sheet
from services.patrol.models import Crew, Shift
from services.patrol.routes.asking import reader
from services.patrol.schemas import sheets as schemas
from services.patrol.schemas import way as words
from services.patrol.schemas.shifts import Shift as ShiftOnHTTP
from shared.audit import record
from shared.auth import PERSON, needs
from shared.config import config
from shared.db import now
from shared.errors import NotFound
from shared.web import tag

bp = Blueprint("way", __name__, description="On the way: joining, who is along, handovers that are read")


@bp.get("/shifts/<uuid:shift_id>/join-code")
@needs(PERSON)
@bp.response(200, words.JoinCode)
def join_code(shift_id):
    """The code by which people join on the spot, another one each minute: for the leader's phone."""
    who = reader()
    first = Shift.crew.any((Crew.person_id == who.person_id) & (Crew.role == "leader"))
    if g.db.scalar(select(Shift.id).where(Shift.id == shift_id, or_(leads(who), first))) is None:
        raise NotFound
    shown = joining.CODE.shown(shift_id, now())
    url = f"{config().public_url}/patrol/join?shift={shift_id}&code={shown.code}"
    return {"code": shown.code, "until": shown.until, "url": url, "svg": segno.make_qr(url).svg_inline(scale=6)}


@bp.put("/joins")
@needs(PERSON)
@bp.arguments(words.Join)
@bp.response(200, schemas.Sheet)
def join(facts):
    """Join the patrol whose leader shows this code. Joining twice is joining once."""
    attempt = joining.join(g.db, reader(), code=facts["join_code"], shift_id=facts["shift_id"])
    if attempt.shift is None:
        g.db.commit()  # a wrong code counts, although the answer to it is no
        raise attempt.problem or joining.TooManyTries
    return _sheet(attempt.shift)


@bp.put("/shifts/<uuid:shift_id>/crew-confirmed")
@needs(PERSON)
@bp.arguments(words.Confirming)
@bp.response(200, schemas.Sheet)
def confirm_crew(facts, shift_id):
    """Say who is along, at the start or at the end: the leader, for all."""
    crew = {name: facts[name] for name in ("moment", "present")}
    return _report("crew", facts, shift_id, crew=crew)


@bp.put("/shifts/<uuid:shift_id>/handover-read")
@needs(PERSON)
@bp.arguments(words.Reading)
@bp.response(200, schemas.Sheet)
def read_handover(facts, shift_id):
    """Say that this shift has read what another one left for it."""
    return _report("handover_read", facts, shift_id, of=facts["of"])


@bp.post("/shifts/<uuid:shift_id>/restore")
@needs(PERSON)
@bp.response(200, ShiftOnHTTP)
def restore_shift(shift_id):
    """Put a shift that was cancelled back on the roster."""
    shift = allowed(g.db, Shift, shift_id, leads(reader()))
    record(g.db, "patrol.shift_restored", "shift", shift_id)
    restoring.restore(g.db, shift)
    return sheets.sheet(g.db, tag(shift).id)


def _report(kind, facts, shift_id, **said):
    who = reader()
    allowed(g.db, Shift, shift_id, walks(who))
    device = {"id": facts["device_id"], "now": None, "page_session": None}
    uploads.take_in_one(g.db, who, {"kind": kind, "shift_id": shift_id, "at": facts["at"], **said}, device=device)
    return _sheet(g.db.get(Shift, shift_id))


def _sheet(shift):
    [whole] = sheet.complete(g.db, [tag(shift)], [sheets.sheet(g.db, shift.id)])
    return whole
