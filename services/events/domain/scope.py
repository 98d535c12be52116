"""Who sees which activities, and who may change them."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from services.events.models import REACHES, Activity, Series, Unit
from shared.errors import Forbidden, Invalid, NotFound

T = TypeVar("T", Activity, Series)


@dataclass(frozen=True)
class Asker:
    """Whoever asks, as far as activities are concerned."""

    name: str = "nobody"  # for the record
    person_id: UUID | None = None
    home_unit_id: UUID | None = None
    clerk: bool = False
    units: frozenset[UUID] = frozenset()  # those they act for
    reaches: tuple[str, ...] = REACHES  # what they act for reaches no further; what they post has the first

    def may_change(self, row: Activity | Series) -> bool:
        return self.clerk or (row.unit_id in self.units and row.reach in self.reaches)


def visible(asker: Asker, of: Any = Activity) -> ColumnElement[bool]:
    """All for clerks; those of one's own unit in any state; for everybody what was published for them to see."""
    if asker.clerk:
        return true()
    own = of.unit_id.in_(asker.units) & of.reach.in_(asker.reaches)
    colleagues = of.unit_id == asker.home_unit_id if asker.home_unit_id else false()
    reached = or_(of.reach == "all", and_(of.reach == "unit", colleagues))
    return or_(own, and_(of.published_at.is_not(None), reached))


def for_everyone() -> ColumnElement[bool]:
    """Which activities everybody may know of, with or without an account."""
    return (
        Activity.published_at.is_not(None) & (Activity.reach == "all") & Activity.audience.contains({"everyone": True})
    )


def seen(db: Session, row_id: UUID, asker: Asker, *, of: type[T] = Activity, lock: bool = False) -> T:  # type: ignore[assignment]
    """The activity, or the series, if they see it."""
    query = select(of).where(of.id == row_id, visible(asker, of))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    if (row := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return row


def own(db: Session, row_id: UUID, asker: Asker, *, of: type[T] = Activity, lock: bool = False) -> T:  # type: ignore[assignment]
    """The activity, or the series, if they may change it."""
    row = seen(db, row_id, asker, of=of, lock=lock)
    if not asker.may_change(row):
        raise Forbidden
    return row


def unit_of(db: Session, asker: Asker, code: str | None) -> Unit:
    """The unit for which they post: the one that they name, or the only one that they act for."""
    units = select(Unit).where(Unit.active)
    if not (asker.clerk and code):
        units = units.where(Unit.unit_id.in_(asker.units))
    if code:
        units = units.where(Unit.code == code)
    found = db.scalars(units.limit(2)).all()
    if code and not found:
        raise Invalid(errors={"unit": [{"code": "unknown", "values": [code]}]})
    if len(found) != 1:
        raise Invalid(errors={"unit": ["required"]})
    return found[0]
