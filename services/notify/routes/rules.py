"""Which event is told to whom."""

from typing import Any

from flask import g
from flask_smorest import Blueprint

from services.notify.domain import catalogue, desk, rules
from services.notify.domain.words import TOPICS
from services.notify.models import Rule
from services.notify.schemas.rules import DryRunIn, DryRunOut, RuleIn, RuleOut, RulesOut
from shared.audit import record
from shared.auth import needs
from shared.db import find
from shared.web import IF_MATCH, match, tag

bp = Blueprint("rules", __name__, description="Which event is told to whom")


@bp.get("/rules")
@needs("clerk", "duty")
@bp.response(200, RulesOut)
def list_rules():
    """All rules"""
    return {"items": [_shown(rule) for rule in rules.every_rule(g.db)]}


@bp.get("/rules/<uuid:rule_id>")
@needs("clerk", "duty")
@bp.response(200, RuleOut)
def get_rule(rule_id):
    """One rule"""
    return _shown(tag(find(g.db, Rule, rule_id)))


@bp.patch("/rules/<uuid:rule_id>")
@needs("clerk")
@bp.doc(parameters=[IF_MATCH])
@bp.arguments(RuleIn)
@bp.response(200, RuleOut)
def switch_rule(body, rule_id):
    """Switch a rule on or off"""
    rule = rules.switch(g.db, match(find(g.db, Rule, rule_id)), on=body["on"])
    record(g.db, "notify.rule_switched", "rule", rule_id, on=body["on"])
    return _shown(tag(rule))


@bp.post("/rules/dry-run")
@needs("clerk", "duty")
@bp.arguments(DryRunIn)
@bp.response(200, DryRunOut)
def dry_run(body):
    """Who would get what and why; nothing is sent"""
    return {"items": desk.dry_run(g.db, catalogue.imagine(body["topic"], body["facts"]))}


def _shown(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name, None) for name in RuleOut().fields} | {"event": TOPICS.get(rule.topic, {})}
