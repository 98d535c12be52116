"""Tips of the season: one a shift, the same one for all who walk it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.way.key_areas import HERE
from services.patrol.models import Tip


def put(db: Session, tip_id: UUID, **facts: object) -> Tip:
    """Add a tip, or change it."""
    tip = db.get(Tip, tip_id)
    if tip is None:
        tip = Tip(id=tip_id)
        db.add(tip)
    for name, value in facts.items():
        setattr(tip, name, value)
    db.flush()
    return tip


def all_active(db: Session) -> list[Tip]:
    return list(db.scalars(select(Tip).where(Tip.active).order_by(Tip.id)))


def of_shift(tips: list[Tip], shift_id: UUID, starts_at: datetime) -> Tip | None:
    """The tip of this shift: each of the month's comes up as often as the others."""
    month = starts_at.astimezone(HERE).month
    fitting = [tip for tip in tips if not tip.months or month in tip.months]
    return fitting[shift_id.int % len(fitting)] if fitting else None
