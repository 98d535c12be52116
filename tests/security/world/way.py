"""What a squad meets on its way: key areas, checklists, checks; shifts that left word, are off, or can be joined."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.patrol import models as patrol
from services.patrol.domain.way import joining
from shared.db import now

MINUTE = timedelta(minutes=1)
ITEM: dict[str, Any] = {
    "code": "clear", "zh": "通道畅通", "en": "Clear", "kind": "ok_fail", "fail_opens": "fire_lane",
    "choices": [], "low": None, "high": None, "measure": "",
}  # fmt: skip


class CodeNow:
    """The code that a shift's leader shows whenever somebody looks."""

    def __init__(self, shift_id: UUID) -> None:
        self.shift_id = shift_id

    def __str__(self) -> str:
        return joining.CODE.shown(self.shift_id, now()).code


def of_squad(db: Session, number: int, things: dict[str, Any]) -> dict[str, Any]:
    """All of it, for the squad of these things."""
    left = _shift(db, things, -300, state="ended", handover="东门路灯不亮", ended_at=now() - 240 * MINUTE)
    off = _shift(db, things, 200, state="cancelled", reason="寒潮")
    joined = _shift(db, things, 31, lasts=3)
    area = patrol.KeyArea(name=f"校门{number}", times=1, days=[])
    area.spots = [patrol.KeyAreaPlace(checkpoint_id=things["checkpoint"])]
    tip = patrol.Tip(months=[], zh="小心路滑", en="Mind the ice")
    db.add_all([area, tip])
    db.flush()
    checked = _check(db, number, things)
    shifts = {"left_word": left, "cancelled_shift": off, "joinable": joined, "join_code": CodeNow(joined)}
    return shifts | {"key_area": area.id, "tip": tip.id} | checked


def _check(db: Session, number: int, things: dict[str, Any]) -> dict[str, Any]:
    facts = {"items": [ITEM], "places": [things["checkpoint"]], "active": True}
    made = patrol.Checklist(code=f"LIST{number}", version=1, name="消防通道", made_at=now(), made_by=uuid4(), **facts)
    db.add(made)
    db.flush()
    times = dict.fromkeys(("device_at", "received_at", "happened_at"), now())
    check = patrol.Check(
        id=uuid4(), shift_id=things["under_way"], checkpoint_id=things["checkpoint"], checklist_id=made.id,
        person_id=things["mate"], answers=[], failed=[], content=b"", time_quality="device", **times,
    )  # fmt: skip
    db.add(check)
    db.flush()
    return {"checklist": made.code, "check": check.id}


def _shift(db: Session, things: dict[str, Any], minutes: int, *, lasts: int = 60, **facts: Any) -> UUID:
    starts_at = now() + minutes * MINUTE
    times = {"starts_at": starts_at, "ends_at": starts_at + lasts * MINUTE}
    made = patrol.Shift(squad_id=things["squad"], **times, **facts)
    db.add(made)
    db.flush()
    return made.id
