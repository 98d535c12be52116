"""The board as a page for everybody at /board, and for a screen on a wall at /kiosk: light, for old tablets.

A script of forty lines fetches it anew and says since when the connection is gone; without scripts it reloads itself.
"""

from flask import Response, g, render_template, url_for
from flask_smorest import Blueprint

from services.events.domain import board
from services.events.routes import screen_words
from services.events.routes.keeping import FOR_MINUTES, kept
from services.events.schemas import board as schemas
from shared import headers
from shared.auth import PUBLIC, needs

bp = Blueprint("screens", __name__, description="The board on screens", template_folder="../open")

TYPES = {"screen.css": "text/css; charset=utf-8", "screen.js": "text/javascript; charset=utf-8"}
PAGE = {"schema": {"type": "string"}, "content_type": "text/html"}


@bp.get("/public/board.html")
@needs(PUBLIC)
@bp.arguments(schemas.ScreenQuery, location="query")
@bp.response(200, **PAGE)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_board_page(wanted):
    """What is open now, tonight and this week, as a page."""
    return _screen("board", **wanted)


@bp.get("/public/kiosk.html")
@needs(PUBLIC)
@bp.arguments(schemas.ScreenQuery, location="query")
@bp.response(200, **PAGE)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_kiosk_page(wanted):
    """The same for a screen on a wall: large, of high contrast, of today only."""
    return _screen("kiosk", **wanted)


@bp.get("/public/screen.css")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/css")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_screen_style():
    """How these pages look."""
    return _part("screen.css")


@bp.get("/public/screen.js")
@needs(PUBLIC)
@bp.response(200, {"type": "string"}, content_type="text/javascript")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_screen_script():
    """What keeps them right."""
    return _part("screen.js")


def _screen(form: str, *, place: str | None, lang: str) -> Response:
    seen = board.board(g.db, place=place)
    parts = {"style": url_for("screens.get_screen_style"), "script": url_for("screens.get_screen_script")}
    said = {"w": screen_words.WORDS[lang], "say": screen_words, "lang": lang, "place": place, "form": form}
    page = render_template("screen.html", board=seen, **said, **parts)
    return kept(Response(page, content_type="text/html; charset=utf-8", headers=headers.of_screens()))


def _part(name: str) -> Response:
    return kept(Response(render_template(name), content_type=TYPES[name]), FOR_MINUTES)
