"""Troupes: their people, their hours, what they play."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from services.events.domain.scope import Asker
from services.events.models import Person, Troupe, TroupeMember
from shared.db import find
from shared.errors import Forbidden, Invalid, NotFound

#: People in a troupe.
MOST = 300


def every(db: Session, *, leader_id: UUID | None = None) -> Sequence[Troupe]:
    """Those that there are, by their names; or those that somebody leads."""
    query = select(Troupe).where(Troupe.active).options(*WHOLE).order_by(Troupe.name, Troupe.id).limit(500)
    return counted(db, db.scalars(query if leader_id is None else query.where(Troupe.leader_id == leader_id)).all())


def seen(db: Session, troupe_id: UUID) -> Troupe:
    query = select(Troupe).where(Troupe.id == troupe_id).options(*WHOLE)
    if (troupe := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return troupe


def led(db: Session, troupe_id: UUID, asker: Asker) -> Troupe:
    """The troupe, locked, if one leads it or is a clerk."""
    query = select(Troupe).where(Troupe.id == troupe_id).with_for_update()
    if (troupe := db.scalars(query.execution_options(populate_existing=True)).one_or_none()) is None:
        raise NotFound
    if not asker.clerk and troupe.leader_id != asker.person_id:
        raise Forbidden
    return troupe


def found(db: Session, **facts: Any) -> Troupe:
    """A new one; its leader is in it."""
    troupe = Troupe(**facts)
    _check(db, troupe)
    db.add(troupe)
    db.flush()
    join(db, troupe, person_id=troupe.leader_id)
    return troupe


def change(db: Session, troupe: Troupe, **facts: Any) -> Troupe:
    for name, value in facts.items():
        setattr(troupe, name, value)
    _check(db, troupe)
    db.flush()
    return troupe


def join(
    db: Session, troupe: Troupe, *, person_id: UUID | None = None, name: str | None = None, part: str = ""
) -> TroupeMember:
    """Put a member, or a resident by name, on the roster; a member twice: once, with the part said last."""
    if (person_id is None) == (name is None):
        raise Invalid(errors={"name": ["either_person_or_name"]})
    if person_id:
        _expect_member(db, "person_id", person_id)
        here = select(TroupeMember).where(TroupeMember.troupe_id == troupe.id, TroupeMember.person_id == person_id)
        if known := db.scalars(here).one_or_none():
            known.part = part or known.part
            db.flush()
            return known
    if _size(db, troupe.id) >= MOST:
        raise Invalid(errors={"name": [{"code": "too_many", "max": MOST}]})
    joined = TroupeMember(troupe_id=troupe.id, person_id=person_id, name=name, part=part)
    db.add(joined)
    db.flush()
    return joined


def roster(db: Session, troupe: Troupe) -> list[TroupeMember]:
    people = select(TroupeMember).where(TroupeMember.troupe_id == troupe.id).options(joinedload(TroupeMember.person))
    return sorted(db.scalars(people), key=lambda member: (member.called, member.id))


def on_roster(db: Session, member_id: UUID, asker: Asker) -> TroupeMember:
    """Somebody on the roster of a troupe that one leads, or oneself."""
    member = find(db, TroupeMember, member_id)
    if asker.clerk or (asker.person_id and member.person_id == asker.person_id):
        return member
    if find(db, Troupe, member.troupe_id).leader_id != asker.person_id:
        raise NotFound
    return member


def leave(db: Session, person_ids: Sequence[UUID]) -> None:
    """People who are no members any more are on no roster; a troupe that they led waits for a clerk to name another."""
    db.execute(delete(TroupeMember).where(TroupeMember.person_id.in_(person_ids)))


def counted(db: Session, troupes: Sequence[Troupe]) -> Sequence[Troupe]:
    """Write on each how many are in it: one query for all."""
    ids = [troupe.id for troupe in troupes]
    sizes = select(TroupeMember.troupe_id, func.count()).where(TroupeMember.troupe_id.in_(ids))
    by_id = dict(db.execute(sizes.group_by(TroupeMember.troupe_id)).all())
    for troupe in troupes:
        troupe.size = by_id.get(troupe.id, 0)
    return troupes


def _size(db: Session, troupe_id: UUID) -> int:
    return db.scalar(select(func.count()).where(TroupeMember.troupe_id == troupe_id)) or 0


def _check(db: Session, troupe: Troupe) -> None:
    """The leader exists, and nobody else rehearses in the same room at the same hour."""
    with db.no_autoflush:
        _expect_member(db, "leader_id", troupe.leader_id)
        beside = select(Troupe).where(Troupe.active, Troupe.id.is_distinct_from(troupe.id))
        others = db.scalars(beside.order_by(Troupe.name)).all()
    for number, hours in enumerate(troupe.rehearsals):
        earlier = troupe.rehearsals[:number]
        if with_name := next((t.name for t in others if any(_meet(hours, one) for one in t.rehearsals)), None):
            raise Invalid(errors={f"rehearsals.{number}.place": [{"code": "taken", "with": with_name}]})
        if any(_meet(hours, one) for one in earlier):
            raise Invalid(errors={f"rehearsals.{number}.place": [{"code": "taken", "with": troupe.name}]})


def _meet(one: dict, other: dict) -> bool:
    if (one["weekday"], one["place"]) != (other["weekday"], other["place"]):
        return False
    (begin, end), (other_begin, other_end) = _minutes(one), _minutes(other)
    return begin < other_end and other_begin < end


def _minutes(hours: dict) -> tuple[timedelta, timedelta]:
    start = time.fromisoformat(hours["start_time"])
    begin = timedelta(hours=start.hour, minutes=start.minute)
    return begin, begin + timedelta(minutes=hours["minutes"])


def _expect_member(db: Session, field: str, person_id: UUID) -> None:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise Invalid(errors={field: ["unknown"]})


WHOLE = (joinedload(Troupe.unit), joinedload(Troupe.leader))
