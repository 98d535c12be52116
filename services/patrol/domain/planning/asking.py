"""Somebody asks for a plan, for another try at it, or to stop. The work itself is a worker's: see working.py."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain import local_time
from services.patrol.domain.planning import patterns
from services.patrol.models import Place, Plan, Shift, Slot
from shared.db import locked, now
from shared.errors import Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.patrol import RosterAsked

#: A worker that says nothing for so long has died; after so many tries nobody tries again.
SILENT_AFTER, MOST_STARTS = timedelta(minutes=2), 3
#: Nobody plans further ahead.
FURTHEST = timedelta(days=800)
AT_WORK = ("queued", "running")

WHOLE = (
    selectinload(Plan.slots).options(
        joinedload(Slot.squad), selectinload(Slot.places).joinedload(Place.person)
    ),
)  # fmt: skip


class PlanUnderWay(Problem):
    """This plan is being worked out; stop it first."""


class PlanPublished(Problem):
    """This plan is published; its shifts are on the roster."""


def ask(db: Session, *, starts_on: date, weeks: int, by: UUID) -> Plan:
    """Lay out what the templates want, and let a worker find out who walks when."""
    if starts_on < local_time.day_of(now()) - timedelta(days=6):
        raise Invalid(errors={"from": ["in_the_past"]})
    if starts_on > local_time.day_of(now() + FURTHEST):
        raise Invalid(errors={"from": [{"code": "too_far_ahead", "max_days": FURTHEST.days}]})
    plan = Plan(starts_on=starts_on, weeks=weeks, asked_by=by, asked_at=now(), touched_at=now(), slots=[], solved=[])
    db.add(plan)
    _lay_out(db, plan)
    if not plan.slots:
        raise Invalid(errors={"from": ["nothing_to_plan"]})
    db.flush()
    _ring(db, plan)
    return seen(db, plan.id)


def again(db: Session, plan_id: UUID) -> Plan:
    """Work it out once more: what people fixed stays, and of the rest as much as can."""
    plan = at_rest(db, plan_id)
    _lay_out(db, plan)
    plan.state, plan.weeks_done, plan.stop, plan.starts, plan.touched_at = "queued", 0, False, 0, now()
    db.flush()
    _ring(db, plan)
    return seen(db, plan_id)


def stop(db: Session, plan_id: UUID) -> Plan:
    """Ask the worker to stop; what it has found by then stays."""
    plan = locked(db, Plan, plan_id)
    if plan.state in AT_WORK:
        plan.stop = True
        db.flush()
    return seen(db, plan_id)


def seen(db: Session, plan_id: UUID) -> Plan:
    """A plan with everything in it, in a constant number of statements."""
    query = select(Plan).where(Plan.id == plan_id).options(*WHOLE).execution_options(populate_existing=True)
    if (plan := db.scalars(query).one_or_none()) is None:
        raise NotFound
    return plan


def at_rest(db: Session, plan_id: UUID) -> Plan:
    """The plan, locked, as long as people may change it."""
    plan = locked(db, Plan, plan_id)
    if plan.state == "published":
        raise PlanPublished
    if plan.state in AT_WORK:
        raise PlanUnderWay
    return plan


def resume_silent(db: Session) -> None:
    """Let work go on that a crash left lying."""
    silent = select(Plan).where(Plan.state.in_(AT_WORK), Plan.touched_at < now() - SILENT_AFTER)
    for plan in db.scalars(silent.with_for_update(skip_locked=True)):
        if plan.starts >= MOST_STARTS or plan.stop:
            plan.state = "stopped" if plan.stop else "failed"
            continue
        plan.touched_at = now()
        _ring(db, plan)


def _ring(db: Session, plan: Plan) -> None:
    publish(db, RosterAsked, subject=plan.id, plan_id=plan.id)


def _lay_out(db: Session, plan: Plan) -> None:
    """A slot for each time that the templates want and the roster does not hold yet; what is in a slot stays."""
    there = {(slot.pattern_id, slot.starts_at): slot for slot in plan.slots}
    stands = _standing(db, plan)
    wanted = {key: facts for key, facts in _wanted(db, plan).items() if (facts["squad_id"], key[1]) not in stands}
    for key in there.keys() - wanted.keys():
        plan.slots.remove(there[key])
    number = max((slot.number for slot in plan.slots), default=0)
    for key, facts in sorted(wanted.items(), key=lambda item: (item[0][1], item[1]["squad_id"])):
        if slot := there.get(key):
            for name, value in facts.items():
                setattr(slot, name, value)
            continue
        number += 1
        plan.slots.append(Slot(number=number, pattern_id=key[0], starts_at=key[1], gaps={}, places=[], **facts))


def _wanted(db: Session, plan: Plan) -> dict[tuple[UUID, datetime], dict[str, Any]]:
    found: dict[tuple[UUID, datetime], dict[str, Any]] = {}
    columns = ("squad_id", "min_crew", "max_crew", "units_min", "outdoor", "stairs")
    for pattern in patterns.in_use(db):
        facts = {name: getattr(pattern, name) for name in columns}
        for begins, ends in patterns.spans(pattern, plan.starts_on, plan.weeks, now()):
            cold = pattern.cold and local_time.is_cold(begins)
            found[pattern.id, begins] = facts | {"ends_at": ends, "cold": cold}
    return found


def _standing(db: Session, plan: Plan) -> set[tuple[UUID, datetime]]:
    """What stands on the roster already, cancelled or not, is nobody's to plan."""
    first = local_time.at(plan.starts_on, "00:00")
    shifts = select(Shift.squad_id, Shift.starts_at).where(
        Shift.starts_at >= first, Shift.starts_at < first + timedelta(weeks=plan.weeks)
    )
    return {(squad_id, starts_at) for squad_id, starts_at in db.execute(shifts)}
