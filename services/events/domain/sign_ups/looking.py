"""Who goes where: counts, lists, and in what order people wait."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from services.events.models import SEATED, Activity, Attendance, SignUp
from shared.db import now

#: For the rule that newcomers come first: how long having been somewhere counts, and how often makes a regular.
REMEMBERED = timedelta(days=365)
REGULAR = 3


def position(db: Session, mine: SignUp) -> int | None:
    """How many wait until it is their turn, themselves included."""
    if mine.state != "waiting":
        return None
    waiting = select(SignUp.person_id, func.row_number().over(order_by=order(mine.activity.sign_up)).label("n"))
    queue = waiting.where(SignUp.activity_id == mine.activity_id, SignUp.state == "waiting").subquery()
    return db.scalar(select(queue.c.n).where(queue.c.person_id == mine.person_id))


def order(rules: dict[str, Any]) -> list[Any]:
    """In what order those who wait have their turn: as they came, or first those who were nowhere yet."""
    if not rules.get("newcomers_first"):
        return [SignUp.turn]
    was = times_there()
    return [case((was == 0, 0), (was < REGULAR, 1), else_=2), SignUp.turn]


def times_there() -> ColumnElement[int]:
    """How often the person of a sign-up was somewhere in the last twelve months."""
    there = select(func.count()).where(
        Attendance.person_id == SignUp.person_id, Attendance.undone_at.is_(None), Attendance.at > now() - REMEMBERED
    )
    return there.correlate(SignUp).scalar_subquery()


def people_of(db: Session, activity_id: UUID) -> Sequence[UUID]:
    """Those who go, wait or are asked, in their order."""
    people = select(SignUp.person_id).where(
        SignUp.activity_id == activity_id, SignUp.state != "cancelled", ~SignUp.guest
    )
    return db.scalars(people.order_by(SignUp.turn)).all()


def going_count(db: Session, activity_id: UUID) -> int:
    """Seats of those who go."""
    return _seats(db, activity_id, ("going",))


def taken_count(db: Session, activity_id: UUID) -> int:
    """The same, with those that are held for somebody."""
    return _seats(db, activity_id, SEATED)


def counted(db: Session, activities: Iterable[Activity], person_id: UUID | None) -> list[Activity]:
    """Write on each activity how many go and wait, and where this person stands: one query for all."""
    rows = {activity.id: activity for activity in activities}
    size, seats = func.sum(SignUp.party_size), SignUp.part.is_(None)
    counts = (size.filter(SignUp.state == "going", seats), size.filter(SignUp.state == "waiting"))
    taken, mine = size.filter(SignUp.state.in_(SEATED), seats), func.max(SignUp.state)
    found = select(SignUp.activity_id, *counts, taken, mine.filter(SignUp.person_id == person_id))
    for activity in rows.values():
        _write(activity, None, None, None, None)
    for activity_id, *facts in db.execute(found.where(SignUp.activity_id.in_(rows)).group_by(SignUp.activity_id)):
        _write(rows[activity_id], *facts)  # type: ignore[arg-type]
    return list(rows.values())


def _write(activity: Activity, going: int | None, waiting: int | None, taken: int | None, mine: str | None) -> None:
    activity.going_count, activity.waiting_count, activity.mine = going or 0, waiting or 0, mine
    activity.seats_left = None if activity.capacity is None else max(0, activity.capacity - (taken or 0))


def _seats(db: Session, activity_id: UUID, states: tuple[str, ...]) -> int:
    seats = select(func.sum(SignUp.party_size)).where(SignUp.activity_id == activity_id, SignUp.state.in_(states))
    return db.scalar(seats.where(SignUp.part.is_(None))) or 0
