"""Roles: given by the secretary, for a time and a place, and taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from services.members.models import Grant, Person, Place, Unit
from shared.db import locked, now
from shared.errors import Invalid, NotFound, Problem


class LastSecretary(Problem):
    """Somebody must be secretary; give the role to somebody else first."""


def give(
    db: Session, *, person_id: UUID, role: str, unit_id: UUID | None, place: str | None, start: datetime,
    until: datetime | None, by: str,
) -> Grant:  # fmt: skip
    """Let a person hold a role."""
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise _unknown("person_id", person_id)
    if role == "liaison" and unit_id is None:
        raise Invalid(errors={"unit_id": ["required"]})
    if unit_id and db.get(Unit, unit_id) is None:
        raise _unknown("unit_id", unit_id)
    if until and until <= start:
        raise Invalid(errors={"until": ["ends_before_start"]})
    path = _path(db, place) if place else None
    grant = Grant(
        person_id=person_id, role=role, unit_id=unit_id, place=path, valid_from=start, valid_until=until, granted_by=by
    )
    db.add(grant)
    db.flush()
    return grant


def take_back(db: Session, grant_id: UUID) -> None:
    """End a role at once; that it was held stays on record."""
    grant = locked(db, Grant, grant_id)
    if grant.valid_until and grant.valid_until <= now():
        raise NotFound
    others = select(Grant.id).where(secretaries(), Grant.id != grant_id)
    if grant.role == "secretary" and not db.scalar(others.limit(1)):
        raise LastSecretary
    db.execute(update(Grant).where(Grant.id == grant_id).values(valid_until=now()))


def holds() -> ColumnElement[bool]:
    """The condition that a grant holds now."""
    return (Grant.valid_from <= now()) & (Grant.valid_until.is_(None) | (Grant.valid_until > now()))


def secretaries() -> ColumnElement[bool]:
    active = select(Person.id).where(Person.active)
    return (Grant.role == "secretary") & Grant.person_id.in_(active) & holds()


def _path(db: Session, code: str) -> str:
    if path := db.scalar(select(Place.path).where(Place.code == code)):
        return path
    raise _unknown("place", code)


def _unknown(field: str, value: Any) -> Invalid:
    return Invalid(errors={field: [{"code": "unknown", "values": [str(value)]}]})


def place_code(path: str | None) -> str | None:
    """The code of the place at the end of a path."""
    return path.rpartition(".")[2] if path else None
