"""Seats on offer, an activity that has begun with somebody there, and its sheet."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events import models as events
from services.events.domain.attendance import codes
from shared.db import now
from tests.security.world import evening


@dataclass(frozen=True)
class CodeNow:
    """The code of an activity at the moment at which somebody asks."""

    activity_id: UUID

    def __str__(self) -> str:
        return codes.CODE.shown(self.activity_id, now()).code


def of_unit(db: Session, unit_id: UUID, mate: UUID) -> dict[str, object]:
    """What a unit's people are at right now."""
    going_on = evening.activity(db, unit_id, "published", "all")
    activity = db.get_one(events.Activity, going_on)
    activity.starts_at = now() - timedelta(minutes=20)
    db.add(events.SignUp(activity_id=going_on, person_id=mate, state="going"))
    facts = {"id": uuid4(), "source": "leader", "at": now()}
    sheet = events.Sheet(activity_id=going_on, people=[str(mate), None])
    db.add_all([events.Attendance(activity_id=going_on, person_id=mate, **facts), sheet])
    db.flush()
    return {"under_way_activity": going_on, "its_code": CodeNow(going_on), "sheet": sheet.number}


def offer(db: Session, unit_id: UUID, person_id: UUID) -> UUID:
    """An activity in which a seat is held for this person."""
    activity_id = evening.activity(db, unit_id, "published", "all")
    held = {"state": "offered", "offer_until": now() + timedelta(hours=1), "asked_id": uuid4()}
    db.add(events.SignUp(activity_id=activity_id, person_id=person_id, **held))
    db.flush()
    return activity_id
