"""A shift that was cancelled takes place after all, with those who were on it."""

from typing import Any

from sqlalchemy.orm import Session

from services.patrol.domain import gate
from services.patrol.domain.news import tell_board
from services.patrol.domain.refusals import crew_refused_at
from services.patrol.domain.roster import ShiftUnderWay
from services.patrol.models import Shift
from shared.db import now
from shared.errors import Problem
from shared.outbox import publish
from shared.schemas import patrol as said


class ShiftIsPast(Problem):
    """The time of this shift is over."""


def restore(db: Session, shift: Shift) -> Shift:
    """Put a locked shift back on the roster, unless its crew walk elsewhere by now, and tell them."""
    if shift.state == "planned":
        return shift
    if shift.state != "cancelled":
        raise ShiftUnderWay
    if shift.ends_at <= now():
        raise ShiftIsPast
    crew = [member.person_id for member in shift.crew]
    gate.expect_admitted(db, crew, shift.ends_at)
    with crew_refused_at(db, "crew"):
        shift.state, shift.reason, shift.restored_at = "planned", None, now()
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    facts: dict[str, Any] = {"shift_id": shift.id, "squad": shift.squad.name, "person_ids": crew}
    publish(db, said.ShiftRestored, subject=shift.id, **facts, **times)
    tell_board(db, "shift", shift.id)
    return shift
