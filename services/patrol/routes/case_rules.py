"""The rules by which cases find their owner, over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.patrol.domain.cases import routing
from services.patrol.models import CaseRule
from services.patrol.schemas import cases as schemas
from shared.audit import record
from shared.auth import needs
from shared.db import locked
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("case-rules", __name__, description="Who sees to what, where, and within how many hours")

MAYBE_NEW = IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}


@bp.get("/case-rules")
@needs("duty")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.CaseRule))
def list_rules(asked):
    """All rules, by kind."""
    return page(g.db, select(CaseRule), [CaseRule.kind, CaseRule.id], **asked)


@bp.put("/case-rules/<uuid:rule_id>")
@needs("clerk")
@bp.doc(parameters=[MAYBE_NEW])
@bp.arguments(schemas.CaseRule)
@bp.response(200, schemas.CaseRule)
def put_rule(facts, rule_id):
    """Add a rule, or change it. What was routed by it stays where it is."""
    if known := g.db.get(CaseRule, rule_id):
        match(known)
    record(g.db, "patrol.case_rule_changed" if known else "patrol.case_rule_added", "case_rule", rule_id)
    return tag(routing.put_rule(g.db, rule_id, **facts))


@bp.delete("/case-rules/<uuid:rule_id>")
@needs("clerk")
@bp.response(204)
def delete_rule(rule_id):
    """Take a rule away."""
    g.db.delete(locked(g.db, CaseRule, rule_id))
    record(g.db, "patrol.case_rule_removed", "case_rule", rule_id)
