"""What a person decides about a slot of a plan: planning leaves it, and says what speaks against it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.patrol.domain import gate, hands
from services.patrol.domain.planning import asking, reasons
from services.patrol.domain.planning.problem import draw, span_of
from services.patrol.domain.squads import unknown_people
from services.patrol.models import Place, Plan, Slot
from shared.errors import Invalid, NotFound


def fix(db: Session, plan_id: UUID, number: int, *, crew: Sequence[UUID]) -> Plan:
    """These walk it, and nobody else: a person decided. Nobody by hand either without training and insurance."""
    plan = asking.at_rest(db, plan_id)
    slot = _slot(asking.seen(db, plan_id), number)
    _check(db, slot, crew)
    there = {place.person_id: place for place in slot.places}
    known = hands.read(db, slot.starts_at, slot.ends_at, crew)
    elsewhere = _elsewhere(plan, slot)
    slot.places = [there.get(person_id) or Place(person_id=person_id, why=[]) for person_id in crew]
    for place in slot.places:
        hand = known[place.person_id]
        hand.busy += elsewhere.get(place.person_id, [])
        objections = [{"code": code} for code in hand.against_by_name(span_of(slot))]
        place.fixed, place.why = True, [{"code": "fixed_by_hand"}, *objections]
    _say_what_is_missing(db, plan, slot)
    db.flush()
    return asking.seen(db, plan_id)


def leave(db: Session, plan_id: UUID, number: int) -> Plan:
    """Leave a slot to planning again."""
    asking.at_rest(db, plan_id)
    for place in _slot(asking.seen(db, plan_id), number).places:
        place.fixed, place.why = False, [{"code": "to_be_planned"}]
    db.flush()
    return asking.seen(db, plan_id)


def _slot(plan: Plan, number: int) -> Slot:
    slot = next((slot for slot in plan.slots if slot.number == number), None)
    if slot is None:
        raise NotFound
    return slot


def _check(db: Session, slot: Slot, crew: Sequence[UUID]) -> None:
    if len(set(crew)) < len(crew):
        raise Invalid(errors={"crew": ["twice"]})
    if strangers := unknown_people(db, set(crew)):
        raise Invalid(errors={"crew": [{"code": "unknown", "values": strangers}]})
    if len(crew) > slot.max_crew:
        raise Invalid(errors={"crew": [{"code": "too_many", "max": slot.max_crew}]})
    gate.expect_admitted(db, crew, slot.ends_at)


def _elsewhere(plan: Plan, slot: Slot) -> dict[UUID, list[tuple[Any, Any]]]:
    """What people walk of the same plan, near this slot."""
    found: dict[UUID, list[tuple[Any, Any]]] = {}
    for other in plan.slots:
        if other is not slot and abs(other.starts_at - slot.starts_at) < timedelta(days=8):
            for place in other.places:
                found.setdefault(place.person_id, []).append((other.starts_at, other.ends_at))
    return found


def _say_what_is_missing(db: Session, plan: Plan, slot: Slot) -> None:
    drawn = draw(db, plan)
    for other in plan.slots:
        for place in other.places if other is not slot else ():
            if place.person_id in drawn.hands:
                drawn.note(place.person_id, other)
    crew = [drawn.hands[place.person_id] for place in slot.places if place.person_id in drawn.hands]
    slot.missing, slot.gaps = reasons.of_gaps(drawn, slot, crew)
