"""The board's map: compounds and checkpoints, which stay where they are, and what is open at each. Nobody's place."""

from collections import Counter
from typing import Any

from sqlalchemy import Row, case, func, literal_column, select
from sqlalchemy.orm import Session

from services.patrol.domain.cases import clocks
from services.patrol.domain.schematic import Spot, lay_out
from services.patrol.models import ENDED_CASES, Case, Checkpoint, Zone

#: Written out, so that the index of cases that have not ended serves.
UNDER_WAY = (Case.state.not_in([literal_column(f"'{state}'") for state in ENDED_CASES]), Case.state != "fixed")


def draw(db: Session) -> dict[str, list[dict[str, Any]]]:
    """Zones and checkpoints in their cells, with how many cases are open at each and how many of these are late."""
    checkpoints = db.execute(
        select(Checkpoint.id, Checkpoint.code, Checkpoint.name, Checkpoint.zone, Checkpoint.lat, Checkpoint.lon)
        .where(Checkpoint.active)
        .order_by(Checkpoint.number)
    ).all()
    zones = _zones(db, {place.zone for place in checkpoints})
    spots = {Spot(place.code, place.zone, place.lat, place.lon) for place in checkpoints}
    empty = {zone.code: f"zone:{zone.code}" for zone in zones} | {place.zone: "" for place in checkpoints}
    cells = lay_out(frozenset(spots | {Spot(key, zone) for zone, key in empty.items() if key}))
    cases, late = _open_cases(db)
    return {
        "zones": [
            {"code": zone.code, "name": zone.name, "cell": cells.get(empty[zone.code])}
            | {"cases": cases[zone.code, None], "late": late[zone.code, None]}
            for zone in zones
        ],
        "points": [
            {"id": place.id, "code": place.code, "name": place.name, "zone": place.zone, "cell": cells[place.code]}
            | {"cases": cases[None, place.id], "late": late[None, place.id]}
            for place in checkpoints
        ],
    }


def _zones(db: Session, used: set[str | None]) -> list[Row]:
    """All compounds, and the parts of compounds in which there are checkpoints."""
    shown = Zone.active & ((Zone.kind == "place") | Zone.code.in_([code for code in used if code]))
    return list(db.execute(select(Zone.code, Zone.name).where(shown).order_by(Zone.code)))


def _open_cases(db: Session) -> tuple[Counter, Counter]:
    """By (zone, checkpoint), of which one is None: a case at a checkpoint stands there, others in their zone."""
    zone = case((Case.checkpoint_id.is_(None), Case.zone))
    counts = select(zone, Case.checkpoint_id, func.count(), func.count().filter(clocks.is_overdue()))
    found = db.execute(counts.where(*UNDER_WAY).group_by(zone, Case.checkpoint_id)).all()
    return (
        Counter({(zone, place): number for zone, place, number, _ in found}),
        Counter({(zone, place): number for zone, place, _, number in found}),
    )
