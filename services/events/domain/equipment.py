"""What units lend: the register, who sees and changes what of it, and how many can be had now."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from services.events.domain.loans import free
from services.events.domain.scope import Asker
from services.events.models import Equipment, Person, Unit
from shared.db import now, plain
from shared.errors import Forbidden, Invalid, NotFound

WHOLE = (joinedload(Equipment.unit), joinedload(Equipment.steward))

#: How many of each are out, or promised for this moment.
TAKEN_NOW = """
    SELECT equipment_id, sum(CASE WHEN state = 'out' THEN handed - back - missing ELSE count END)::int
    FROM events.loans
    WHERE equipment_id = ANY (%(ids)s)
        AND (state = 'out' OR (state IN ('asked', 'approved') AND starts_at <= %(now)s AND ends_at > %(now)s))
    GROUP BY equipment_id
"""


def own(asker: Asker) -> ColumnElement[bool]:
    """What they lend: that of their unit, for clerks all."""
    return true() if asker.clerk else Equipment.unit_id.in_(asker.units) if asker.units else false()


def visible(asker: Asker) -> ColumnElement[bool]:
    """What is lent at present, for everybody; what is not, for those who lend it or hand it out."""
    return or_(Equipment.active, own(asker), Equipment.steward_id == asker.person_id)


def lends(asker: Asker, thing: Equipment) -> bool:
    return asker.clerk or thing.unit_id in asker.units


def hands_out(asker: Asker, thing: Equipment) -> bool:
    return lends(asker, thing) or (asker.person_id is not None and thing.steward_id == asker.person_id)


def seen(db: Session, equipment_id: UUID, asker: Asker) -> Equipment:
    found = select(Equipment).where(Equipment.id == equipment_id, visible(asker)).options(*WHOLE)
    if (thing := db.scalars(found).one_or_none()) is None:
        raise NotFound
    return thing


def lent_by(db: Session, equipment_id: UUID, asker: Asker) -> Equipment:
    """It, if they lend it; nobody else borrows or changes it until we are done."""
    thing = alone(db, seen(db, equipment_id, asker).id)
    if not lends(asker, thing):
        raise Forbidden
    return thing


def alone(db: Session, equipment_id: UUID) -> Equipment:
    """It, while nobody else borrows or brings it back: whoever comes second sees what the first did."""
    query = select(Equipment).where(Equipment.id == equipment_id).with_for_update()
    if (thing := db.scalars(query.execution_options(populate_existing=True)).one_or_none()) is None:
        raise NotFound
    return thing


def enter(db: Session, unit: Unit, **facts: Any) -> Equipment:
    """Add something that this unit lends."""
    _check_steward(db, facts["steward_id"])
    thing = Equipment(unit_id=unit.unit_id, **facts)
    db.add(thing)
    db.flush()
    return thing


def change(db: Session, thing: Equipment, **facts: Any) -> Equipment:
    """Change what is said of it. What was promised stays, so there are never fewer than that."""
    _check_steward(db, facts["steward_id"])
    least = max(thing.out_now, free.most_taken(db, thing)) + thing.missing
    if facts["count"] < min(least, thing.count):
        raise Invalid(errors={"count": [{"code": "promised", "min": least}]})
    for name, value in facts.items():
        setattr(thing, name, value)
    db.flush()
    return thing


def counted(db: Session, thing: Equipment, *, count: int) -> Equipment:
    """Somebody has counted them, with those that are out: so many there are, whatever was promised; none is missing."""
    if count < thing.out_now:
        raise Invalid(errors={"count": [{"code": "out_of_range", "min": thing.out_now}]})
    thing.count, thing.missing = count, 0
    db.flush()
    return thing


def with_free(db: Session, things: Sequence[Equipment]) -> Sequence[Equipment]:
    """Write on each how many can be had now: one query for all."""
    taken = dict(plain(db, TAKEN_NOW, ids=[thing.id for thing in things], now=now()))
    for thing in things:
        thing.free = max(0, thing.lendable - taken.get(thing.id, 0))
    return things


def _check_steward(db: Session, person_id: UUID | None) -> None:
    if person_id is None:
        return
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise Invalid(errors={"steward_id": ["unknown"]})
