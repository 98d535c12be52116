"""Templates and plans of the roster over HTTP."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.patrol.domain.planning import asking, fixing, patterns, publishing
from services.patrol.models import Pattern, Plan, Squad
from services.patrol.routes.asking import reader
from services.patrol.schemas import plans as schemas
from shared.audit import record
from shared.auth import needs
from shared.db import find
from shared.idempotency import once
from shared.page import PageQuery, page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("roster-plans", __name__, description="Who could walk when: templates, and plans that are made of them")


@bp.get("/roster-patterns")
@needs("duty")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.Pattern))
def list_patterns(asked):
    """Templates: when each squad walks."""
    query = select(Pattern).join(Pattern.squad).options(joinedload(Pattern.squad))
    return page(g.db, query, [Squad.code, Pattern.id], **asked)


@bp.get("/roster-patterns/<uuid:pattern_id>")
@needs("duty")
@bp.response(200, schemas.Pattern)
def get_pattern(pattern_id):
    """One template."""
    return tag(find(g.db, Pattern, pattern_id))


@bp.put("/roster-patterns/<uuid:pattern_id>")
@needs("clerk")
@bp.doc(
    parameters=[IF_MATCH | {"required": False, "description": "ETag of the version that was seen, if there is one"}]
)
@bp.arguments(schemas.PatternFacts)
@bp.response(200, schemas.Pattern)
def put_pattern(facts, pattern_id):
    """Add a template, or change it. Shifts that stand stay as they are."""
    if known := g.db.get(Pattern, pattern_id):
        match(known)
    row = patterns.put(g.db, pattern_id, **facts)
    record(g.db, "patrol.pattern_changed" if known else "patrol.pattern_added", "pattern", pattern_id)
    return tag(row)


@bp.get("/roster-plans")
@needs("clerk")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(schemas.PlanName))
def list_plans(asked):
    """Plans, the newest first."""
    return page(g.db, select(Plan), [Plan.asked_at, Plan.id], newest_first=True, **asked)


@bp.post("/roster-plans")
@needs("clerk")
@once
@bp.arguments(schemas.Wanted)
@bp.response(202, schemas.Plan)
def post_plan(wanted):
    """Ask for a plan of some weeks. A worker makes it; look at it again for how far it is."""
    row = asking.ask(g.db, starts_on=wanted["from_"], weeks=wanted["weeks"], by=reader().person_id)
    return _noted("asked", row)


@bp.get("/roster-plans/<uuid:plan_id>")
@needs("clerk")
@bp.response(200, schemas.Plan)
def get_plan(plan_id):
    """A plan: who could walk when and why, and what is missing where."""
    return tag(asking.seen(g.db, plan_id))


@bp.post("/roster-plans/<uuid:plan_id>/stop")
@needs("clerk")
@bp.response(200, schemas.Plan)
def stop_plan(plan_id):
    """Stop working it out; the weeks that are done stay."""
    return tag(asking.stop(g.db, plan_id))


@bp.post("/roster-plans/<uuid:plan_id>/replan")
@needs("clerk")
@bp.response(202, schemas.Plan)
def replan(plan_id):
    """Work it out once more, with as few changes as can be; what people fixed stays."""
    return _noted("asked", asking.again(g.db, plan_id))


@bp.put("/roster-plans/<uuid:plan_id>/slots/<int:number>")
@needs("clerk")
@bp.doc(parameters=[IF_MATCH])
@bp.arguments(schemas.SlotChoice)
@bp.response(200, schemas.Plan)
def put_slot(choice, plan_id, number):
    """Decide who walks, or leave it to planning again."""
    match(find(g.db, Plan, plan_id))
    if choice["fixed"]:
        return tag(fixing.fix(g.db, plan_id, number, crew=choice["crew"]))
    return tag(fixing.leave(g.db, plan_id, number))


@bp.post("/roster-plans/<uuid:plan_id>/publish")
@needs("clerk")
@bp.response(200, schemas.Plan)
def publish_plan(plan_id):
    """Make shifts of what has a crew, and tell everybody all of theirs in one message."""
    return _noted("published", publishing.publish(g.db, plan_id))


def _noted(what, row):
    record(g.db, f"patrol.plan_{what}", "plan", row.id)
    return tag(row)
