"""Which units could fill an empty cell, and why: what they give already, what they can, what kind of unit they are.

Never anything about a person: of a skill it counts only whether the unit has it. The order is by how many of the
reasons hold, then by how much a unit gives already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.events.models import FamilyService, Person, Unit

#: Units named for a cell.
MOST = 5

Why = list[dict[str, Any]]


class Gap(Protocol):
    """A cell to fill."""

    service: FamilyService
    family_type: str
    unit: Unit | None
    candidates: list[dict[str, Any]]


@dataclass
class Giver:
    """A unit, what it can, and what it gives already: (service, type of families)."""

    unit: Unit
    skills: set[str]
    gives: set[tuple[UUID, str]]

    def why(self, gap: Gap) -> Why:
        """What speaks for it; nothing: it could not fill the gap."""
        why: Why = []
        if others := sorted(kind for service_id, kind in self.gives if service_id == gap.service.id):
            why.append({"code": "gives_it_to_others", "family_types": others})
        why += [{"code": "has_skill", "skill": skill} for skill in gap.service.skills if skill in self.skills]
        if self.unit.kind in gap.service.unit_kinds:
            why.append({"code": "kind_of_unit", "kind": self.unit.kind})
        return why

    def load(self) -> Why:
        return [{"code": "gives_already", "count": len(self.gives)}] if self.gives else [{"code": "light_load"}]


def name(db: Session, gaps: Sequence[Gap], services: Iterable[FamilyService]) -> None:
    """Write on each cell the units that could fill it: two statements for all."""
    if not gaps:
        return
    givers = _givers(db, services)
    for gap in gaps:
        able = [(giver.why(gap), giver) for giver in givers if giver.unit is not gap.unit]
        able = sorted((one for one in able if one[0]), key=lambda one: (-len(one[0]), len(one[1].gives)))
        gap.candidates = [{"unit": giver.unit, "why": why + giver.load()} for why, giver in able[:MOST]]


def _givers(db: Session, services: Iterable[FamilyService]) -> list[Giver]:
    units = db.scalars(select(Unit).where(Unit.active).order_by(Unit.code)).all()
    givers = {unit.unit_id: Giver(unit, set(), set()) for unit in units}
    for unit_id, skill in db.execute(_skills()):
        if unit_id in givers:
            givers[unit_id].skills.add(skill)
    for cell in (cell for service in services for cell in service.cells):
        if cell.unit_id in givers:
            givers[cell.unit_id].gives.add((cell.service_id, cell.family_type))
    return list(givers.values())


def _skills() -> Select[UUID | None, str]:
    theirs = select(Person.unit_id, func.unnest(Person.skills)).where(Person.active, Person.unit_id.is_not(None))
    return theirs.distinct()
