"""From a tap to the last message."""

from flask import g
from flask_smorest import Blueprint

from services.notify.domain import tracing
from services.notify.schemas.traces import TraceOut
from shared.auth import needs

bp = Blueprint("traces", __name__, description="What came of one request")


@bp.get("/traces/<uuid:id>")
@needs("clerk", "duty")
@bp.response(200, TraceOut)
def get_trace(id):
    """What came of a request, by its correlation id or that of one of its events or messages"""
    return tracing.follow(g.db, id)
