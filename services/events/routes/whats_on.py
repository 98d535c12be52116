"""Pages for everybody, written here and not by a script: today, this week, and an activity to be passed on in a chat.

People type and share /tonight, /week and /come/<id>; the gateway and the proxy bring them here.
"""

from uuid import UUID

from flask import Response, g, render_template, url_for
from flask_smorest import Blueprint
from werkzeug.datastructures import MultiDict

from services.events.domain import board, hours, whats_on, whats_on_texts
from services.events.domain.whats_on import Wanted
from services.events.models import KINDS
from services.events.routes import open_words, screen_words
from services.events.routes.keeping import FOR_MINUTES, kept
from services.events.schemas import whats_on as schemas
from shared import headers
from shared.auth import PUBLIC, needs
from shared.config import config
from shared.errors import NotFound

bp = Blueprint("whats_on", __name__, description="What is on, for everybody", template_folder="../open")

PAGE = {"schema": {"type": "string"}, "content_type": "text/html"}


@bp.get("/public/tonight")
@needs(PUBLIC)
@bp.arguments(schemas.WhatsOnQuery, location="query")
@bp.response(200, **PAGE)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_tonight(wanted):
    """What is on and open today and tonight, as a page."""
    today = whats_on.week(g.db, hours.today(), _wanted(wanted), days=1)[0]
    venues = board.board(g.db, place=wanted["place"]) if wanted["kind"] in (None, "venue") else {}
    return _page("tonight.html", wanted, today=today, board=venues, **_choices())


@bp.get("/public/tonight.txt")
@needs(PUBLIC)
@bp.arguments(schemas.InWords, location="query")
@bp.response(200, {"type": "string"}, content_type="text/plain")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_tonight_in_words(wanted):
    """What is on today in Chinese words: parts of at most 70 signs, a line each; or one text to be read out."""
    today = whats_on.week(g.db, hours.today(), Wanted(place=wanted["place"]), days=1)[0].activities
    said = whats_on_texts.spoken(today) if wanted["form"] == "phone" else "\n".join(whats_on_texts.sms(today))
    return kept(Response(said, content_type="text/plain; charset=utf-8"))


@bp.get("/public/week")
@needs(PUBLIC)
@bp.arguments(schemas.WhatsOnQuery, location="query")
@bp.response(200, **PAGE)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_week(wanted):
    """What is on and open in the seven days from today, as a page."""
    days = whats_on.week(g.db, hours.today(), _wanted(wanted))
    return _page("week.html", wanted, days=days, **_choices())


@bp.get("/public/come/<string:activity_id>")
@needs(PUBLIC)
@bp.arguments(schemas.PageInLanguage, location="query")
@bp.response(200, **PAGE)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
@bp.alt_response(404, **PAGE)
def get_activity_for_everyone(wanted, activity_id):
    """An activity that everybody may see, as a page of which chats show a preview."""
    try:
        activity = whats_on.shown(g.db, UUID(activity_id))
    except (ValueError, NotFound):
        return _page("not_found.html", wanted, status=404, asked=activity_id[:36])
    address = f"{config().public_url}/come/{activity.id}"
    return _page("activity.html", wanted, activity=activity, venue=whats_on.venue_of(g.db, activity), address=address)


@bp.get("/public/open.css")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/css")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_style():
    """How these pages look."""
    return kept(Response(render_template("open.css"), content_type="text/css; charset=utf-8"), FOR_MINUTES)


def _wanted(asked: dict) -> Wanted:
    return Wanted(place=asked["place"], kind=asked["kind"])


def _choices() -> dict:
    there = whats_on.kinds(g.db, hours.today())
    return {"kinds": [kind for kind in KINDS if kind in there], "compounds": whats_on.compounds(g.db)}


def _page(template: str, wanted: dict, status: int = 200, **facts) -> Response:
    language = wanted["lang"]
    words = open_words.WORDS[language]
    said = {
        "w": words,
        "say": open_words,
        "screen": screen_words,
        "language": language,
        "wanted": wanted,
        "link": _linker(wanted),
    }
    page = render_template(template, style=url_for("whats_on.get_style"), site=config().public_url, **said, **facts)
    response = Response(page, status, content_type="text/html; charset=utf-8", headers=headers.of_written())
    # What a search engine kept would go on inviting people to what was called off since.
    response.headers["X-Robots-Tag"] = "noindex"
    return kept(response) if status == 200 else response


def _linker(wanted: dict):
    """The address of another page, or of the same with something else wanted; what is the default is left out."""

    def link(path: str, **other: str | None) -> str:
        query = MultiDict((name, value) for name, value in ({**wanted, **other}).items() if value and value != "zh")
        address = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{path}?{address}" if address else path

    return link
