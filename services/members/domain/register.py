"""The register as records of the workbook: what an import is compared with, and what an export writes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.members.domain.days import today
from services.members.domain.workbook import Record
from services.members.models import Membership, NodePlace, OrgNode, Person, PersonSkill, Place, Unit

#: The nodes of each person, with the role there.
Belonging = dict[UUID, list[tuple[Any, str]]]


@dataclass
class Known:
    """A row of the register: its id, its version, and what the workbook would say of it."""

    id: UUID
    version: int
    record: Record


@dataclass
class Register:
    """All rows by the code or number that people know them by."""

    unit: dict[str, Known] = field(default_factory=dict)
    place: dict[str, Known] = field(default_factory=dict)
    node: dict[str, Known] = field(default_factory=dict)
    person: dict[str, Known] = field(default_factory=dict)
    former: set[str] = field(default_factory=set)  # numbers of members who are not active

    def of(self, kind: str) -> dict[str, Known]:
        return getattr(self, kind)

    def records(self) -> dict[str, list[Record]]:
        """What an export writes, in the order in which people look for it."""
        return {
            kind: [known.record for known in self.of(kind).values()] for kind in ("unit", "place", "node", "person")
        }


def load(db: Session, *, lock: bool = False) -> Register:
    """Read the whole register; with *lock*, nobody edits its rows until we are done."""
    day = today()
    register = Register()
    units = {unit.id: unit.code for unit in _rows(db, Unit, Unit.code, lock)}
    register.unit = {u.code: Known(u.id, u.version, _unit(u)) for u in _rows(db, Unit, Unit.code) if u.active}
    places = {place.id: place for place in _rows(db, Place, Place.path, lock)}
    register.place = {p.code: Known(p.id, p.version, _place(p, places)) for p in places.values()}
    nodes = {node.id: node for node in _rows(db, OrgNode, OrgNode.path, lock)}
    people = {person.id: person for person in _rows(db, Person, Person.number, lock)}
    register.former = {person.number for person in people.values() if not person.active}
    belonging = _belonging(db, day)
    register.node = _nodes(db, nodes, units, places, people, belonging)
    skills = _skills(db)
    for person in people.values():
        if person.active:
            where = _where(places.get(person.place_id), places) if person.place_id else {}
            record = _person(person, units, where, skills.get(person.id, ()), belonging.get(person.id, ()), nodes)
            register.person[person.number] = Known(person.id, person.version, record)
    return register


def _rows(db: Session, model: Any, order: Any, lock: bool = False) -> Iterable[Any]:
    query = select(model).order_by(order)
    return db.scalars(query.with_for_update().execution_options(populate_existing=True) if lock else query).all()


def _unit(unit: Unit) -> Record:
    return {"code": unit.code, "name": unit.name, "kind": unit.kind, "needs_approval": unit.needs_approval}


def _place(place: Place, places: dict[UUID, Place]) -> Record:
    parent = places[place.parent_id].code if place.parent_id else None
    return {
        "code": place.code,
        "kind": place.kind,
        "name": place.name,
        "parent": parent,
        "households": place.households,
    }


def _belonging(db: Session, day: date) -> Belonging:
    """The nodes that each member belongs to today, with the role there."""
    query = select(Membership.person_id, Membership.node_id, Membership.role_in).where(
        Membership.node_id.is_not(None), holds(Membership, day)
    )
    found: Belonging = defaultdict(list)
    for person_id, node_id, role in db.execute(query):
        found[person_id].append((node_id, role))
    return found


def holds(model: Any, day: date) -> Any:
    """The condition that a row with valid_from and valid_until holds on *day*."""
    return (model.valid_from <= day) & (model.valid_until.is_(None) | (model.valid_until > day))


def _nodes(db: Session, nodes, units, places, people, belonging) -> dict[str, Known]:
    codes = defaultdict(list)
    for node_id, place_id in db.execute(select(NodePlace.node_id, NodePlace.place_id)):
        codes[node_id].append(places[place_id].code)
    heads: dict[tuple[UUID, str], str] = {
        (node_id, role): people[person_id].number
        for person_id, found in belonging.items()
        for node_id, role in found
        if role != "member"
    }
    by_path = {node.path: node.code for node in nodes.values()}
    return {
        node.code: Known(
            node.id,
            node.version,
            {
                "code": node.code,
                "line": node.line,
                "kind": node.kind,
                "name": node.name,
                "parent": by_path.get(node.path.rpartition(".")[0]),
                "unit": units.get(node.unit_id),
                "places": tuple(sorted(codes[node.id])),
                "leader": heads.get((node.id, "leader")),
                "deputy": heads.get((node.id, "deputy")),
                "valid_from": node.valid_from,
                "valid_until": node.valid_until,
            },
        )
        for node in nodes.values()
    }


def _skills(db: Session) -> dict[UUID, tuple[str, ...]]:
    found = defaultdict(list)
    for person_id, skill in db.execute(select(PersonSkill.person_id, PersonSkill.skill)):
        found[person_id].append(skill)
    return {person_id: tuple(sorted(skills)) for person_id, skills in found.items()}


def _where(place: Place | None, places: dict[UUID, Place]) -> dict[str, str]:
    """The code of the compound, the names of building and entrance."""
    found: dict[str, str] = {}
    while place:
        found[place.kind] = place.code if place.kind == "compound" else place.name
        place = places.get(place.parent_id) if place.parent_id else None
    return found


def _person(person: Person, units, where: dict[str, str], skills, belonging, nodes) -> Record:
    joined = [nodes[node_id] for node_id, role in belonging if role == "member"]
    return {
        "number": person.number,
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "category": person.category,
        "unit": units.get(person.unit_id),
        "compound": where.get("compound"),
        "building": where.get("building"),
        "entrance": where.get("entrance"),
        "zone": next((node.code for node in joined if node.kind == "zone"), None),
        "skills": skills,
        "groups": tuple(sorted(node.code for node in joined if node.kind != "zone")),
        "language": person.language,
    }
