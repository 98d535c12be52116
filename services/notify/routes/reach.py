"""Whom a message reached, and on whose door somebody has to knock."""

from flask import g
from flask_smorest import Blueprint

from services.notify.domain import reach
from services.notify.schemas.reach import ReachedPerson, ReachOut, ReachQuery
from shared.auth import needs
from shared.page import page, paged

bp = Blueprint("reach", __name__, description="Whom a message reached")


@bp.get("/reach/<uuid:about_id>")
@needs("clerk", "duty")
@bp.response(200, ReachOut)
def get_reach(about_id):
    """Of an event, or of all that was told of one matter: how many answered, read it, got it, were not reached"""
    return reach.summary(g.db, reach.about(g.db, about_id))


@bp.get("/reach/<uuid:about_id>/people")
@needs("clerk", "duty")
@bp.arguments(ReachQuery, location="query")
@bp.response(200, paged(ReachedPerson))
def list_reached(query, about_id):
    """The same by name, zone by zone: the list for a knock on the door"""
    wanted = reach.people(reach.about(g.db, about_id), state=query.pop("state"))
    found = page(g.db, wanted, reach.order(), **query)
    return found | {"items": [reach.Told(*row) for row in found["items"]]}
