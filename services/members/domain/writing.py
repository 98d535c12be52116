"""The rows that an import writes: many at once, and as often as one likes."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.members.domain import belonging
from services.members.domain.checking import Plan, Step
from services.members.domain.days import today
from services.members.domain.register import Register
from services.members.domain.workbook import Record
from services.members.models import NodePlace, OrgNode, Person, PersonSkill, Place, Unit
from shared.crypto import blind
from shared.db import now

QUIETLY = {"synchronize_session": False}


class Target:
    """The register while it is written: the ids of rows by the codes that the workbook knows them by."""

    def __init__(self, db: Session, register: Register, plan: Plan) -> None:
        self.db = db
        self.day: date = today()
        kinds = plan.steps
        self.ids = {kind: {code: known.id for code, known in register.of(kind).items()} for kind in kinds}
        self.paths = {
            kind: paths({code: known.record for code, known in register.of(kind).items()} | _planned(kinds[kind]))
            for kind in ("place", "node")
        }

    def id_of(self, kind: str, step: Step) -> UUID:
        return self.ids[kind][code_of(step)]


def code_of(step: Step) -> str:
    return step.record["number"] if "number" in step.record else step.record["code"]


def paths(records: dict[str, Record]) -> dict[str, str]:
    """The codes from the root down to each of these, joined by dots."""
    found: dict[str, str] = {}
    for code, record in records.items():
        parts = [code]
        while parent := record["parent"]:
            parts.insert(0, parent)
            record = records[parent]
        found[code] = ".".join(parts)
    return found


def _planned(steps: list[Step]) -> dict[str, Record]:
    return {code_of(step): step.record for step in steps}


def units(target: Target, steps: Sequence[Step]) -> None:
    names = ("code", "name", "kind", "needs_approval")
    rows = [{"id": target.id_of("unit", s), "active": True} | {n: s.record[n] for n in names} for s in steps]
    _upsert(target.db, Unit, rows)


def places(target: Target, steps: Sequence[Step]) -> None:
    rows = [
        {
            "id": target.id_of("place", step),
            "parent_id": target.ids["place"].get(step.record["parent"]),
            "path": target.paths["place"][step.record["code"]],
            **{name: step.record[name] for name in ("code", "kind", "name", "households")},
        }
        for step in steps
    ]
    _upsert(target.db, Place, sorted(rows, key=lambda row: row["path"]))


def nodes(target: Target, steps: Sequence[Step]) -> None:
    rows = [
        {
            "id": target.id_of("node", step),
            "path": target.paths["node"][step.record["code"]],
            "unit_id": target.ids["unit"].get(step.record["unit"]),
            "valid_from": step.record["valid_from"] or target.day,
            **{name: step.record[name] for name in ("code", "line", "kind", "name", "valid_until")},
        }
        for step in steps
    ]
    _upsert(target.db, OrgNode, rows)
    answers = [
        {"node_id": target.id_of("node", step), "place_id": target.ids["place"][place]}
        for step in steps
        for place in step.record["places"]
    ]
    _replace(target.db, NodePlace, NodePlace.node_id.in_([row["id"] for row in rows]), answers)


def people(target: Target, steps: Sequence[Step]) -> None:
    rows = [_person(target, step) for step in steps]
    ids = [row["id"] for row in rows]
    # Two who swap their numbers must not meet half-way.
    unlist = update(Person).where(Person.id.in_(ids)).values(phone_blind=None)
    target.db.execute(unlist, execution_options=QUIETLY)
    _upsert(target.db, Person, rows)
    belong(target, steps)
    skills = [{"person_id": target.id_of("person", s), "skill": skill} for s in steps for skill in s.record["skills"]]
    _replace(target.db, PersonSkill, PersonSkill.person_id.in_(ids), skills)


def belong(target: Target, steps: Sequence[Step]) -> None:
    """Let homes, places and nodes begin and end where the workbook differs from the register."""
    first: list[belonging.Move] = []
    moves: list[belonging.Move] = []
    begun: list[belonging.Joining] = []
    ended: list[belonging.Joining] = []
    for step in steps:
        person_id, was = target.id_of("person", step), step.known.record if step.known else {}
        changed = moves if step.known else first
        if step.record["unit"] != was.get("unit"):
            changed.append((person_id, "home", target.ids["unit"][step.record["unit"]]))
        if any(step.record[part] != was.get(part) for part in ("compound", "building", "entrance")):
            changed.append((person_id, "community", target.ids["place"].get(step.record.get("place", ""))))
        wish, had = _joined(step.record), _joined(was)
        begun += [(person_id, target.ids["node"][code]) for code in sorted(wish - had)]
        ended += [(person_id, target.ids["node"][code]) for code in sorted(had - wish)]
    belonging.settle(target.db, first, target.day)
    belonging.move(target.db, moves, target.day)
    belonging.join(target.db, begun, ended, target.day)


def heads(target: Target, steps: Sequence[Step]) -> set[UUID]:
    """Let new leaders and deputies begin, and those before them end; return whom that concerns."""
    former: set[UUID] = set()
    posts: list[tuple[UUID, UUID, str]] = []
    for step in steps:
        node_id, was = target.id_of("node", step), step.known.record if step.known else {}
        for role in ("leader", "deputy"):
            if step.record[role] == was.get(role):
                continue
            if was.get(role):
                former |= belonging.step_down(target.db, node_id, role, target.day)
            if head := step.record[role]:
                posts.append((target.ids["person"][head], node_id, role))
    belonging.lead(target.db, posts, target.day)
    return former | {person_id for person_id, *_ in posts}


def _joined(record: Record) -> set[str]:
    return {*record.get("groups", ()), *([zone] if (zone := record.get("zone")) else [])}


def _person(target: Target, step: Step) -> dict:
    record = step.record
    return {
        "id": target.id_of("person", step),
        **{name: record[name] for name in ("number", "name", "phone", "email", "category", "language")},
        "phone_blind": blind(record["phone"]) if record["phone"] else None,
        "unit_id": target.ids["unit"][record["unit"]],
        "place_id": target.ids["place"].get(record.get("place", "")),
        "active": True,
        "changed_at": now(),
    }


def _upsert(db: Session, model: Any, rows: list[dict]) -> None:
    table = model.__table__
    statement = upsert(table)
    values = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    statement = statement.on_conflict_do_update(index_elements=["id"], set_={**values, "version": table.c.version + 1})
    db.execute(statement, rows)


def _replace(db: Session, model: Any, old: Any, rows: list[dict]) -> None:
    db.execute(delete(model).where(old), execution_options=QUIETLY)
    if rows:
        db.execute(insert(model), rows)


WRITERS: dict[str, Callable[[Target, Sequence[Step]], None]] = {
    "unit": units,
    "place": places,
    "node": nodes,
    "person": people,
}
