"""Who holds which role; the secretary gives and takes."""

from flask import g
from flask_smorest import Blueprint
from sqlalchemy import select

from services.members.domain import grants
from services.members.models import Grant, Person, Unit
from services.members.schemas.access import GrantIn, GrantOut
from shared.audit import record
from shared.auth import actor, needs
from shared.db import now
from shared.idempotency import once
from shared.page import PageQuery, page, paged

bp = Blueprint("grants", __name__, description="Roles: who may do what, where, from when until when")


@bp.get("/grants")
@needs("secretary")
@bp.arguments(PageQuery, location="query")
@bp.response(200, paged(GrantOut))
def all_grants(asked):
    """The roles that hold now or will."""
    query = _named().where(Grant.valid_until.is_(None) | (Grant.valid_until > now()))
    found = page(g.db, query, [Grant.id], **asked)
    return {"items": [_shown(row) for row in found["items"]], "next": found["next"]}


@bp.post("/grants")
@needs("secretary")
@once
@bp.arguments(GrantIn)
@bp.response(201, GrantOut)
def give_a_role(wish):
    """Give a person a role."""
    grant = grants.give(g.db, **{**wish, "start": wish["start"] or now()}, by=str(actor()))
    record(g.db, "members.grant_given", "grant", grant.id, person_id=grant.person_id, role=grant.role)
    return _shown(g.db.execute(_named().where(Grant.id == grant.id)).one())


@bp.delete("/grants/<uuid:grant_id>")
@needs("secretary")
@bp.response(204)
def take_a_role_back(grant_id):
    """Take a role back, at once."""
    grants.take_back(g.db, grant_id)
    record(g.db, "members.grant_taken_back", "grant", grant_id)


def _named():
    return (
        select(Grant, Person.name, Unit)
        .join(Person, Person.id == Grant.person_id)
        .outerjoin(Unit, Unit.id == Grant.unit_id)
    )


def _shown(row):
    grant, name, unit = row
    return {
        **{field: getattr(grant, field) for field in ("id", "person_id", "role")},
        "person_name": name,
        "unit": unit,
        "place": grants.place_code(grant.place),
        "start": grant.valid_from,
        "until": grant.valid_until,
    }
