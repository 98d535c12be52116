"""Squads over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain import squads
from services.patrol.domain.readers import sees_squad
from services.patrol.models import Squad
from services.patrol.routes.asking import reader
from services.patrol.schemas import squads as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.errors import NotFound
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("squads", __name__, description="Squads: who leads them, who belongs to them, which way they go")


@bp.get("/squads")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Squad))
def list_squads(asked):
    """One's own squads; the duty desk sees all."""
    mine = select(Squad).where(sees_squad(reader())).options(*squads.WHOLE)
    return page(g.db, mine, [Squad.code, Squad.id], **asked)


@bp.get("/squads/<uuid:squad_id>")
@needs(PERSON)
@bp.response(200, schemas.Squad)
def squad(squad_id):
    """One squad."""
    row = g.db.scalar(select(Squad).where(Squad.id == squad_id, sees_squad(reader())).options(*squads.WHOLE))
    if row is None:
        raise NotFound
    return tag(row)


@bp.put("/squads/<uuid:squad_id>")
@needs("clerk")
@bp.doc(
    parameters=[IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]
)
@bp.arguments(schemas.Squad)
@bp.response(200, schemas.Squad)
def put_squad(facts, squad_id):
    """Add a squad, or change it."""
    if known := g.db.get(Squad, squad_id):
        match(known)
    record(g.db, "patrol.squad_changed" if known else "patrol.squad_added", "squad", squad_id)
    return tag(squads.put(g.db, squad_id, **facts))
