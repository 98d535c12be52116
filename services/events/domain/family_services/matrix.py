"""Four types of families by ten services: what is given, what is thin, what is empty."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from services.events.domain.family_services import candidates
from services.events.models import FAMILY_TYPES, FamilyService, ServiceCell, ServiceRequest, Unit
from shared.db import now
from shared.errors import Invalid, NotFound

#: What was asked for within so long counts.
LOOK_BACK = timedelta(days=30)

#: Answers to "were you helped?" are shown from so many on: fewer would tell who said what.
ENOUGH = 5


class Uptake(NamedTuple):
    """What came of requests for a cell in the last thirty days, and what people said in the last year."""

    asked: int = 0
    done: int = 0
    unmet: int = 0
    answers: int = 0
    satisfied: int = 0


NOTHING_ASKED = Uptake()


@dataclass
class Cell:
    """A service for a type of families. *state*: ok, thin, empty, or none where it is not meant for them."""

    service: FamilyService
    family_type: str
    state: str = "none"
    unit: Unit | None = None
    slots: int = 0
    uptake: Uptake = NOTHING_ASKED
    why: list[dict[str, Any]] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)

    @property
    def satisfaction(self) -> int | None:
        """How many of a hundred were helped; None: too few said so."""
        if self.uptake.answers < ENOUGH:
            return None
        return round(100 * self.uptake.satisfied / self.uptake.answers)


def every(db: Session) -> Sequence[FamilyService]:
    query = select(FamilyService).order_by(FamilyService.number).limit(99)
    return db.scalars(query.options(selectinload(FamilyService.cells).joinedload(ServiceCell.unit))).all()


def seen(db: Session, number: int, *, lock: bool = False) -> FamilyService:
    query = select(FamilyService).where(FamilyService.number == number)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    if (service := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return service


def matrix(db: Session) -> list[Cell]:
    """Every cell, in the order of services and types; empty and thin ones with units that could fill them."""
    services, uptake = every(db), _uptake(db)
    cells = [_cell(service, kind, uptake) for service in services for kind in FAMILY_TYPES]
    candidates.name(db, [cell for cell in cells if cell.state in ("empty", "thin")], services)
    return cells


def add(db: Session, *, number: int, types: Sequence[str], **facts: Any) -> FamilyService:
    service = FamilyService(number=number, **facts)
    service.cells = [ServiceCell(family_type=kind, unit_id=None, slots=0) for kind in sorted(set(types))]
    db.add(service)
    db.flush()
    return service


def change(db: Session, service: FamilyService, *, types: Sequence[str], **facts: Any) -> FamilyService:
    """Also for whom it is meant: who gives it to them stays."""
    for name, value in facts.items():
        setattr(service, name, value)
    known = {cell.family_type: cell for cell in service.cells}
    for kind in known.keys() - set(types):
        service.cells.remove(known[kind])
    new = sorted(set(types) - known.keys())
    service.cells += [ServiceCell(family_type=kind, unit_id=None, slots=0) for kind in new]
    db.flush()
    return service


def give(db: Session, service: FamilyService, *, family_type: str, unit: str | None, slots: int) -> None:
    """Say which unit gives it to these families, and how often a month; null: nobody does."""
    cell = next((one for one in service.cells if one.family_type == family_type), None)
    if cell is None:
        raise Invalid(errors={"family_type": ["not_meant_for_them"]})
    found = db.scalars(select(Unit).where(Unit.code == unit, Unit.active)).one_or_none() if unit else None
    if unit and found is None:
        raise Invalid(errors={"unit": [{"code": "unknown", "values": [unit]}]})
    cell.unit_id, cell.slots = found.unit_id if found else None, slots if found else 0
    db.flush()


def unit_left(db: Session, unit_ids: Sequence[UUID]) -> None:
    """What a unit gave that is no member any more is an empty cell."""
    theirs = update(ServiceCell).where(ServiceCell.unit_id.in_(unit_ids)).values(unit_id=None, slots=0)
    db.execute(theirs, execution_options={"synchronize_session": False})


def _cell(service: FamilyService, kind: str, uptake: dict[tuple[UUID, str], Uptake]) -> Cell:
    known = next((one for one in service.cells if one.family_type == kind), None)
    if known is None:
        return Cell(service, kind)
    cell = Cell(service, kind, unit=known.unit, slots=known.slots, uptake=uptake.get((service.id, kind), NOTHING_ASKED))
    cell.state, cell.why = _state(cell)
    return cell


def _state(cell: Cell) -> tuple[str, list[dict[str, Any]]]:
    if cell.unit is None:
        return "empty", [{"code": "nobody_gives_it"}]
    if cell.slots == 0:
        return "empty", [{"code": "no_times"}]
    why: list[dict[str, Any]] = []
    if cell.uptake.asked > cell.slots:
        why.append({"code": "more_asked_than_times", "asked": cell.uptake.asked, "slots": cell.slots})
    if cell.uptake.unmet:
        why.append({"code": "unmet", "count": cell.uptake.unmet})
    return ("thin" if why else "ok"), why


def _uptake(db: Session) -> dict[tuple[UUID, str], Uptake]:
    """One statement for all cells."""
    lately, year = ServiceRequest.made_at > now() - LOOK_BACK, now() - timedelta(days=365)
    count = func.count()
    figures = (
        count.filter(lately, ServiceRequest.state != "withdrawn"),
        count.filter(lately, ServiceRequest.state == "done"),
        count.filter(lately, ServiceRequest.state == "unmet"),
        count.filter(ServiceRequest.satisfied.is_not(None)),
        count.filter(ServiceRequest.satisfied == "yes"),
    )
    cell = (ServiceRequest.service_id, ServiceRequest.family_type)
    rows = db.execute(select(*cell, *figures).where(ServiceRequest.made_at > year).group_by(*cell))
    return {(service_id, kind): Uptake(*rest) for service_id, kind, *rest in rows}
