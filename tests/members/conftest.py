"""A register with people in it, and the workbook that fills it."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from demo import workbook as demo
from services.members import consumers, schedules  # noqa: F401  importing registers
from services.members.domain import workbook
from services.members.models import Membership, OrgNode, Person, Place, Unit
from shared import bus
from shared.crypto import blind
from shared.db import now

KEY = "Idempotency-Key"


@pytest.fixture(scope="session")
def demo_workbook(server) -> bytes:
    return workbook.written(demo.records())


@pytest.fixture
def records():
    """Some of the demo set's records, to spoil: all units, two compounds, every tenth member or so."""
    whole = {kind: [dict(record) for record in rows] for kind, rows in demo.records().items()}
    people = [record for record in whole["person"] if record["compound"] in ("C1", "C2", None)][:60]
    numbers = {record["number"] for record in people}
    nodes = [node for node in whole["node"] if node["code"][:2] not in {f"C{n}" for n in range(3, 10)}]
    for node in nodes:
        node |= {head: node[head] if node[head] in numbers else None for head in ("leader", "deputy")}
    places = [place for place in whole["place"] if place["code"][:2] in ("C1", "C2")]
    return {"unit": whole["unit"], "place": places, "node": nodes, "person": people}


@pytest.fixture
def few(records) -> bytes:
    """A workbook of these."""
    return workbook.written(records)


@pytest.fixture
def settle(db):
    """Call it to let what members tells itself arrive; the other services are not asked here."""

    def settle() -> None:
        db.commit()
        due = text("SELECT id FROM bus.deliveries WHERE subscriber = 'members' ORDER BY id")
        for delivery_id in db.execute(due).scalars().all():
            bus.receive("members", delivery_id)
        failed = db.execute(text("SELECT last_error FROM bus.deliveries WHERE failures > 0")).scalars().all()
        assert not failed, failed

    return settle


@pytest.fixture
def person(db):
    """Call it to register somebody, in the past, without telling anybody."""
    count = iter(range(9000, 9999))

    def person(name: str, *, unit: Unit | None = None, place: Place | None = None, active: bool = True) -> Person:
        phone = f"861000000{next(count)}"
        person = Person(name=name, phone=phone, phone_blind=blind(phone), active=active)
        person.unit_id, person.place_id = unit.id if unit else None, place.id if place else None
        person.changed_at = now() - timedelta(days=1)
        db.add(person)
        db.flush()
        past = (now() - timedelta(days=400)).date()
        if unit:
            db.add(Membership(person_id=person.id, kind="home", unit_id=unit.id, valid_from=past))
        if place:
            db.add(Membership(person_id=person.id, kind="community", place_id=place.id, valid_from=past))
        db.commit()
        return person

    return person


@pytest.fixture
def unit(db):
    """Call it to let a unit join."""

    def unit(code: str, name: str = "某单位党支部") -> Unit:
        unit = Unit(code=code, name=name, kind="other")
        db.add(unit)
        db.commit()
        return unit

    return unit


@pytest.fixture
def compound(db) -> Place:
    place = Place(code="C1", kind="compound", name="体院家属院", path="C1", households=10)
    db.add(place)
    db.commit()
    return place


@pytest.fixture
def group(db):
    """Call it to found a group."""

    def group(code: str, kind: str = "activity_group", above: OrgNode | None = None) -> OrgNode:
        path = f"{above.path}.{code}" if above else code
        node = OrgNode(code=code, line="horizontal", kind=kind, name=code, path=path, valid_from=now().date())
        db.add(node)
        db.commit()
        return node

    return group


@pytest.fixture
def signed_in(person, grant, token):
    """Call it with a role for the headers of somebody who holds it."""

    def signed_in(role: str | None, *, unit: Unit | None = None, name: str = "某人") -> dict[str, str]:
        somebody = person(name, unit=unit)
        if role:
            grant(somebody.id, role, unit_id=unit.id if role == "liaison" and unit else None)
        return token(somebody.id)

    return signed_in


@pytest.fixture
def clerk(signed_in) -> dict[str, str]:
    return signed_in("clerk", name="办事员")


@pytest.fixture
def upload(members, clerk, settle):
    """Call it with a workbook's bytes for the import that it becomes, checked."""

    def upload(content: bytes, *, name: str = "名册.xlsx", key: str | None = None):
        headers = {**clerk, KEY: key or str(uuid4())}
        answer = members.post("/imports", data={"file": (BytesIO(content), name)}, headers=headers)
        if answer.status_code != 201:
            return answer
        settle()
        return members.get(f"/imports/{answer.json['id']}", headers=clerk)

    return upload


@pytest.fixture
def apply(members, clerk, settle):
    """Call it with an import that was checked; it is applied."""

    def apply(import_id: str):
        answer = members.post(f"/imports/{import_id}/apply", headers=clerk)
        if answer.status_code != 202:
            return answer
        settle()
        return members.get(f"/imports/{import_id}", headers=clerk)

    return apply


@pytest.fixture
def everybody(upload, apply, demo_workbook):
    """The whole demo set, in the register."""
    return apply(upload(demo_workbook).json["id"])


@pytest.fixture
def imported(upload, apply, few):
    """Some of the demo set, in the register."""
    return apply(upload(few).json["id"])


@pytest.fixture
def statements(heard):
    """Within it, every statement is written down."""

    @contextmanager
    def statements():
        seen: list[str] = []
        with heard() as everything:
            yield seen
        seen += [
            statement
            for statement in everything
            if "SAVEPOINT" not in statement and "ROLE" not in statement.split(maxsplit=3)[:3]
        ]

    return statements


@pytest.fixture
def count(db):
    """Call it with a table to count its rows."""
    return lambda table: db.execute(text(f"SELECT count(*) FROM members.{table}")).scalar_one()


def cells(content: bytes) -> dict[str, list]:
    """All cells of a workbook, by sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def by_hand(sheets: dict[str, list[list]], *, merged: tuple[str, str] | None = None) -> bytes:
    """A workbook as somebody makes it who does not use our template."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if merged and merged[0] == name:
            page.merge_range(merged[1], rows[0][0])
    book.close()
    return buffer.getvalue()


def place_of(db, person_id: UUID) -> str | None:
    found = "SELECT l.code FROM members.people p JOIN members.places l ON l.id = p.place_id WHERE p.id = :id"
    return db.execute(text(found), {"id": person_id}).scalar()
