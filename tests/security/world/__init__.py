"""A small world in which everything is there: two units with a squad each, another committee, and one of each role.

Things have names. Those of a relation ("own", "foreign", "alien": of another committee) are what a request can be
about; each person has some of their own.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.members.models import Unit
from tests.conftest import COMMITTEE
from tests.security.world import (
    attendance,
    cases,
    equipment,
    evening,
    feedback,
    hall,
    lists,
    messages,
    plans,
    register,
    roster,
    together,
    venues,
    way,
)

ROLES = ("member", "leader", "liaison", "duty", "clerk", "secretary")
REACHES = {"test": "guests", "team": "unit", "live": "all"}
SCOPES = ["activities:read", "activities:write", "people:read", "webhooks:write"]
OTHERS = UUID("20121031-0000-7000-8000-000000000002")


@dataclass
class Caller:
    """Somebody who asks: as what, with which headers, and what is theirs."""

    role: str  # the column of the table
    name: str
    headers: dict[str, str] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """All callers, and the things of each relation."""

    callers: list[Caller]
    things: dict[str, dict[str, Any]]

    def of(self, caller: Caller, relation: str) -> dict[str, Any]:
        """The things to which this caller stands in this relation."""
        home = {name if name.startswith("our_") else f"our_{name}": x for name, x in self.things["own"].items()}
        return home | self.things[relation] | (caller.own if relation == "own" else {})

    def relations(self, thing: str | None) -> list[str]:
        """In which relations somebody can stand to this thing."""
        return [relation for relation in self.things if relation == "own" or thing in self.things[relation]]


def build(db: Session) -> World:
    """Everything, in one go."""
    unit = register.unit(db, "U91")
    people = {role: register.person(db, role, unit) for role in ROLES}
    own = _corner(db, unit, 1, people)
    foreign = _corner(db, register.unit(db, "U92"), 2, {})
    callers = [Caller("nobody", "nobody", own={"self": uuid4()})]
    callers += [_person(db, unit, role, people[role], own) for role in ROLES]
    callers += [_key(db, unit, kind, SCOPES, f"{kind} key") for kind in REACHES]
    callers.append(_key(db, unit, "live", [], "key without scopes"))
    own |= _public(db, own)
    alien = _elsewhere(db)
    db.commit()
    return World(callers, {"own": own, "foreign": foreign, "alien": alien})


def _corner(db: Session, unit: Unit, number: int, people: dict[str, UUID]) -> dict[str, Any]:
    """What belongs to a unit and its squad; personal things are a stranger's."""
    stranger, colleague, mate = (register.person(db, name, unit) for name in ("王某", "李某", "赵某"))
    leader = people.get("leader", stranger)
    rule = messages.rule(db, number)
    things: dict[str, Any] = {"unit": unit.id, "unit_code": unit.code, "colleague": colleague, "mate": mate}
    things |= evening.squad(db, number, leader, [mate, *people.values()]) | evening.activities(db, unit.id)
    things |= roster.of_squad(db, things["squad"], leader, mate)
    things |= way.of_squad(db, number, things)
    things |= plans.of_unit(db, unit.id) | attendance.of_unit(db, unit.id, mate)
    things |= {"proposed_hours": register.hours(db, mate)}
    things |= lists.of_unit(db, unit.id) | venues.of_unit(db, unit.id, colleague)
    things |= hall.of_unit(db, unit.id, number, stranger)
    things |= feedback.of_unit(db, unit.id)
    things |= equipment.of_unit(db, unit.id, colleague)
    things |= cases.of_unit(db, unit, number)
    things |= together.of_squad(db, number, [mate, *people.values()])
    things |= {"mates_call": evening.call(db, mate, things["under_way"]), "rule": rule.id}
    things |= register.imports(db, stranger) | messages.of_unit(db, unit.id) | _personal(db, unit, rule, stranger)
    things |= {"key": register.key(db, unit, "live", SCOPES)[0], "grant": register.grant(db, colleague, "duty")}
    return things | messages.quarantined(db)


def _personal(db: Session, unit: Unit, rule: Any, person_id: UUID) -> dict[str, Any]:
    device, _ = register.device(db, person_id)
    theirs = {"self": person_id, "device": device, "own_call": evening.call(db, person_id, None)}
    giver = register.person(db, "孙某", unit)
    theirs |= plans.of_person(db, unit.id, person_id, giver)
    theirs |= roster.of_person(db, person_id, giver)
    theirs |= {"offered_seat": attendance.offer(db, unit.id, person_id)}
    theirs |= hall.of_person(db, unit.id, person_id)
    theirs |= feedback.of_person(db, unit.id, person_id)
    theirs |= equipment.of_person(db, unit.id, person_id, giver)
    theirs |= cases.of_person(db, person_id)
    theirs |= {"seat": evening.seat(db, unit.id, person_id)} | venues.bookings(db, unit.id, person_id)
    return theirs | messages.inbox(db, rule, person_id)


def _person(db: Session, unit: Unit, role: str, person_id: UUID, corner: dict[str, Any]) -> Caller:
    if role not in ("member", "leader"):
        register.grant(db, person_id, role, unit.id if role == "liaison" else None)
    _, token = register.device(db, person_id)
    personal = _personal(db, unit, messages.rule(db, 1), person_id)
    return Caller(role, role, {"Authorization": f"Bearer {token}"}, personal)


def _key(db: Session, unit: Unit, kind: str, scopes: list[str], name: str) -> Caller:
    """A key; what it posts has its own reach."""
    _, secret = register.key(db, unit, kind, scopes)
    own = {
        "self": uuid4(),
        **evening.activities(db, unit.id, REACHES[kind]),
        **plans.of_unit(db, unit.id, REACHES[kind]),
    }
    return Caller("key", name, {"Authorization": f"Bearer {secret}"}, own)


def _public(db: Session, own: dict[str, Any]) -> dict[str, Any]:
    """What opens a door by itself, and what needs no owner."""
    template = messages.rule(db, 1).template
    secrets = {"our_feed": evening.feed(db, own["mate"]), "our_link": messages.link(db, own["message"])}
    secrets |= {"our_slip": lists.slip(db)} | cases.fresh(db)
    rest = {"our_template": template, "our_group": plans.group(db), "new_id": uuid4(), "docs_file": "swagger-ui.css"}
    return secrets | rest | register.sign_in(db, own["colleague"])


def _elsewhere(db: Session) -> dict[str, Any]:
    """The same in another committee."""
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', '别处')"), {"id": OTHERS})
    _act_for(db, OTHERS)
    things = _corner(db, register.unit(db, "U93"), 3, {})
    db.flush()
    _act_for(db, COMMITTEE)
    return things


def _act_for(db: Session, committee_id: UUID) -> None:
    db.flush()
    db.execute(text("SELECT set_config('app.committee', :id, true)"), {"id": str(committee_id)})
