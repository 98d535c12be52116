"""The duty desk's board over HTTP."""

from flask import g
from flask_smorest import Blueprint

from services.patrol.domain import board
from services.patrol.domain.news import channel
from services.patrol.schemas import board as schemas
from shared import latest, live
from shared.auth import needs, still_admitted

bp = Blueprint("board", __name__, description="Tonight's patrols, live")


@bp.get("/board")
@needs("duty")
@bp.arguments(schemas.BoardQuery, location="query")
@bp.response(200, schemas.Board)
def show_board(asked):
    """Tonight: who is on the way, who was not heard of, who calls, what is wrong where."""
    return latest.answer("patrol", channel(g.db), lambda: schemas.Board().dump(board.show(g.db)), **asked)


@bp.get("/board/stream")
@needs("duty")
@bp.doc(responses={200: {"description": "Events `board`: what changed", "content": {"text/event-stream": {}}}})
def stream_board():
    """Server-sent events: each says what on the board changed."""
    mine = channel(g.db)
    g.db.close()  # the stream may last for hours; the connection belongs to others
    return live.stream("patrol", mine, "board", allowed=still_admitted())
