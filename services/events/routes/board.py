"""What is open now, tonight and this week: for everybody, without signing in."""

from flask import Response, g, jsonify
from flask_smorest import Blueprint

from services.events.domain import board, board_texts
from services.events.routes.keeping import kept
from services.events.schemas import board as schemas
from shared.auth import PUBLIC, needs

bp = Blueprint("board", __name__, description="What is open, for everybody")


@bp.get("/public/board")
@needs(PUBLIC)
@bp.arguments(schemas.BoardQuery, location="query")
@bp.response(200, schemas.Board)
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_board(wanted):
    """Public venues that are open now, tonight and this week, and activities for everyone."""
    said = schemas.Board().dump(board.board(g.db, **wanted))
    return kept(jsonify(said))


@bp.get("/public/board.txt")
@needs(PUBLIC)
@bp.arguments(schemas.TextQuery, location="query")
@bp.response(200, {"type": "string"}, content_type="text/plain")
@bp.alt_response(304, success=True, description="Nothing changed since If-None-Match")
def get_board_text(wanted):
    """The same in Chinese words: parts of at most 70 signs, a line each; or one text for a telephone to read out."""
    words = wanted["venue"] or wanted["words"]
    seen, venue = board.board(g.db), board.find(g.db, words) if words else None
    said = board_texts.spoken(seen, venue) if wanted["form"] == "phone" else "\n".join(board_texts.sms(seen, venue))
    return kept(Response(said, content_type="text/plain; charset=utf-8"))
