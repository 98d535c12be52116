"""Member units."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.members.domain import news, tallies
from services.members.models import Unit


def with_counts(db: Session) -> list[tuple[Unit, int]]:
    """Active units with how many active members have their home there."""
    counts = tallies.of(db, "unit")
    found = db.scalars(select(Unit).where(Unit.active).order_by(Unit.code))
    return [(unit, counts.get(str(unit.id), 0)) for unit in found]


def change(db: Session, unit: Unit, **facts: Any) -> Unit:
    """Let a unit have another name, or its activities another way to be published."""
    renamed = facts.get("name", unit.name) != unit.name
    for name, value in facts.items():
        setattr(unit, name, value)
    db.flush()
    news.units(db, [unit.id])
    if renamed:
        news.people(db, news.touched(db, [unit.id]))
    return unit
