"""The steps from draft to published, and back."""

from flask import g
from flask_smorest import Blueprint

from services.events.domain import activities
from services.events.routes.asking import noted, to_change
from services.events.schemas import activities as schemas
from shared.auth import needs
from shared.web import IF_MATCH

bp = Blueprint("steps", __name__, description="From draft to published, and back")


@bp.post("/activities/<uuid:activity_id>/submit")
@needs("clerk", "liaison", scope="activities:write")
@bp.response(200, schemas.Activity)
@bp.doc(parameters=[IF_MATCH])
def submit_activity(activity_id):
    """Ask a clerk to publish it; a unit that needs no approval publishes at once."""
    return noted("submitted", activities.submit(g.db, to_change(activity_id).id))


@bp.post("/activities/<uuid:activity_id>/publish")
@needs("clerk")
@bp.response(200, schemas.Activity)
@bp.doc(parameters=[IF_MATCH])
def publish_activity(activity_id):
    """Publish what a unit submitted."""
    return noted("published", activities.approve(g.db, to_change(activity_id).id))


@bp.post("/activities/<uuid:activity_id>/send-back")
@needs("clerk")
@bp.arguments(schemas.Reason)
@bp.response(200, schemas.Activity)
@bp.doc(parameters=[IF_MATCH])
def send_back_activity(why, activity_id):
    """Let the unit change something first."""
    return noted("sent_back", activities.send_back(g.db, to_change(activity_id).id, **why))


@bp.post("/activities/<uuid:activity_id>/call-off")
@needs("clerk", "liaison", scope="activities:write")
@bp.arguments(schemas.Reason)
@bp.response(200, schemas.Activity)
@bp.doc(parameters=[IF_MATCH])
def call_off_activity(why, activity_id):
    """It will not take place; whoever goes or waits is told why."""
    return noted("called_off", activities.call_off(g.db, to_change(activity_id).id, **why))
