"""Sign-in sheets on paper: a row for each who goes, some blank ones, and a number that tells wrong typing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.attendance import marks
from services.events.models import Activity, Attendance, Guest, Sheet, SignUp
from shared.db import locked
from shared.errors import Invalid, NotFound

#: Rows for people who come without having signed up.
BLANK = 10


@dataclass(frozen=True)
class Row:
    """A row of a sheet. *check*: a digit that goes with its number, on this sheet only."""

    n: int
    check: int
    person_id: UUID | None
    name: str
    present: bool


def make(db: Session, activity_id: UUID) -> Sheet:
    """A sheet of those who go as of now."""
    going = select(SignUp.person_id).where(SignUp.activity_id == activity_id, SignUp.state == "going")
    people = [str(person_id) for person_id in db.scalars(going.order_by(SignUp.turn))]
    sheet = Sheet(activity_id=activity_id, people=[*people, *[None] * BLANK])
    db.add(sheet)
    db.flush()
    db.refresh(sheet)
    return sheet


def numbered(db: Session, number: int) -> Sheet:
    found = db.scalars(select(Sheet).where(Sheet.number == number)).one_or_none()
    if found is None:
        raise NotFound
    return found


def rows(db: Session, sheet: Sheet) -> list[Row]:
    """The rows, with names, and who was there by now."""
    people = [UUID(person_id) if person_id else None for person_id in sheet.people]
    names = marks.names_of(db, filter(None, people))
    there = select(Attendance.person_id).where(
        Attendance.activity_id == sheet.activity_id, Attendance.undone_at.is_(None)
    )
    present = set(db.scalars(there))
    return [
        Row(n, check_digit(sheet.number, n), who, names.get(who, "") if who else "", who in present)
        for n, who in enumerate(people, 1)
    ]


def enter(db: Session, sheet_id: UUID, typed: list[dict[str, Any]], *, by: UUID | None) -> Sheet:
    """Take down what stands on the paper: all of it, or nothing if a row cannot be. Typed twice is once."""
    sheet = locked(db, Sheet, sheet_id)
    activity = db.get_one(Activity, sheet.activity_id)
    marks.expect_under_way(activity)
    if errors := _wrong(sheet, typed):
        raise Invalid(errors=errors)
    people = list(sheet.people)
    for row in typed:
        who = people[row["n"] - 1] or (_guest(db, sheet, row["name"]) if row["present"] else None)
        people[row["n"] - 1] = who
        if row["present"]:
            facts = {"id": uuid4(), "source": "sheet", "at": activity.starts_at, "by": by}
            marks.record(db, sheet.activity_id, UUID(who), **facts)  # type: ignore[arg-type]
        elif who:
            marks.undo(db, sheet.activity_id, UUID(who), by=by)
    sheet.people = people
    db.flush()
    return sheet


def check_digit(number: int, n: int) -> int:
    """By Luhn: one wrong digit, or nearly always two that changed places, give another one."""
    digits = [int(digit) for digit in f"{number}{n:03}"][::-1]
    doubled = [digit if place % 2 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)]
    return -sum(doubled) % 10


def _wrong(sheet: Sheet, typed: list[dict[str, Any]]) -> dict[str, list]:
    errors: dict[str, list] = {}
    for i, row in enumerate(typed):
        n, check = row["n"], row["check"]
        if n > len(sheet.people):
            errors[f"rows.{i}.n"] = [{"code": "out_of_range", "min": 1, "max": len(sheet.people)}]
        elif check is not None and check != check_digit(sheet.number, n):
            errors[f"rows.{i}.check"] = ["check_digit"]
        elif row["present"] and sheet.people[n - 1] is None and not row["name"]:
            errors[f"rows.{i}.name"] = ["required"]
    return errors


def _guest(db: Session, sheet: Sheet, name: str) -> str:
    """Somebody who wrote themselves into a blank row."""
    guest = Guest(activity_id=sheet.activity_id, name=name)
    db.add(guest)
    db.flush()
    return str(guest.id)
