"""How many people an activity would reach, before it does."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import audiences, scope
from services.events.routes.asking import asker
from services.events.schemas import audiences as schemas
from shared.auth import needs

bp = Blueprint("audiences", __name__, description="Whom activities are for")


@bp.post("/audience/count")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.AudienceQuestion)
@bp.response(200, schemas.Count)
def count_audience(question):
    """How many people an activity posted by the one who asks would reach with this audience."""
    who, audience = asker(), question["audience"]
    audiences.check(g.db, audience)
    unit_id = next(iter(who.units), None)
    return {"count": audiences.count(g.db, audience, reach=who.reaches[0], unit_id=unit_id)}


@bp.get("/activities/<uuid:activity_id>/audience-count")
@needs("clerk", "liaison", scope="activities:read")
@bp.response(200, schemas.Count)
def count_audience_of_activity(activity_id):
    """How many people are told when this activity is published."""
    activity = scope.own(g.db, activity_id, asker())
    count = audiences.count(g.db, activity.audience, reach=activity.reach, unit_id=activity.unit_id)
    return {"count": count}
