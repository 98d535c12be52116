"""What phones report, over HTTP: a batch after hours without network, or one thing at once."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain import troubles, uploads
from services.patrol.routes.asking import reader
from services.patrol.schemas import reports as schemas
from shared.auth import PERSON, needs
from shared.db import now

bp = Blueprint("reports", __name__, description="Check-ins and trouble, from phones")


@bp.post("/uploads")
@needs(PERSON)
@bp.arguments(schemas.Upload())  # once for all requests: phones send nothing as often as these two
@bp.response(200, schemas.Verdicts)
def upload(facts):
    """Take in what a phone kept: in any order, however often. Each item has its own verdict."""
    batch = uploads.take_in(g.db, reader(), facts["items"], device=facts["device"])
    return {"server_now": now(), "results": [report.verdict() for report in batch]}


@bp.put("/check-ins/<uuid:check_in_id>")
@needs(PERSON)
@bp.arguments(schemas.CheckIn())
@bp.response(200, schemas.Verdict)
def put_check_in(facts, check_in_id):
    """Check in. The phone picks the id, so that sending twice is harmless."""
    return _one("check_in", check_in_id, facts)


@bp.put("/troubles/<uuid:trouble_id>")
@needs(PERSON)
@bp.arguments(schemas.TroubleReport)
@bp.response(200, schemas.Verdict)
def put_trouble(facts, trouble_id):
    """Report trouble, on a shift or outside of any."""
    return _one("trouble", trouble_id, facts)


@bp.post("/troubles/<uuid:trouble_id>/take")
@needs(PERSON)
@bp.response(200, schemas.Trouble)
def take_trouble(trouble_id):
    """Look after trouble: the duty desk, or the squad's leader."""
    return troubles.take(g.db, trouble_id, reader())


@bp.post("/troubles/<uuid:trouble_id>/close")
@needs(PERSON)
@bp.arguments(schemas.Closing, required=False)
@bp.response(200, schemas.Trouble)
def close_trouble(facts, trouble_id):
    """Close trouble, with a note on what was done."""
    return troubles.close(g.db, trouble_id, reader(), **facts)


def _one(kind, id, facts):
    device = facts.pop("device")
    return uploads.take_in_one(g.db, reader(), {**facts, "id": id, "kind": kind}, device=device).verdict()
