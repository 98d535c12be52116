"""Units that look after what is found, kept from members' news."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.models import Unit

KNOWN = ("unit_id", "code", "name", "active", "changed_at")


def keep(db: Session, units: Iterable[Any]) -> None:
    """Write down what members says of units, unless we know newer news."""
    latest = {unit.unit_id: unit for unit in sorted(units, key=lambda unit: unit.changed_at)}
    statement = insert(Unit).values([{name: getattr(unit, name) for name in KNOWN} for unit in latest.values()])
    upsert = statement.on_conflict_do_update(
        index_elements=["unit_id"],
        set_={name: statement.excluded[name] for name in KNOWN[1:]},
        where=Unit.changed_at < statement.excluded.changed_at,
    )
    db.execute(upsert)


def known(db: Session, unit_id: UUID | None) -> bool:
    return unit_id is None or bool(db.scalar(select(exists().where(Unit.unit_id == unit_id, Unit.active))))
