"""The roster: a template and a plan, a shift that is short of hands; places that somebody could take or gives away."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.patrol import models as patrol
from shared.db import now
from tests.security.world.evening import volunteer


def of_squad(db: Session, squad_id: UUID, leader: UUID, mate: UUID) -> dict[str, UUID]:
    """What its desk plans, and whom it looks for."""
    facts = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "starts": "03:00", "minutes": 60, "units_min": 1}
    pattern = patrol.Pattern(squad_id=squad_id, **facts)
    db.add(pattern)
    db.flush()
    short = _shift(db, squad_id, 8, [mate])
    cover = _cover(db, short, leader)
    return {
        "pattern": pattern.id,
        "roster_plan": _plan(db, pattern, [leader, mate]),
        "short_shift": short,
        "cover": cover,
    }


def of_person(db: Session, person_id: UUID, giver: UUID) -> dict[str, UUID]:
    """A place that is offered to them, one that they give away, and a shift on which they are asked to stand in."""
    for one in (person_id, giver):
        volunteer(db, one)
    squad = patrol.Squad(code=f"X{uuid4().hex[:8]}", name="另一队", leader_id=giver)
    db.add(squad)
    db.flush()
    to_take = patrol.Swap(shift_id=_shift(db, squad.id, 5, [giver]), from_id=giver, to_id=person_id, offered_at=now())
    given = patrol.Swap(shift_id=_shift(db, squad.id, 6, [person_id]), from_id=person_id, offered_at=now())
    db.add_all([to_take, given])
    cover = _cover(db, _shift(db, squad.id, 7, [giver]), giver)
    ask = patrol.CoverAsk(cover_id=cover, person_id=person_id, batch=1, asked_at=now(), why=[])
    db.add(ask)
    db.flush()
    return {"place_to_take": to_take.id, "place_given": given.id, "cover_ask": ask.id}


def _plan(db: Session, pattern: patrol.Pattern, crew: list[UUID]) -> UUID:
    begins = now() + timedelta(days=9)
    plan = patrol.Plan(
        starts_on=begins.date(), weeks=1, state="done", asked_by=crew[0], asked_at=now(), touched_at=now()
    )
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    sizes = {"min_crew": 2, "max_crew": 4, "units_min": 1, "outdoor": True, "cold": False, "stairs": False}
    slot = patrol.Slot(number=1, pattern_id=pattern.id, squad_id=pattern.squad_id, gaps={}, **times, **sizes)
    slot.places = [patrol.Place(person_id=person_id, why=[]) for person_id in crew]
    plan.slots, plan.solved = [slot], []
    db.add(plan)
    db.flush()
    return plan.id


def _shift(db: Session, squad_id: UUID, days: int, crew: list[UUID]) -> UUID:
    begins = now() + timedelta(days=days)
    shift = patrol.Shift(squad_id=squad_id, starts_at=begins, ends_at=begins + timedelta(hours=1))
    shift.crew = [patrol.Crew(person_id=one, role="leader", stand_in=False) for one in crew]
    db.add(shift)
    db.flush()
    return shift.id


def _cover(db: Session, shift_id: UUID, by: UUID) -> UUID:
    cover = patrol.Cover(shift_id=shift_id, places=1, asked_by=by, began_at=now(), next_at=now() + timedelta(hours=1))
    db.add(cover)
    db.flush()
    return cover.id
