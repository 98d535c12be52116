"""One's activities in one's own calendar."""

from flask import Response, g, request
from flask_smorest import Blueprint

from services.events.domain import feeds
from services.events.routes.asking import me
from services.events.schemas import feeds as schemas
from shared.auth import PERSON, PUBLIC, needs
from shared.config import config

bp = Blueprint("feeds", __name__, description="Activities in people's own calendars")


@bp.post("/me/calendar")
@needs(PERSON)
@bp.response(200, schemas.FeedAddress)
def renew_my_calendar():
    """A new address of one's calendar, shown this once; the old one opens nothing any more."""
    return {"url": f"{config().public_url}/api/events/feeds/{feeds.renew(g.db, me())}.ics"}


@bp.get("/feeds/<string:secret>.ics")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/calendar")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_feed(secret):
    """A calendar (RFC 5545) for those who know its address."""
    response = Response(feeds.opened(g.db, secret), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"  # keep it, and ask whether it changed
    response.add_etag()
    return response.make_conditional(request)
