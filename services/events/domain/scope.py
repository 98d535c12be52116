"""Who sees which activities, and who may change them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from services.events.models import REACHES, Activity, Unit
from shared.errors import Forbidden, Invalid, NotFound


@dataclass(frozen=True)
class Asker:
    """Whoever asks, as far as activities are concerned."""

    name: str = "nobody"  # for the record
    person_id: UUID | None = None
    home_unit_id: UUID | None = None
    clerk: bool = False
    units: frozenset[UUID] = frozenset()  # those they act for
    reaches: tuple[str, ...] = REACHES  # what they act for reaches no further; what they post has the first

    def may_change(self, activity: Activity) -> bool:
        return self.clerk or (activity.unit_id in self.units and activity.reach in self.reaches)


def visible(asker: Asker, activity: Any = Activity) -> ColumnElement[bool]:
    """All for clerks; those of one's own unit in any state; for everybody what was published for them to see."""
    if asker.clerk:
        return true()
    own = activity.unit_id.in_(asker.units) & activity.reach.in_(asker.reaches)
    colleagues = activity.unit_id == asker.home_unit_id if asker.home_unit_id else false()
    reached = or_(activity.reach == "all", and_(activity.reach == "unit", colleagues))
    return or_(own, and_(activity.published_at.is_not(None), reached))


def seen(db: Session, activity_id: UUID, asker: Asker, *, lock: bool = False) -> Activity:
    """The activity, if they see it."""
    query = select(Activity).where(Activity.id == activity_id, visible(asker))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    if (activity := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return activity


def own(db: Session, activity_id: UUID, asker: Asker, *, lock: bool = False) -> Activity:
    """The activity, if they may change it."""
    activity = seen(db, activity_id, asker, lock=lock)
    if not asker.may_change(activity):
        raise Forbidden
    return activity


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
