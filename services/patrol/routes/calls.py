"""Calls for help over HTTP."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain import sos
from services.patrol.domain.readers import sees_sos
from services.patrol.routes.asking import reader
from services.patrol.schemas import calls as schemas
from shared.audit import record
from shared.auth import PERSON, needs

bp = Blueprint("calls", __name__, description="SOS")

#: A list of calls goes back so far.
NEWEST = 100


@bp.get("/sos")
@needs(PERSON)
@bp.arguments(schemas.SosQuery, location="query")
@bp.response(200, schemas.SosList)
def calls(asked):
    """Calls for help, the newest first: one's own, those of one's shifts; the duty desk sees all."""
    wanted = [sos.OPEN] if asked["open"] else []
    return {"items": g.db.scalars(sos.WHOLE.where(sees_sos(reader()), *wanted).limit(NEWEST)).all()}


@bp.put("/sos/<uuid:sos_id>")
@needs(PERSON)
@bp.arguments(schemas.Call)
@bp.response(200, schemas.Sos)
def call_for_help(facts, sos_id):
    """Call for help. Sent twice, it is one call; it is never refused for where or when."""
    return sos.call(g.db, sos_id, reader(), **facts)


@bp.post("/sos/<uuid:sos_id>/acknowledge")
@needs(PERSON)
@bp.response(200, schemas.Sos)
def acknowledge(sos_id):
    """Say that one is on the way."""
    return sos.acknowledge(g.db, sos_id, reader())


@bp.post("/sos/<uuid:sos_id>/stand-down")
@needs(PERSON)
@bp.arguments(schemas.StandDown, required=False)
@bp.response(200, schemas.Sos)
def stand_down(facts, sos_id):
    """Say that the call is over."""
    call = sos.stand_down(g.db, sos_id, reader(), **facts)
    record(g.db, "patrol.alarm_stood_down", "sos", sos_id)
    return call
