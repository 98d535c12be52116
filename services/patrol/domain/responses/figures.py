"""How fast people answered in a drill: by ring, never by person, and no median of so few that it speaks of somebody."""

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.responses import meter
from services.patrol.models import Response, ResponseCall, ResponseLog
from services.patrol.models.responses import RINGS
from shared.errors import NotFound

#: Of fewer answers than these there is no median.
FEW = 3

#: Shares are of those asked who had answered within so many minutes.
WITHIN = (1, 3, 5, 10, 30)


class Said(NamedTuple):
    """One who was asked, without who it was."""

    ring: int
    answer: str | None
    seconds: float | None


def of_drill(db: Session, response_id: UUID) -> dict[str, Any]:
    """The figures of a drill; of what was serious there are none."""
    drill = db.scalar(select(Response).where(Response.id == response_id, Response.drill))
    if drill is None:
        raise NotFound
    said = _said(db, response_id)
    rings = sorted({one.ring for one in said})
    return {
        "response": drill,
        "all": _figures(said),
        "rings": [{"ring": RINGS[ring]} | _figures([one for one in said if one.ring == ring]) for ring in rings],
        "filled_after": _filled_after(db, drill),
        "over_after": (drill.stood_down_at - drill.raised_at).total_seconds() if drill.stood_down_at else None,
        "meter": meter.of(db, drill),
        "few": FEW,
    }


def _said(db: Session, response_id: UUID) -> list[Said]:
    call = ResponseCall
    columns = select(call.ring, call.answer, call.asked_at, call.answered_at).where(call.response_id == response_id)
    return [
        Said(ring, answer, (answered - asked).total_seconds() if answered else None)
        for ring, answer, asked, answered in db.execute(columns)
    ]


def _figures(said: Sequence[Said]) -> dict[str, Any]:
    times = [one.seconds for one in said if one.seconds is not None]
    return {
        "asked": len(said),
        "answered": len(times),
        "coming": sum(one.answer in ("ack", "later") for one in said),
        "declined": sum(one.answer == "decline" for one in said),
        "median": median(times) if len(times) >= FEW else None,
        "within": [{"minutes": minutes, "answered": sum(time <= minutes * 60 for time in times)} for minutes in WITHIN],
    }


def _filled_after(db: Session, drill: Response) -> float | None:
    """After how long all tasks were filled for the first time."""
    filled = select(ResponseLog.at).where(ResponseLog.response_id == drill.id, ResponseLog.code == "filled")
    at = db.scalar(filled.order_by(ResponseLog.id).limit(1))
    return (at - drill.raised_at).total_seconds() if at else None
