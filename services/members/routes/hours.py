"""The account of hours: one's own, a member's, what a branch gave; put right by two people."""

from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.members.domain import hours
from services.members.models import Hours, Person, Unit
from services.members.routes.me import myself
from services.members.schemas import hours as schemas
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.db import find
from shared.errors import Forbidden, NotFound
from shared.idempotency import once
from shared.page import page, paged

bp = Blueprint("hours", __name__, description="The account of hours")


@bp.get("/me/hours")
@needs(PERSON)
@bp.arguments(schemas.HoursQuery, location="query")
@bp.response(200, schemas.Account)
def my_hours(wanted):
    """One's own account."""
    return _account(myself(), wanted)


@bp.get("/people/<uuid:person_id>/hours")
@needs("clerk", "liaison")
@bp.arguments(schemas.HoursQuery, location="query")
@bp.response(200, schemas.Account)
def hours_of(wanted, person_id):
    """A member's account, for clerks and the liaison officer of their home branch."""
    home = g.db.execute(select(Person.unit_id).where(Person.id == person_id)).one_or_none()
    if home is None or not (actor().has("clerk") or home.unit_id in actor().units("liaison")):
        raise NotFound
    return _account(person_id, wanted)


@bp.post("/people/<uuid:person_id>/hours")
@needs("clerk")
@once
@bp.arguments(schemas.Adjustment)
@bp.response(201, schemas.HoursOut)
def propose_hours(wish, person_id):
    """Put an account right; it counts once a second clerk has looked at it."""
    made = hours.propose(g.db, person_id, by=myself(), **wish)
    return _noted("proposed", made)


@bp.get("/hours")
@needs("clerk")
@bp.arguments(schemas.HoursQuery, location="query")
@bp.response(200, paged(schemas.ProposedHours))
def proposed_hours(wanted):
    """What waits for a second clerk."""
    return page(g.db, hours.proposed(), [Hours.id], **wanted)


@bp.post("/hours/<uuid:hours_id>/confirm")
@needs("clerk")
@bp.response(200, schemas.HoursOut)
def confirm_hours(hours_id):
    """Let it count: not by who proposed it, nor by whose hours they are."""
    return _noted("confirmed", hours.decide(g.db, hours_id, by=myself(), count=True))


@bp.post("/hours/<uuid:hours_id>/refuse")
@needs("clerk")
@bp.response(200, schemas.HoursOut)
def refuse_hours(hours_id):
    """Do not let it count."""
    return _noted("refused", hours.decide(g.db, hours_id, by=myself(), count=False))


@bp.get("/units/<uuid:unit_id>/hours")
@needs("clerk", "liaison")
@bp.response(200, schemas.UnitYears)
def hours_of_unit(unit_id):
    """What a branch's members gave, by year; for clerks and the branch itself."""
    unit = find(g.db, Unit, unit_id)
    if not (actor().has("clerk") or unit.id in actor().units("liaison")):
        raise Forbidden
    return {"years": hours.of_unit(g.db, unit.id)}


def _account(person_id: UUID, wanted: dict) -> dict:
    found = page(g.db, hours.of_person(person_id), [Hours.on, Hours.id], newest_first=True, **wanted)
    return found | {"years": hours.by_year(g.db, person_id)}


def _noted(done: str, made: Hours) -> Hours:
    record(g.db, f"members.hours_{done}", "hours", made.id, person=made.person_id, minutes=made.minutes)
    return made
