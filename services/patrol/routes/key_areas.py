"""Key areas with their calendar, and tips of the season, over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.way import key_areas, tips
from services.patrol.models import KeyArea, Tip
from services.patrol.schemas import key_areas as schemas
from shared.audit import record
from shared.auth import PERSON, needs
from shared.db import find
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("key_areas", __name__, description="What wants more care than the rest of the way, and when")

OPTIONAL_MATCH = [IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]


@bp.get("/key-areas")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.KeyArea))
def list_key_areas(asked):
    """All key areas."""
    return page(g.db, select(KeyArea).options(*key_areas.WHOLE), [KeyArea.name, KeyArea.id], **asked)


@bp.get("/key-areas/<uuid:area_id>")
@needs(PERSON)
@bp.response(200, schemas.KeyArea)
def key_area(area_id):
    """One key area with its calendar."""
    return tag(find(g.db, KeyArea, area_id, options=key_areas.WHOLE))


@bp.put("/key-areas/<uuid:area_id>")
@needs("clerk")
@bp.doc(parameters=OPTIONAL_MATCH)
@bp.arguments(schemas.KeyArea)
@bp.response(200, schemas.KeyArea)
def put_key_area(facts, area_id):
    """Add a key area, or change it."""
    if known := g.db.get(KeyArea, area_id):
        match(known)
    record(g.db, "patrol.key_area_changed" if known else "patrol.key_area_added", "key_area", area_id)
    return tag(key_areas.put(g.db, area_id, **facts))


@bp.get("/tips")
@needs(PERSON)
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Tip))
def list_tips(asked):
    """All tips of the season."""
    return page(g.db, select(Tip), [Tip.id], **asked)


@bp.get("/tips/<uuid:tip_id>")
@needs(PERSON)
@bp.response(200, schemas.Tip)
def tip(tip_id):
    """One tip."""
    return tag(find(g.db, Tip, tip_id))


@bp.put("/tips/<uuid:tip_id>")
@needs("clerk")
@bp.doc(parameters=OPTIONAL_MATCH)
@bp.arguments(schemas.Tip)
@bp.response(200, schemas.Tip)
def put_tip(facts, tip_id):
    """Add a tip, or change it."""
    if known := g.db.get(Tip, tip_id):
        match(known)
    record(g.db, "patrol.tip_changed" if known else "patrol.tip_added", "tip", tip_id)
    return tag(tips.put(g.db, tip_id, **facts))
