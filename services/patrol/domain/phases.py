"""What a shift is at, in one word: its state, and what we know besides. Nothing of it is stored."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.models import Confirmation, Pause, Shift

#: A shift that nobody has started for so long after its time is overdue. That is all it is.
PATIENCE = timedelta(minutes=15)


def pauses(db: Session, shift_ids: list[UUID]) -> dict[UUID, Pause]:
    """Those of these shifts that stand still, and why."""
    open_ones = select(Pause).where(Pause.shift_id.in_(shift_ids), Pause.ended_at.is_(None))
    return {pause.shift_id: pause for pause in db.scalars(open_ones)}


def confirmations(db: Session, shift_ids: list[UUID]) -> dict[tuple[UUID, str], Confirmation]:
    """Who was along, as the leaders said, by shift and moment."""
    said = select(Confirmation).where(Confirmation.shift_id.in_(shift_ids))
    return {(one.shift_id, one.moment): one for one in db.scalars(said)}


def phase(shift: Shift, *, paused: bool, confirmed: bool, at: datetime) -> str:
    """Where this shift is between plan and handover."""
    if shift.state == "ended":
        return "handed_over" if shift.handover_read_at else "ended"
    if shift.state == "active":
        return "paused" if paused else "active"
    if shift.state == "planned":
        return _before(shift, confirmed, at)
    return shift.state


def describe(db: Session, shifts: list[Shift], at: datetime) -> Mapping[UUID, dict]:
    """The phase of each of these shifts, and what it rests on."""
    ids = [shift.id for shift in shifts]
    still, said = pauses(db, ids), confirmations(db, ids)
    return {
        shift.id: {
            "phase": phase(shift, paused=shift.id in still, confirmed=(shift.id, "start") in said, at=at),
            "paused": _pause(still.get(shift.id)) if shift.state == "active" else None,
            "confirmed": {moment: _confirmation(said.get((shift.id, moment))) for moment in ("start", "end")},
        }
        for shift in shifts
    }


def _before(shift: Shift, confirmed: bool, at: datetime) -> str:
    if shift.starts_at + PATIENCE < at:
        return "overdue"
    if confirmed:
        return "ready"
    return "restored" if shift.restored_at else "planned"


def _pause(pause: Pause | None) -> dict | None:
    return {"reason": pause.reason, "at": pause.happened_at, "until": pause.until} if pause else None


def _confirmation(one: Confirmation | None) -> dict | None:
    return {"at": one.at, "present": one.present} if one else None
