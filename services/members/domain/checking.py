"""Compare a workbook with the register: what is new, what would change, what is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from services.members.domain import words
from services.members.domain.reading import Mistake, Reading, Row
from services.members.domain.register import Known, Register
from services.members.domain.workbook import NODES, PEOPLE, PLACES, SHEETS, UNITS, Record, Sheet
from services.members.models.units import GROUP_KINDS

OUTER = {"compound": None, "building": "compound", "entrance": "building"}
MARKS = {"building": "号楼", "entrance": "单元"}


@dataclass
class Step:
    """A row that makes or changes something; *known* is None when it is new."""

    record: Record
    known: Known | None


@dataclass
class Plan:
    """What applying a workbook would do."""

    steps: dict[str, list[Step]] = field(default_factory=lambda: {sheet.kind: [] for sheet in SHEETS})
    unchanged: int = 0
    seen: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        steps = [step for some in self.steps.values() for step in some]
        new = sum(step.known is None for step in steps)
        return {
            "rows": self.seen,
            "new": new,
            "changed": len(steps) - new,
            "unchanged": self.unchanged,
            "errors": len(self.mistakes),
        }


def check(reading: Reading, register: Register, tick: Callable[[int], None] = lambda done: None) -> Plan:
    """The plan for a workbook; *tick* is called with each row's number in the whole."""
    plan = Plan(seen=reading.seen, mistakes=list(reading.mistakes))
    if reading.rows.keys() != {sheet.kind for sheet in SHEETS} or any(m.row in (0, 1) for m in reading.mistakes):
        return plan  # without its sheets and columns, the rest would only be noise
    world = World(reading, register)
    done = 0
    for sheet, judge in ((UNITS, _unit), (PLACES, _place), (NODES, _node), (PEOPLE, _person)):
        firsts: dict[tuple[str, str], int] = {}
        for row in reading.rows[sheet.kind]:
            done += 1
            tick(done)
            if row.record.get("wrong"):
                continue
            mistakes = [*_repeated(sheet, row, firsts), *judge(row, world)]
            plan.mistakes.extend(mistakes)
            if not mistakes:
                _compare(plan, sheet, row, world)
    order = {sheet.name: number for number, sheet in enumerate(SHEETS)}
    plan.mistakes.sort(key=lambda mistake: (order.get(mistake.sheet, 0), mistake.row))
    return plan


class World:
    """All that the workbook or the register knows by code: what a row may refer to."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self.register = register
        self.units = _codes(reading, register, "unit", "code")
        self.places = _codes(reading, register, "place", "code")
        self.nodes = _codes(reading, register, "node", "code")
        self.people = _codes(reading, register, "person", "number")
        self.by_phone = {k.record["phone"]: k for k in register.person.values() if k.record["phone"]}
        self.by_name = {
            (k.record["name"], k.record["unit"]): k for k in register.person.values() if not k.record["phone"]
        }
        self.in_compound = {
            (place.get("parent"), place["kind"], place["name"]): code
            for code, place in self.places.items()
            if place.get("kind") in MARKS and place.get("name")
        }

    def known(self, kind: str, record: Record) -> Known | None:
        """The row of the register that *record* is about: by its code; a member also by phone and name."""
        if kind != "person":
            return self.register.of(kind).get(record["code"])
        if found := self.register.person.get(record["number"] or ""):
            return found
        if not record["phone"]:
            return None if record["number"] else self.by_name.get((record["name"], record["unit"]))
        same_phone = self.by_phone.get(record["phone"])
        return same_phone if same_phone and same_phone.record["name"] == record["name"] else None

    def is_node(self, code: str, kinds: Iterable[str]) -> bool:
        """Whether there is such a node; one with mistakes of its own may be of any kind."""
        node = self.nodes.get(code)
        return node is not None and (node.get("wrong", False) or node["kind"] in kinds)


def _codes(reading: Reading, register: Register, kind: str, name: str) -> dict[str, Record]:
    known = {code: known.record for code, known in register.of(kind).items()}
    return known | {row.record[name]: row.record for row in reading.rows[kind] if row.record.get(name)}


def _repeated(sheet: Sheet, row: Row, firsts: dict[tuple[str, str], int]) -> Iterable[Mistake]:
    nameless = not any(row.record.get(name) for name in ("code", "number", "phone"))
    for name in ("name",) if nameless else ("code", "number", "phone"):
        if not (value := row.record.get(name)):
            continue
        if nameless:
            value = f"{value} {row.record['unit']}"
        first = firsts.setdefault((name, value), row.number)
        if first != row.number:
            yield _mistake(sheet, row, name, "duplicate", other=first)


def _unit(row: Row, world: World) -> Iterable[Mistake]:
    return ()


def _place(row: Row, world: World) -> Iterable[Mistake]:
    outer, parent = OUTER[row.record["kind"]], row.record["parent"]
    if outer is None:
        if parent:
            yield _mistake(PLACES, row, "parent", "wrong_parent")
    elif parent is None:
        yield _mistake(PLACES, row, "parent", "required")
    elif parent not in world.places:
        yield _mistake(PLACES, row, "parent", "unknown_parent")
    elif (world.places[parent].get("kind") or outer) != outer:
        yield _mistake(PLACES, row, "parent", "wrong_parent")


def _node(row: Row, world: World) -> Iterable[Mistake]:
    record = row.record
    if record["unit"] and record["unit"] not in world.units:
        yield _mistake(NODES, row, "unit", "unknown_unit")
    if record["kind"] == "unit" and not record["unit"]:
        yield _mistake(NODES, row, "unit", "required")
    for code in record["places"]:
        if code not in world.places:
            yield _mistake(NODES, row, "places", "unknown_place", value=code)
    for head in ("leader", "deputy"):
        if record[head] and record[head] not in world.people:
            yield _mistake(NODES, row, head, "unknown_member")
    if record["leader"] and record["leader"] == record["deputy"]:
        yield _mistake(NODES, row, "deputy", "same_person")
    if record["valid_from"] and record["valid_until"] and record["valid_from"] >= record["valid_until"]:
        yield _mistake(NODES, row, "valid_until", "bad_dates")
    if code := _wrong_above(record, world.nodes):
        yield _mistake(NODES, row, "parent", code)


def _wrong_above(record: Record, nodes: dict[str, Record]) -> str:
    """What is wrong with the chain of parents, if anything is."""
    above, seen = record, {record["code"]}
    while parent := above.get("parent"):
        if parent not in nodes:
            return "unknown_parent" if above is record else ""
        if parent in seen:
            return "parent_loop"
        seen.add(parent)
        above = nodes[parent]
        if (above.get("line") or record["line"]) != record["line"]:
            return "wrong_parent"
    return ""


def _person(row: Row, world: World) -> Iterable[Mistake]:
    record = row.record
    known = world.known("person", record)
    if record["number"] in world.register.former:
        yield _mistake(PEOPLE, row, "number", "number_of_former")
    owner = world.by_phone.get(record["phone"])
    if owner and owner is not known and not _gives_up_phone(owner, world):
        yield _mistake(PEOPLE, row, "phone", "phone_taken")
    if record["unit"] not in world.units:
        yield _mistake(PEOPLE, row, "unit", "unknown_unit")
    yield from _home(row, world)
    if record["zone"] and not world.is_node(record["zone"], ("zone",)):
        yield _mistake(PEOPLE, row, "zone", "unknown_zone")
    for code in record["groups"]:
        if not world.is_node(code, GROUP_KINDS):
            yield _mistake(PEOPLE, row, "groups", "unknown_group", value=code)


def _gives_up_phone(owner: Known, world: World) -> bool:
    """Whether the workbook itself gives the owner of a number another one."""
    return world.people[owner.record["number"]].get("phone") != owner.record["phone"]


def _home(row: Row, world: World) -> Iterable[Mistake]:
    """Find the place by compound, building and entrance; write their names as the register has them."""
    record = row.record
    inner = [(kind, record[kind]) for kind in ("building", "entrance")]
    if not record["compound"]:
        if any(name for _, name in inner):
            yield _mistake(PEOPLE, row, "compound", "place_needs_outer")
        return
    if world.places.get(record["compound"], {}).get("kind") != "compound":
        yield _mistake(PEOPLE, row, "compound", "unknown_place")
        return
    code = record["compound"]
    for kind, name in inner:
        if not name:
            if kind == "building" and record["entrance"]:
                yield _mistake(PEOPLE, row, "building", "place_needs_outer")
            break
        full = f"{name}{MARKS[kind]}" if name.isdigit() else name
        found = world.in_compound.get((code, kind, full))
        if found is None:
            yield _mistake(PEOPLE, row, kind, "unknown_place")
            return
        record[kind], code = full, found
    record["place"] = code


def _compare(plan: Plan, sheet: Sheet, row: Row, world: World) -> None:
    known = world.known(sheet.kind, row.record)
    record = dict(row.record)
    if known:
        for name in ("number", "valid_from"):  # an empty cell keeps what we gave
            if name in record:
                record[name] = record[name] or known.record[name]
    if known and all(record.get(column.field) == known.record[column.field] for column in sheet.columns):
        plan.unchanged += 1
        return
    plan.steps[sheet.kind].append(Step(record, known))


def _mistake(sheet: Sheet, row: Row, name: str, code: str, value: Any = None, **params: Any) -> Mistake:
    column = next(column for column in sheet.columns if column.field == name)
    written = value if value is not None else column.cell.write(row.record.get(name))
    assert code in words.ERRORS, code  # noqa: S101  a code without words would reach a page
    return Mistake(sheet.name, row.number, column.header, code, written, params)
