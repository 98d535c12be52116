"""Key areas: kept by a clerk with their calendar, and which of them are due on a shift, and why."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from services.patrol.domain import zones
from services.patrol.models import Checkpoint, KeyArea, KeyAreaDay, KeyAreaPlace, Shift
from shared.errors import Invalid

HERE = ZoneInfo("Asia/Shanghai")

#: What is told of a key area, fetched at once.
WHOLE = (selectinload(KeyArea.spots), selectinload(KeyArea.days))


def put(db: Session, area_id: UUID, *, checkpoints: list[UUID], days: list[dict], **facts: Any) -> KeyArea:
    """Add a key area, or change it."""
    _check(db, checkpoints, facts)
    area = db.get(KeyArea, area_id, options=WHOLE)
    if area is None:
        area = KeyArea(id=area_id, spots=[], days=[])
        db.add(area)
    for name, value in facts.items():
        setattr(area, name, value)
    there = {spot.checkpoint_id: spot for spot in area.spots}
    area.spots = [there.get(one) or KeyAreaPlace(checkpoint_id=one) for one in checkpoints]
    area.days = [KeyAreaDay(**day) for day in days]
    flag_modified(area, "name")  # whoever changes only the calendar changes the area too
    db.flush()
    db.refresh(area)
    return area


def all_active(db: Session) -> list[KeyArea]:
    return list(db.scalars(select(KeyArea).where(KeyArea.active).order_by(KeyArea.name, KeyArea.id).options(*WHOLE)))


def due(areas: list[KeyArea], shift: Shift, way: set[UUID]) -> list[dict[str, Any]]:
    """Those of these areas that this shift, which passes these checkpoints, is asked to look after, each with why."""
    found = [_due(area, shift, way) for area in areas if _passes(area, shift, way)]
    return [one for one in found if one["why"]]


def _passes(area: KeyArea, shift: Shift, way: set[UUID]) -> bool:
    return bool(way & set(area.checkpoints)) if area.spots else area.zone is not None and area.zone == shift.squad.zone


def _due(area: KeyArea, shift: Shift, way: set[UUID]) -> dict[str, Any]:
    names = ("id", "name", "every_minutes", "times")
    why = _why(area, shift)
    return {
        **{name: getattr(area, name) for name in names},
        "checkpoints": [one for one in area.checkpoints if one in way],
        "quiet": any(reason["code"] == "exam_quiet" for reason in why),
        "why": why,
    }


def _why(area: KeyArea, shift: Shift) -> list[dict[str, Any]]:
    if not area.days:
        return [{"code": "always", "from": None, "until": None, "note": ""}]
    begins, ends = shift.starts_at.astimezone(HERE), shift.ends_at.astimezone(HERE)
    return [
        {"code": entry.kind, "from": f"{entry.begins:%H:%M}", "until": f"{entry.ends:%H:%M}", "note": entry.note}
        for entry in area.days
        if any(_overlaps(entry, day, begins, ends) for day in _days(begins, ends))
    ]


def _days(begins: datetime, ends: datetime) -> list[date]:
    return [begins.date() + timedelta(days=n) for n in range((ends.date() - begins.date()).days + 1)]


def _overlaps(entry: KeyAreaDay, day: date, begins: datetime, ends: datetime) -> bool:
    if (entry.on_day or day) != day or (entry.weekday or day.isoweekday()) != day.isoweekday():
        return False
    if (entry.first_day or day) > day or (entry.last_day or day) < day:
        return False
    first, last = (datetime.combine(day, at, HERE) for at in (entry.begins, entry.ends))
    return first < ends and begins < last


def _check(db: Session, checkpoints: list[UUID], facts: dict) -> None:
    errors: dict[str, list] = {}
    there = set(db.scalars(select(Checkpoint.id).where(Checkpoint.id.in_(checkpoints))))
    if missing := sorted(set(checkpoints) - there):
        errors["checkpoints"] = [{"code": "unknown", "values": missing}]
    elif len(set(checkpoints)) < len(checkpoints):
        errors["checkpoints"] = ["twice"]
    elif not checkpoints and facts["zone"] is None:
        errors["checkpoints"] = ["required"]
    if not zones.known(db, facts["zone"]):
        errors["zone"] = ["unknown"]
    if (facts["every_minutes"] is None) == (facts["times"] is None):
        errors["times"] = ["one_rhythm"]
    if errors:
        raise Invalid(errors=errors)
