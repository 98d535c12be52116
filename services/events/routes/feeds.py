"""One's activities in one's own calendar."""

from flask import Response, g
from flask_smorest import Blueprint

from services.events.domain import feeds
from services.events.routes.asking import me
from services.events.routes.keeping import FOR_MINUTES, kept
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
    return _as_calendar(feeds.opened(g.db, secret), "private, no-cache")


@bp.get("/feeds/units/<string:code>.ics")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/calendar")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_feed_of_unit(code):
    """What a unit holds for everyone, as a calendar."""
    return _as_calendar(feeds.of_unit(g.db, code))


@bp.get("/feeds/groups/<string:code>.ics")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/calendar")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_feed_of_group(code):
    """What is for a group, and open to everyone, as a calendar."""
    return _as_calendar(feeds.of_group(g.db, code))


@bp.get("/feeds/venues/<uuid:venue_id>.ics")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/calendar")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_feed_of_venue(venue_id):
    """What is for everyone in a venue, as a calendar."""
    return _as_calendar(feeds.of_venue(g.db, venue_id))


@bp.get("/feeds/series/<uuid:series_id>.ics")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/calendar")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_feed_of_series(series_id):
    """A series that is for everyone, as a calendar."""
    return _as_calendar(feeds.of_series(g.db, series_id))


def _as_calendar(content: bytes, caching: str = FOR_MINUTES) -> Response:
    """Keep it, and ask whether it changed."""
    return kept(Response(content, content_type="text/calendar; charset=utf-8"), caching)
