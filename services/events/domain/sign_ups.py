"""Seats: never more than there are, first come first served, and whoever waits moves up."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.events.domain.news import tell
from services.events.domain.states import expect_open
from services.events.models import TURNS, Activity, Person, SignUp
from shared.db import locked, now
from shared.errors import Problem
from shared.schemas.events import SignUpChanged


class NotActive(Problem):
    """Only active members can sign up."""


def sign_up(db: Session, activity_id: UUID, *, person_id: UUID) -> SignUp:
    """Give a person a seat, or a place in the waiting list; again: the one that they have."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    expect_active(db, person_id)
    known = db.get(SignUp, (activity_id, person_id), populate_existing=True)
    if known and known.state != "cancelled":
        return known
    mine = known or SignUp(activity_id=activity_id, person_id=person_id)
    mine.state = "waiting" if _seats_left(db, activity) == 0 else "going"
    mine.at, mine.turn = now(), TURNS.next_value()
    db.add(mine)
    db.flush()
    tell(db, SignUpChanged, activity, person_id=person_id, state=mine.state)
    return mine


def cancel(db: Session, activity_id: UUID, *, person_id: UUID, silently: bool = False) -> None:
    """Give a seat or a place in the waiting list back; who has none has none. *silently*: they know."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    mine = db.get(SignUp, (activity_id, person_id), populate_existing=True)
    if mine is None or mine.state == "cancelled":
        return
    mine.state = "cancelled"
    db.flush()
    if not silently:
        tell(db, SignUpChanged, activity, person_id=person_id, state="cancelled")
    move_up(db, activity)


def cancel_all(db: Session, person_ids: Sequence[UUID]) -> None:
    """Give back what these people hold of activities that are still to come."""
    held = (
        select(SignUp.activity_id, SignUp.person_id)
        .join(Activity)
        .where(SignUp.person_id.in_(person_ids), SignUp.state != "cancelled")
        .where(Activity.state == "published", Activity.starts_at > now())
        .order_by(SignUp.activity_id)  # so that two of us never wait for each other's lock
    )
    for activity_id, person_id in db.execute(held).all():
        cancel(db, activity_id, person_id=person_id)


def move_up(db: Session, activity: Activity) -> None:
    """Give free seats to those who wait longest. The caller holds the activity's lock."""
    waiting = select(SignUp).where(SignUp.activity_id == activity.id, SignUp.state == "waiting")
    seats = _seats_left(db, activity)
    for lucky in db.scalars(waiting.order_by(SignUp.turn).limit(seats)).all():
        lucky.state = "going"
        tell(db, SignUpChanged, activity, person_id=lucky.person_id, state="moved_up")
    db.flush()


def position(db: Session, mine: SignUp) -> int | None:
    """How many wait until it is their turn, themselves included."""
    if mine.state != "waiting":
        return None
    before = select(func.count()).where(
        SignUp.activity_id == mine.activity_id, SignUp.state == "waiting", SignUp.turn <= mine.turn
    )
    return db.scalar(before)


def people_of(db: Session, activity_id: UUID) -> Sequence[UUID]:
    """Those who go or wait, in their order."""
    people = select(SignUp.person_id).where(SignUp.activity_id == activity_id, SignUp.state != "cancelled")
    return db.scalars(people.order_by(SignUp.turn)).all()


def going_count(db: Session, activity_id: UUID) -> int:
    going = select(func.count()).where(SignUp.activity_id == activity_id, SignUp.state == "going")
    return db.scalar(going) or 0


def counted(db: Session, activities: Iterable[Activity], person_id: UUID | None) -> list[Activity]:
    """Write on each activity how many go and wait, and where this person stands: one query for all."""
    rows = {activity.id: activity for activity in activities}
    going, waiting = (func.count().filter(SignUp.state == state) for state in ("going", "waiting"))
    mine = func.max(SignUp.state).filter(SignUp.person_id == person_id)
    counts = select(SignUp.activity_id, going, waiting, mine).where(SignUp.activity_id.in_(rows))
    for activity in rows.values():
        _write(activity, 0, 0, None)
    for activity_id, n_going, n_waiting, state in db.execute(counts.group_by(SignUp.activity_id)):
        _write(rows[activity_id], n_going, n_waiting, state)
    return list(rows.values())


def _write(activity: Activity, going: int, waiting: int, mine: str | None) -> None:
    activity.going_count, activity.waiting_count, activity.mine = going, waiting, mine


def _seats_left(db: Session, activity: Activity) -> int | None:
    """None: as many as anybody wants."""
    return None if activity.capacity is None else activity.capacity - going_count(db, activity.id)


def expect_active(db: Session, person_id: UUID) -> None:
    person = db.get(Person, person_id)
    if person is None or not person.active:
        raise NotActive
