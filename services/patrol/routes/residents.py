"""Without an account: report, see how it stands, say whether it is fixed; and what the desk takes down for them."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.cases import paper, residents
from services.patrol.models import Zone
from services.patrol.schemas import residents as schemas
from shared import peer
from shared.audit import record
from shared.auth import PUBLIC, needs

bp = Blueprint("residents", __name__, description="Reports of residents: a number and a PIN, whichever way they come")


@bp.get("/public/compounds")
@needs(PUBLIC)
@bp.response(200, schemas.Compounds)
def compounds():
    """The compounds to choose from."""
    found = select(Zone.code, Zone.name).where(Zone.active, Zone.kind == "place").order_by(Zone.code)
    return {"items": g.db.execute(found).all()}


@bp.put("/public/reports/<uuid:report_id>")
@needs(PUBLIC)
@bp.arguments(schemas.Report)
@bp.response(200, schemas.Slip)
def report_without_account(told, report_id):
    """Report something. The phone picks the id: sent twice, it is one report, with the same number and PIN."""
    taken = residents.report(g.db, told, id=report_id, channel="web", address=peer.address())
    return residents.slip(taken)


@bp.post("/public/case")
@needs(PUBLIC)
@bp.arguments(schemas.Key)
@bp.response(200, schemas.State)
def see_state(key):
    """How a report stands. A wrong PIN is no error: five tries, then an hour's rest."""
    return residents.state(g.db, **key, address=peer.address())


@bp.put("/public/case/confirmation")
@needs(PUBLIC)
@bp.arguments(schemas.KeyedWord)
@bp.response(200, schemas.State)
def confirm_without_account(word):
    """Say whether it is fixed."""
    return residents.confirm(g.db, **word, address=peer.address())


@bp.put("/case-reports/<uuid:report_id>")
@needs("duty")
@bp.arguments(schemas.Intake)
@bp.response(200, schemas.Slip)
def take_down(told, report_id):
    """Take down what a resident tells on the telephone or on paper: they get the same number and PIN."""
    paper.check(told)
    taken = residents.report(g.db, told, id=report_id, channel=told["channel"])
    if told["settled"]:
        paper.settle(g.db, taken, **told["settled"])
    record(g.db, "patrol.case_taken_down", "case", taken.case.id, channel=told["channel"])
    return residents.slip(taken)
