"""The audit log; the secretary reads it, nobody changes it."""

from flask import g
from flask_smorest import Blueprint

from services.members.domain import log
from services.members.schemas.audit import AuditEntry, AuditQuery
from shared.audit import ENTRIES
from shared.auth import needs
from shared.page import page, paged

bp = Blueprint("audit", __name__, description="Who did what that matters")


@bp.get("/audit")
@needs("secretary")
@bp.arguments(AuditQuery, location="query")
@bp.response(200, paged(AuditEntry))
def audit_log(asked):
    """Who did what that matters, the newest first."""
    cursor, limit = asked.pop("cursor"), asked.pop("limit")
    found = page(g.db, log.asked_for(**asked), [ENTRIES.c.seq], cursor=cursor, limit=limit, newest_first=True)
    return found | {"items": [dict(zip(log.NAMES, row, strict=True)) for row in found["items"]]}
