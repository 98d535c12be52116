"""The board on the duty desk's wall: tonight, as it is now."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, literal_column, or_, select
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain import area_map, sheets, sos, troubles
from services.patrol.domain.cases import on_board
from services.patrol.domain.phases import PATIENCE
from services.patrol.domain.responses import meter
from services.patrol.domain.silence import SILENT
from services.patrol.models import Alarm, Response, Shift, Skip, Squad, Trouble
from shared.db import now

#: What began or begins within this time of now is tonight's.
TONIGHT = timedelta(hours=12)

NEWEST = 50


def show(db: Session) -> dict[str, Any]:
    """Everything on the board, in a constant number of queries."""
    at = now()
    shifts = sheets.describe(db, list(db.scalars(_tonight(at))))
    open_troubles = list(db.scalars(troubles.OPEN.limit(NEWEST)))
    squads = db.execute(select(Squad.id, Squad.code, Squad.name, Squad.colour).where(Squad.active).order_by(Squad.code))
    _add_what_is_up(db, shifts, at)
    return {
        "now": at,
        "shifts": shifts,
        "sos": list(db.scalars(sos.WHOLE.where(sos.OPEN))),
        "troubles": open_troubles,
        "squads": squads.all(),
        "cases": on_board.show(db),
        "calls": _calls(db),
        "map": area_map.draw(db),
    }


def _tonight(at):
    soon = Shift.starts_at.between(at - TONIGHT, at + TONIGHT)
    wanted = or_(Shift.state == "active", and_(soon, Shift.state != "cancelled"))
    return select(Shift).where(wanted).order_by(Shift.starts_at, Shift.id).options(*sheets.WHOLE)


def _calls(db: Session) -> list[dict[str, Any]]:
    """Calls for hands that go on: how many come, not who."""
    raised = select(Response).where(Response.state == literal_column("'raised'")).order_by(Response.raised_at)
    calls = list(db.scalars(raised.limit(NEWEST)))
    counts = meter.counted(db, [call.id for call in calls])
    columns = ("id", "kind", "severity", "drill", "place", "zone", "raised_at")
    return [
        {name: getattr(call, name) for name in columns} | {"meter": meter.meter(call, counts[call.id])}
        for call in calls
    ]


def _add_what_is_up(db: Session, shifts: list[dict], at) -> None:
    ids = [shift["id"] for shift in shifts]
    skipped = _skipped(db, ids)
    signs = sheets.last_signs(db, ids)
    silences = _silences(db, ids)
    counted = select(Trouble.shift_id).where(Trouble.shift_id.in_(ids), Trouble.state != "closed")
    open_troubles = Counter(db.scalars(counted))
    for shift in shifts:
        sign = signs.get(shift["id"])
        shift["last_sign_at"] = sign.at if sign else shift["started_at"]
        shift["last_checkpoint"] = sign.place.label if sign and sign.place else None
        shift["last_checkpoint_id"] = sign.place.id if sign and sign.place else None
        shift["skipped"] = skipped[shift["id"]]
        shift["silence"] = silences.get(shift["id"])
        shift["troubles_open"] = open_troubles[shift["id"]]
        shift["overdue"] = shift["state"] == "planned" and shift["starts_at"] + PATIENCE < at


def _skipped(db: Session, shift_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for shift_id, checkpoint_id in db.execute(
        select(Skip.shift_id, Skip.checkpoint_id).where(Skip.shift_id.in_(shift_ids)).order_by(Skip.happened_at)
    ):
        found[shift_id].append(checkpoint_id)
    return found


def _silences(db: Session, shift_ids: list[UUID]) -> dict[UUID, dict]:
    alarms = select(Alarm).where(Alarm.shift_id.in_(shift_ids), SILENT).options(joinedload(Alarm.helper))
    return {
        alarm.shift_id: {
            "step": alarm.step,
            "since": alarm.began_at,
            "looked_after_by": alarm.helper.name if alarm.helper else None,
        }
        for alarm in db.scalars(alarms)
    }
