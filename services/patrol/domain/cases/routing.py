"""Who sees to what: rules by kind and place, most particular first; the desk where there is none."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain import units, zones
from services.patrol.domain.cases import clocks, telling
from services.patrol.domain.cases.steps import Why, note
from services.patrol.models import Case, CaseRule
from shared.errors import Invalid


def by_rule(db: Session, case: Case, *, desk_knows: bool = False, quiet: bool = False) -> None:
    """Give a new case to its owner, and let the clock run. *quiet*: of the past, nobody is told of it."""
    rule = rule_for(db, case.kind, case.zone)
    case.unit_id, case.state = (rule.unit_id, "routed") if rule else (None, "received")
    to_take, _ = clocks.hours(case.severity, rule)
    clocks.run(case, timedelta(hours=to_take))
    note(db, case, "routed" if rule else "received", why=_why(rule, case), at=case.opened_at if quiet else None)
    if not quiet:
        telling.owner(db, case, desk_knows=desk_knows)


def to(db: Session, case: Case, unit_id: UUID | None, *, by: UUID, words: str = "") -> None:
    """Give it to somebody else, by hand."""
    if not units.known(db, unit_id):
        raise Invalid(errors={"unit_id": ["unknown"]})
    case.unit_id, case.state = unit_id, "routed"
    case.paused_at = case.pause_reason = None
    to_take, _ = clocks.hours(case.severity, rule_for(db, case.kind, case.zone))
    clocks.run(case, timedelta(hours=to_take))
    note(db, case, "routed", by=by, words=words, why=[{"code": "by_hand"}])
    telling.owner(db, case, desk_knows=True)


def rule_for(db: Session, kind: str, zone: str | None) -> CaseRule | None:
    here = CaseRule.zone.is_(None) if zone is None else (CaseRule.zone == zone) | CaseRule.zone.is_(None)
    return db.scalar(select(CaseRule).where(CaseRule.kind == kind, here).order_by(CaseRule.zone.nulls_last()).limit(1))


def put_rule(db: Session, rule_id: UUID, **facts: Any) -> CaseRule:
    """Add a rule, or change it. What was routed stays where it is."""
    _check(db, rule_id, facts)
    rule = db.get(CaseRule, rule_id)
    if rule is None:
        rule = CaseRule(id=rule_id)
        db.add(rule)
    for name, value in facts.items():
        setattr(rule, name, value)
    db.flush()
    return rule


def _check(db: Session, rule_id: UUID, facts: dict) -> None:
    errors: dict[str, list] = {}
    if not zones.known(db, facts["zone"]):
        errors["zone"] = ["unknown"]
    if not units.known(db, facts["unit_id"]):
        errors["unit_id"] = ["unknown"]
    if facts["hours_to_fix"] < facts["hours_to_take"]:
        errors["hours_to_fix"] = [{"code": "out_of_range", "min": facts["hours_to_take"]}]
    same = select(CaseRule.id).where(CaseRule.kind == facts["kind"], CaseRule.zone.is_not_distinct_from(facts["zone"]))
    if db.scalar(same.where(CaseRule.id != rule_id)):
        errors["kind"] = ["taken"]
    if errors:
        raise Invalid(errors=errors)


def _why(rule: CaseRule | None, case: Case) -> Why:
    return [{"code": "rule" if rule else "no_rule", "kind": case.kind, "zone": rule.zone if rule else case.zone}]
