"""Squads: who leads them, who belongs to them, which way they go."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from services.patrol.domain import zones
from services.patrol.models import Checkpoint, Person, Squad, SquadMember, Stop
from shared.db import find
from shared.errors import Invalid

#: What is told of a squad, fetched at once.
WHOLE = (
    joinedload(Squad.leader),
    selectinload(Squad.members).joinedload(SquadMember.person),
    selectinload(Squad.stops),
)


def put(db: Session, squad_id: UUID, *, members: list[dict], route: list[UUID], **facts: Any) -> Squad:
    """Add a squad, or change it."""
    _check(db, squad_id, members, route, facts)
    squad = db.get(Squad, squad_id, options=WHOLE)
    if squad is None:
        squad = Squad(id=squad_id, members=[], stops=[])
        db.add(squad)
    for name, value in facts.items():
        setattr(squad, name, value)
    _replace(db, squad, members, route)
    return find(db, Squad, squad_id, options=WHOLE, populate_existing=True)


def unknown_people(db: Session, person_ids: set[UUID]) -> list[UUID]:
    """Those of them who are no members, or none any more."""
    known = select(Person.person_id).where(Person.person_id.in_(person_ids), Person.active)
    return sorted(person_ids - set(db.scalars(known)))


def _replace(db: Session, squad: Squad, members: list[dict], route: list[UUID]) -> None:
    there = {member.person_id: member for member in squad.members}
    squad.members = [there.get(facts["person_id"]) or SquadMember(person_id=facts["person_id"]) for facts in members]
    for member, facts in zip(squad.members, members, strict=True):
        member.vest, member.buddy_id = facts["vest"], facts["buddy_id"]
    squad.stops = []
    flag_modified(squad, "name")  # whoever changes only the members changes the squad too
    db.flush()
    squad.stops = [Stop(position=number, checkpoint_id=stop) for number, stop in enumerate(route, start=1)]
    db.flush()


def _check(db: Session, squad_id: UUID, members: list[dict], route: list[UUID], facts: dict) -> None:
    errors: dict[str, list] = {}
    people = {member["person_id"] for member in members}
    buddies = {member["buddy_id"] for member in members if member["buddy_id"]}
    if len(people) < len(members):
        errors["members"] = ["twice"]
    elif strangers := unknown_people(db, people | buddies):
        errors["members"] = [{"code": "unknown", "values": strangers}]
    if unknown_people(db, {facts["leader_id"]}):
        errors["leader_id"] = ["unknown"]
    stops = set(db.scalars(select(Checkpoint.id).where(Checkpoint.id.in_(route))))
    if missing := sorted(set(route) - stops):
        errors["route"] = [{"code": "unknown", "values": missing}]
    if not zones.known(db, facts["zone"]):
        errors["zone"] = ["unknown"]
    if db.scalar(select(Squad.id).where(Squad.code == facts["code"], Squad.id != squad_id)):
        errors["code"] = ["taken"]
    if errors:
        raise Invalid(errors=errors)
