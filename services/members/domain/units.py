"""Member units."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.members.domain import news
from services.members.models import Person, Unit


def with_counts() -> Select[tuple[Unit, int]]:
    """Units with how many active members have their home there."""
    members = select(func.count()).where(Person.unit_id == Unit.id, Person.active).scalar_subquery()
    return select(Unit, members)


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


def count(db: Session, unit_id: UUID) -> int:
    return db.scalar(select(func.count()).where(Person.unit_id == unit_id, Person.active)) or 0
