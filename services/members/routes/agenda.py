"""The joint meeting's agenda."""

from flask import g
from flask_smorest import Blueprint

from services.members.domain import agenda
from services.members.models import AgendaItem
from services.members.schemas import agenda as schemas
from shared.auth import needs
from shared.page import page, paged

bp = Blueprint("agenda", __name__, description="What the joint meeting speaks about")


@bp.get("/agenda")
@needs("clerk", "liaison")
@bp.arguments(schemas.AgendaQuery, location="query")
@bp.response(200, paged(schemas.AgendaItem))
def list_agenda(wanted):
    """What came to the joint meeting by itself, what has waited longest first."""
    query = agenda.listed(settled=wanted.pop("settled"))
    return page(g.db, query, [AgendaItem.since, AgendaItem.id], **wanted)
