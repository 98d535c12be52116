"""Write a plan into the register: a statement a kind of row, all in the caller's one transaction."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from services.members.domain import news, writing
from services.members.domain.checking import Plan, Step
from services.members.domain.register import Known, Register
from services.members.models import ImportChange
from services.members.models.people import NEXT_NUMBER

#: Rows that are written at once, and after which the worker looks whether it should stop.
PIECE = 200

TABLES = {"unit": "units", "place": "places", "node": "org_nodes", "person": "people"}

#: A row as it is, with what belongs to it: what undoing puts back.
BEFORE = {
    "unit": "jsonb_build_object('row', to_jsonb(r))",
    "place": "jsonb_build_object('row', to_jsonb(r))",
    "node": """jsonb_build_object('row', to_jsonb(r),
        'places', (SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]') FROM members.node_places x WHERE x.node_id = r.id),
        'memberships', (SELECT coalesce(jsonb_agg(to_jsonb(m)), '[]') FROM members.memberships m
                        WHERE m.node_id = r.id AND m.role_in <> 'member'))""",
    "person": """jsonb_build_object('row', to_jsonb(r),
        'skills', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM members.person_skills s WHERE s.person_id = r.id),
        'memberships', (SELECT coalesce(jsonb_agg(to_jsonb(m)), '[]') FROM members.memberships m
                        WHERE m.person_id = r.id AND m.role_in = 'member'))""",
}


def apply(db: Session, import_id: UUID, plan: Plan, register: Register, tick: Callable[[int], None]) -> None:
    """Let the register be as the plan says, keep how it was, and tell the other services."""
    for kind in ("place", "node"):
        plan.steps[kind] += _moved_along(plan.steps[kind], register.of(kind))
    target = writing.Target(db, register, plan)
    done = 0
    for kind, steps in plan.steps.items():
        _number(db, target, kind, steps)
        _note(db, import_id, kind, {target.id_of(kind, step): step.known is None for step in steps})
        for some in news.pieces(steps, PIECE):
            writing.WRITERS[kind](target, some)
            tick(done := done + len(some))
    heads = writing.heads(target, plan.steps["node"])
    _tell(db, target, plan, heads)


def _moved_along(steps: list[Step], known: dict[str, Known]) -> list[Step]:
    """Rows that the workbook leaves alone, but whose path changes because one above them moves."""
    was = {code: row.record for code, row in known.items()}
    planned = {step.record["code"]: step.record for step in steps}
    then, now = writing.paths(was), writing.paths(was | planned)
    moved = [code for code in was if code not in planned and then[code] != now[code]]
    return [Step(was[code], known[code]) for code in moved]


def _number(db: Session, target: "writing.Target", kind: str, steps: list[Step]) -> None:
    """Give new rows their ids, and members without one a number."""
    if kind == "person":
        nameless = [step for step in steps if not step.record["number"]]
        for step, number in zip(nameless, _made(db, NEXT_NUMBER, len(nameless)), strict=True):
            step.record["number"] = number
    new = [step for step in steps if step.known is None]
    for step, row_id in zip(new, _made(db, "uuidv7()", len(new)), strict=True):
        target.ids[kind][writing.code_of(step)] = row_id
    for step in steps:
        if step.known:  # a member may get another number
            target.ids[kind][writing.code_of(step)] = step.known.id


def _made(db: Session, expression: str, many: int) -> list[Any]:
    return list(db.execute(text(f"SELECT {expression} FROM generate_series(1, :many)"), {"many": many}).scalars())


def _note(db: Session, import_id: UUID, kind: str, rows: dict[UUID, bool]) -> None:
    """Keep how the rows were, and which version we leave them in."""
    statement = f"""
        INSERT INTO members.import_changes (import_id, kind, row_id, before, version)
        SELECT :import_id, :kind, r.id, {BEFORE[kind]}, r.version + 1
        FROM members.{TABLES[kind]} r WHERE r.id = ANY (:changed)
    """
    changed = [row_id for row_id, is_new in rows.items() if not is_new]
    db.execute(text(statement), {"import_id": import_id, "kind": kind, "changed": changed})
    same = {"import_id": import_id, "kind": kind, "version": 1}
    made = [{"row_id": row_id, **same} for row_id, is_new in rows.items() if is_new]
    if made:
        db.execute(insert(ImportChange), made)


def _tell(db: Session, target: "writing.Target", plan: Plan, heads: set[UUID]) -> None:
    ids = {kind: [target.id_of(kind, step) for step in steps] for kind, steps in plan.steps.items()}
    renamed = [target.id_of("unit", step) for step in plan.steps["unit"] if _differs(step, "name")]
    moved = [target.id_of("node", s) for s in plan.steps["node"] if _differs(s, "kind", "parent", "valid_until")]
    news.units(db, ids["unit"])
    news.labels(db, places=ids["place"], nodes=ids["node"])
    others = news.touched(db, renamed, moved, heads.difference(ids["person"]))
    news.people(db, dict.fromkeys([*ids["person"], *others]))


def _differs(step: Step, *fields: str) -> bool:
    """Whether a row that was there before is other than it was; one that moves along with another is too."""
    was = step.known.record if step.known else step.record
    return step.known is not None and (was is step.record or any(was[name] != step.record[name] for name in fields))
