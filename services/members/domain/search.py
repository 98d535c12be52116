"""Which members somebody looks for: by part of the name, number, telephone, unit, place, skill.

What is the same for all rows is looked up first and put into the query as it is, not as a parameter: Postgres then
knows how many rows it stands for, and picks the index by that.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from services.members.models import Person, PersonSkill, Place, Unit
from shared import phones
from shared.crypto import blind

_SHOWN = ("id", "number", "name", "phone_blind", "active", "unit_id", "place_id")
_COLUMNS = [Column(name, Person.__table__.c[name].type) for name in _SHOWN]

#: The committee's members as one looks for them; their names are in an index (migrations/versions/0008_large.sql).
Found = aliased(Person, Table("names", MetaData(schema="members"), *_COLUMNS), adapt_on_names=True)


def conditions(
    db: Session, *, q: str | None, unit: str | None, place: str | None, skill: str | None, active: bool
) -> Iterator[ColumnElement[bool]]:
    yield and_(Found.active) if active else ~Found.active
    if q:
        yield _matches(q.strip())
    if unit:
        yield Found.unit_id == select(Unit.id).where(Unit.code == unit).scalar_subquery()
    if place:
        yield Found.place_id.in_(_literals(_under(db, place)))
    if skill:
        # The number, too: a page of them is found in the order of the index.
        yield and_(PersonSkill.skill == skill, PersonSkill.person_id == Found.id, PersonSkill.number == Found.number)


def _matches(words: str) -> ColumnElement[bool]:
    """By a part of the name; what is not Chinese may also be the member's number, or the whole telephone number."""
    shortest: ColumnElement[int] = literal_column(str(min(2, len(words))))
    pieces = func.bus.pieces(bindparam(None, words, String, literal_execute=True), shortest)
    named = func.bus.pieces(Found.name).op("@>")(pieces) & Found.name.icontains(words, autoescape=True)
    return or_(named, *_numbers(words)) if words.isascii() else named


def _numbers(words: str) -> Iterator[ColumnElement[bool]]:
    yield Found.number == words
    try:
        yield Found.phone_blind == blind(phones.normalised(words))
    except ValueError:
        return


def _under(db: Session, code: str) -> list[UUID]:
    """The place with this code and those in it."""
    outer, inner = aliased(Place), aliased(Place)
    under = select(inner.id).join(outer, inner.path.op("<@")(outer.path)).where(outer.code == code)
    return list(db.scalars(under))


def _literals(ids: list[UUID]) -> Any:
    return bindparam(None, ids, Person.id.type, expanding=True, literal_execute=True)
