"""Which units could fill an empty cell, and why: what they offer, give already and can, what kind of unit they are.

Never anything about a person: of a skill it counts only whether the unit has it. First come those that offer it
themselves, then by how many of the reasons hold, then by how little a unit gives already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from services.events.models import FamilyService, Offer, Person, Unit
from shared.db import now

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
    """A unit, what it offers and can, and what it gives already: (service, type of families)."""

    unit: Unit
    offers: list[Offer] = field(default_factory=list)
    skills: set[str] = field(default_factory=set)
    gives: set[tuple[UUID, str]] = field(default_factory=set)

    def why(self, gap: Gap) -> Why:
        """What speaks for it; nothing: it could not fill the gap."""
        why: Why = [{"code": "offers_it", "title": one.title} for one in self.offers if _is_of(one, gap.service)][:1]
        if others := sorted(kind for service_id, kind in self.gives if service_id == gap.service.id):
            why.append({"code": "gives_it_to_others", "family_types": others})
        why += [{"code": "has_skill", "skill": skill} for skill in gap.service.skills if skill in self.skills]
        if self.unit.kind in gap.service.unit_kinds:
            why.append({"code": "kind_of_unit", "kind": self.unit.kind})
        return why

    def load(self) -> Why:
        return [{"code": "gives_already", "count": len(self.gives)}] if self.gives else [{"code": "light_load"}]


def name(db: Session, gaps: Sequence[Gap], services: Iterable[FamilyService]) -> None:
    """Write on each cell the units that could fill it: three statements for all."""
    if not gaps:
        return
    givers = _givers(db, services)
    for gap in gaps:
        able = [(giver.why(gap), giver) for giver in givers if giver.unit is not gap.unit]
        able = sorted((one for one in able if one[0]), key=_order)
        gap.candidates = [{"unit": giver.unit, "why": why + giver.load()} for why, giver in able[:MOST]]


def _givers(db: Session, services: Iterable[FamilyService]) -> list[Giver]:
    units = db.scalars(select(Unit).where(Unit.active).order_by(Unit.code)).all()
    givers = {unit.unit_id: Giver(unit) for unit in units}
    for offer in db.scalars(_offers()):
        if offer.unit_id in givers:
            givers[offer.unit_id].offers.append(offer)
    for unit_id, skill in db.execute(_skills()):
        if unit_id in givers:
            givers[unit_id].skills.add(skill)
    for cell in (cell for service in services for cell in service.cells):
        if cell.unit_id in givers:
            givers[cell.unit_id].gives.add((cell.service_id, cell.family_type))
    return list(givers.values())


def _order(able: tuple[Why, Giver]) -> tuple[bool, int, int]:
    why, giver = able
    return why[0]["code"] != "offers_it", -len(why), len(giver.gives)


def _is_of(offer: Offer, service: FamilyService) -> bool:
    """Whether what is offered is something of this service."""
    return offer.what in service.things or bool(set(offer.skills) & set(service.skills))


def _offers() -> Select[Offer]:
    """What units offer, and is not used up."""
    open_ones = select(Offer).where(Offer.state == "published", Offer.unit_id.is_not(None), Offer.left > 0)
    until = or_(Offer.until_at.is_(None), Offer.until_at > now())
    return open_ones.where(until).order_by(Offer.published_at, Offer.id).limit(5000)


def _skills() -> Select[UUID | None, str]:
    theirs = select(Person.unit_id, func.unnest(Person.skills)).where(Person.active, Person.unit_id.is_not(None))
    return theirs.distinct()
