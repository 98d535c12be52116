"""Which members somebody looks for: by part of the name, number, telephone, unit, place, skill.

What is the same for all rows is looked up first and put into the query as it is, not as a parameter: Postgres then
knows how many rows it stands for, and picks the index by that.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, MetaData, String, Table, Uuid, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from services.members.domain import phones
from services.members.models import Person, PersonSkill, Place, Unit
from shared.crypto import blind

#: The names of the committee's members, with an index of their pieces (migrations/versions/0009_large.sql).
NAMES = Table("names", MetaData(schema="members"), Column("id", Uuid), Column("name", String))


def conditions(
    db: Session, *, q: str | None, unit: str | None, place: str | None, skill: str | None, active: bool
) -> Iterator[ColumnElement[bool]]:
    yield Person.active if active else ~Person.active
    if q:
        yield _matches(q.strip())
    if unit:
        yield Person.unit_id == select(Unit.id).where(Unit.code == unit).scalar_subquery()
    if place:
        yield Person.place_id.in_(_literals(_under(db, place)))
    if skill:
        yield Person.id.in_(select(PersonSkill.person_id).where(PersonSkill.skill == skill))


def _matches(words: str) -> ColumnElement[bool]:
    """By a part of the name; what is not Chinese may also be the member's number, or the whole telephone number."""
    pieces = func.bus.pieces(bindparam(None, words, String, literal_execute=True))
    named = select(NAMES.c.id).where(
        func.bus.pieces(NAMES.c.name).op("@>")(pieces), NAMES.c.name.icontains(words, autoescape=True)
    )
    if not words.isascii():
        return Person.id.in_(named)
    known = select(Person.id).where(or_(*_numbers(words)))
    return Person.id.in_(union_all(named, known))


def _numbers(words: str) -> Iterator[ColumnElement[bool]]:
    yield Person.number == words
    try:
        yield Person.phone_blind == blind(phones.normalised(words))
    except ValueError:
        return


def _under(db: Session, code: str) -> list[UUID]:
    """The place with this code and those in it."""
    outer, inner = aliased(Place), aliased(Place)
    under = select(inner.id).join(outer, inner.path.op("<@")(outer.path)).where(outer.code == code)
    return list(db.scalars(under))


def _literals(ids: list[UUID]) -> Any:
    return bindparam(None, ids, Uuid, expanding=True, literal_execute=True)
