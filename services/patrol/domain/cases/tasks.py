"""Found, fixed, seen again: where something was said to be fixed, the next patrol on that way looks first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.models import Case, Checkpoint, Shift, Squad, Zone

#: So many a shift, the oldest first; of so many that wait.
MOST, WAITING = 5, 200


def of(db: Session, shifts: Sequence[Shift], ways: dict[UUID, list[Checkpoint]]) -> dict[UUID, list[dict[str, Any]]]:
    """What each of these shifts looks at first: what was fixed on its way or in its zone, and nobody saw since."""
    walking = [shift for shift in shifts if shift.state in ("planned", "active")]
    if not walking:
        return {}
    waiting = select(Case).where(Case.state == "fixed", Case.looked_again_at.is_(None))
    cases = list(db.scalars(waiting.order_by(Case.fixed_at, Case.id).limit(WAITING)))
    named = select(Zone.code, Zone.name).where(Zone.code.in_({case.zone for case in cases if case.zone}))
    names = {zone.code: zone.name for zone in db.execute(named)}
    return {
        shift.id: [_task(case, names) for case in _on_the_way(cases, shift.squad, ways)][:MOST] for shift in walking
    }


def _on_the_way(cases: Iterable[Case], squad: Squad, ways: dict[UUID, list[Checkpoint]]) -> list[Case]:
    stops = {stop.id for stop in ways.get(squad.id, [])}
    zones = {stop.zone for stop in ways.get(squad.id, [])} | {squad.zone}
    return [case for case in cases if case.checkpoint_id in stops or (case.zone and case.zone in zones)]


def _task(case: Case, names: Mapping[str, str]) -> dict[str, Any]:
    columns = ("number", "kind", "place", "checkpoint_id", "fixed_at")
    return {"case_id": case.id, "zone": names.get(case.zone or ""), **{name: getattr(case, name) for name in columns}}
