"""Members: registered, corrected, moved. What changes today is told today, what is to come when its day comes."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.members.domain import belonging, news, sessions
from services.members.domain.days import today
from services.members.domain.register import holds
from services.members.models import Membership, OrgNode, Person, PersonSkill, Place, Unit
from services.members.models.units import GROUP_KINDS
from shared import phones
from shared.crypto import blind
from shared.db import locked, now
from shared.errors import Invalid


def put(
    db: Session, person_id: UUID, *, unit: str | None, place: str | None, zone: str | None, groups: Iterable[str],
    skills: Iterable[str], phone: str | None, **facts: Any,
) -> Person:  # fmt: skip
    """Register a member under this id, or let their record say this from today on."""
    person = db.get(Person, person_id, with_for_update=True, populate_existing=True) or Person(id=person_id, version=1)
    facts |= {"phone": phones.given(phone) if phone else None, "changed_at": now()}
    facts["phone_blind"] = blind(facts["phone"]) if facts["phone"] else None
    if not facts.get("number"):
        facts.pop("number", None)
    for name, value in facts.items():
        setattr(person, name, value)
    moves = _moves(db, person, unit, place)
    nodes = _nodes(db, zone, set(groups))
    _save(db, person)
    belonging.move(db, moves, today())
    _join(db, person_id, nodes)
    _declare(db, person_id, set(skills))
    if not person.active:
        sessions.end_all(db, person_id)
    news.people(db, [person_id])
    return person


def move(db: Session, person_id: UUID, *, start: date, **targets: str | None) -> None:
    """From *start* on a member has another home (unit=), or lives elsewhere (place=; None: not among us)."""
    person = locked(db, Person, person_id)
    moves: list[belonging.Move] = []
    if "unit" in targets:
        moves.append((person.id, "home", _id_of(db, Unit, targets["unit"], "unit")))
    if "place" in targets:
        moves.append((person.id, "community", _id_of(db, Place, targets["place"], "place")))
    belonging.move(db, moves, start)
    changed = belonging.follow(db, person_id)
    db.expire(person)
    news.people(db, [person_id] if changed else [])


def follow_the_calendar(db: Session) -> None:
    """Let moves take place whose day has come."""
    news.people(db, belonging.follow_lately(db))


def speak(db: Session, person: Person, language: str) -> Person:
    """Address a member in this language from now on."""
    person.language, person.changed_at = language, now()
    db.flush()
    news.people(db, [person.id])
    return person


def _moves(db: Session, person: Person, unit: str | None, place: str | None) -> list[belonging.Move]:
    """Set today's unit and place; return the memberships that must change for it."""
    unit_id, place_id = _id_of(db, Unit, unit, "unit"), _id_of(db, Place, place, "place")
    moves: list[belonging.Move] = []
    if unit_id != person.unit_id:
        moves.append((person.id, "home", unit_id))
    if place_id != person.place_id:
        moves.append((person.id, "community", place_id))
    person.unit_id, person.place_id = unit_id, place_id
    return moves


def _id_of(db: Session, model: Any, code: str | None, field: str) -> UUID | None:
    if code is None:
        return None
    found = db.scalar(select(model.id).where(model.code == code))
    if found is None:
        raise Invalid(errors={field: [{"code": "unknown", "values": [code]}]})
    return found


def _nodes(db: Session, zone: str | None, groups: set[str]) -> set[UUID]:
    query = select(OrgNode.id, OrgNode.code, OrgNode.kind).where(OrgNode.code.in_({*groups, zone}))
    found = db.execute(query).all()
    if zone and not any(code == zone and kind == "zone" for _, code, kind in found):
        raise Invalid(errors={"zone": [{"code": "unknown", "values": [zone]}]})
    if unknown := groups - {code for _, code, kind in found if kind in GROUP_KINDS}:
        raise Invalid(errors={"groups": [{"code": "unknown", "values": sorted(unknown)}]})
    return {node_id for node_id, _, _ in found}


def _save(db: Session, person: Person) -> None:
    """Write the row; that a number is somebody else's, only the database knows for sure."""
    db.add(person)
    try:
        with db.begin_nested():
            db.flush()
    except IntegrityError as error:
        if "people_phone_key" in str(error.orig):
            raise Invalid(errors={"phone": ["phone_taken"]}) from None
        if "people_number_key" in str(error.orig):
            raise Invalid(errors={"number": ["number_taken"]}) from None
        raise


def _join(db: Session, person_id: UUID, wish: set[UUID]) -> None:
    mine = (Membership.person_id == person_id) & (Membership.kind == "node") & (Membership.role_in == "member")
    had: set[Any] = set(db.scalars(select(Membership.node_id).where(mine, holds(Membership, today()))))
    belonging.join(db, [(person_id, n) for n in wish - had], [(person_id, n) for n in had - wish], today())


def _declare(db: Session, person_id: UUID, skills: set[str]) -> None:
    db.execute(delete(PersonSkill).where(PersonSkill.person_id == person_id))
    if skills:
        db.execute(insert(PersonSkill), [{"person_id": person_id, "skill": skill} for skill in sorted(skills)])
