"""What units lend: what there is, how many are free, how many there are after all."""

from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow.utils import get_value
from sqlalchemy import Select, select

from services.events.domain import equipment, scope
from services.events.domain.loans import free
from services.events.models import Equipment, Unit
from services.events.routes.asking import asker
from services.events.schemas import equipment as schemas
from shared.audit import record
from shared.auth import PERSON, actor, needs
from shared.idempotency import once
from shared.page import page, paged
from shared.web import IF_MATCH, match, tag

bp = Blueprint("equipment", __name__, description="Tables, loudspeakers, snow shovels, costumes that units lend")


@bp.get("/equipment")
@needs(PERSON)
@bp.arguments(schemas.EquipmentQuery, location="query")
@bp.response(200, paged(schemas.Equipment))
def list_equipment(wanted):
    """What is lent, by its name, and how many can be had now."""
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    query = _narrowed(**wanted).options(*equipment.WHOLE)
    found = page(g.db, query, [Equipment.name, Equipment.id], cursor=cursor, limit=limit)
    return found | {"items": [_shown(thing) for thing in equipment.with_free(g.db, found["items"])]}


@bp.post("/equipment")
@needs("clerk", "liaison")
@once
@bp.arguments(schemas.EquipmentPosting)
@bp.response(201, schemas.Equipment)
def post_equipment(posting):
    """Add something that one's unit lends."""
    unit = scope.unit_of(g.db, asker(), posting.pop("unit"))
    return _noted("added", equipment.enter(g.db, unit, **posting))


@bp.get("/equipment/<uuid:equipment_id>")
@needs(PERSON)
@bp.response(200, schemas.Equipment)
def get_equipment(equipment_id):
    """One thing."""
    return _tagged(equipment.seen(g.db, equipment_id, asker()))


@bp.put("/equipment/<uuid:equipment_id>")
@needs("clerk", "liaison")
@bp.arguments(schemas.EquipmentEdit)
@bp.response(200, schemas.Equipment)
@bp.doc(parameters=[IF_MATCH])
def put_equipment(facts, equipment_id):
    """Change what is said of it; what was promised stays."""
    thing = match(equipment.lent_by(g.db, equipment_id, asker()))
    return _noted("changed", equipment.change(g.db, thing, **facts))


@bp.post("/equipment/<uuid:equipment_id>/counted")
@needs("clerk")
@bp.arguments(schemas.EquipmentCount)
@bp.response(200, schemas.Equipment)
def post_count(said, equipment_id):
    """Somebody has counted them: so many there are, and none is missing."""
    return _noted("counted", equipment.counted(g.db, equipment.lent_by(g.db, equipment_id, asker()), **said))


@bp.get("/equipment/<uuid:equipment_id>/free")
@needs(PERSON)
@bp.arguments(schemas.LoanSpan, location="query")
@bp.response(200, schemas.FreeToLend)
def get_free(span, equipment_id):
    """How many are free in a span, and when there are enough."""
    thing = equipment.seen(g.db, equipment_id, asker())
    found = free.look(g.db, thing, span["starts_at"], span["ends_at"], wanted=span["count"])
    return {"free": found.number, "next": found.next}


def _narrowed(
    *, lent: bool, kind: str | None = None, unit: str | None = None, q: str | None = None
) -> Select[Equipment]:
    query = select(Equipment).where(equipment.own(asker()) if lent else Equipment.active)
    if kind:
        query = query.where(Equipment.kind == kind)
    if unit:
        query = query.where(Equipment.unit_id.in_(select(Unit.unit_id).where(Unit.code == unit)))
    return query.where(Equipment.name.icontains(q, autoescape=True)) if q else query


def _noted(done: str, thing: Equipment) -> dict[str, Any]:
    unit_id = thing.unit_id if thing.unit_id in actor().units() else None
    record(g.db, f"events.equipment_{done}", "equipment", thing.id, on_behalf_of=unit_id, count=thing.count)
    g.db.refresh(thing, ["unit", "steward"])
    return _tagged(thing)


def _tagged(thing: Equipment) -> dict[str, Any]:
    equipment.with_free(g.db, [thing])
    return _shown(tag(thing))


def _shown(thing: Equipment) -> dict[str, Any]:
    """The thing as an answer: who hands it out only for those who lend it."""
    lends = equipment.lends(asker(), thing)
    said = {name: get_value(thing, name) for name in schemas.Equipment().fields if hasattr(thing, name)}
    return said | {"lends": lends} | ({} if lends else {"steward": None})
