"""Activities: find, read, post and change them."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.events.domain import activities, scope, search, sign_ups
from services.events.domain.search import Found
from services.events.routes.asking import asker, me, noted, shown, to_change
from services.events.schemas import activities as schemas
from shared.auth import PERSON, actor, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH

bp = Blueprint("activities", __name__, description="Activities that units hold for their audience")


@bp.get("/activities")
@needs(PERSON, scope="activities:read")
@bp.arguments(schemas.ActivityQuery, location="query")
@bp.response(200, paged(schemas.Activity))
def list_activities(wanted):
    """Activities by their start: published ones, one's own unit's in any state, for clerks all."""
    cursor, limit, mine = (wanted.pop(name) for name in ("cursor", "limit", "mine"))
    wanted["near"] = actor().person_id if wanted["near"] else None
    of_person = me() if mine else None
    query = select(Found.id).where(scope.visible(asker(), Found), *search.conditions(**wanted, of_person=of_person))
    found = page(g.db, query, [Found.starts_at, Found.id], cursor=cursor, limit=limit)
    rows = search.activities(g.db, found["items"])
    return found | {"items": sign_ups.counted(g.db, rows, actor().person_id)}


@bp.post("/activities")
@needs("clerk", "liaison", scope="activities:write")
@once
@bp.arguments(schemas.Posting)
@bp.response(201, schemas.Activity)
def post_activity(posting):
    """Post an activity of one's unit: a draft, or with `submit` on its way to be published."""
    who = asker()
    unit, submit_it = scope.unit_of(g.db, who, posting.pop("unit")), posting.pop("submit")
    facts = {"reach": who.reaches[0], "posted_by": who.name, "submit_it": submit_it}
    return noted("posted", activities.post(g.db, unit, **facts, **posting))


@bp.get("/activities/<uuid:activity_id>")
@needs(PERSON, scope="activities:read")
@bp.response(200, schemas.Activity)
def get_activity(activity_id):
    """One activity."""
    return shown(scope.seen(g.db, activity_id, asker()))


@bp.put("/activities/<uuid:activity_id>")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Plan)
@bp.response(200, schemas.Activity)
@bp.doc(parameters=[IF_MATCH])
def put_activity(plan, activity_id):
    """Change an activity; those who signed up are told of what matters to them."""
    activity = to_change(activity_id)
    return noted("changed", activities.edit(g.db, activity.id, **plan))
