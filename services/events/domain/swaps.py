"""A seat that passes to a certain other person: one cannot come this time and asks somebody by name.

Nobody who waits is passed over: while somebody does, a seat can only be given back.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from services.events.domain import sign_ups
from services.events.domain.news import tell
from services.events.domain.states import expect_open
from services.events.models import Activity, Person, SignUp, Swap
from shared.db import find, locked, now
from shared.errors import Invalid, NotFound, Problem
from shared.schemas.events import SignUpChanged, SwapOffered


class PeopleWait(Problem):
    """People wait for a seat: give yours back, and the first of them has it."""


class NoSeat(Problem):
    """Only who has a seat can pass it on; what one does there, one cannot."""

    status = 403


class SwapOver(Problem):
    """The offer was answered or taken back."""


def offer(db: Session, activity_id: UUID, *, from_id: UUID, to_id: UUID) -> Swap:
    """Offer one's seat to a member; a second offer takes the place of the first."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    _expect_seat(db, activity, from_id)
    _check_taker(db, activity, from_id, to_id)
    open_ones = (Swap.activity_id == activity_id, Swap.from_id == from_id, Swap.state == "offered")
    db.execute(update(Swap).where(*open_ones).values(state="withdrawn", at=now()))
    swap = Swap(activity_id=activity_id, from_id=from_id, to_id=to_id)
    db.add(swap)
    db.flush()
    giver = find(db, Person, from_id)
    tell(db, SwapOffered, activity, swap_id=swap.id, person_id=to_id, from_name=giver.name)
    return swap


def accept(db: Session, swap_id: UUID, *, person_id: UUID) -> Swap:
    """Take the seat that somebody offers."""
    swap, activity = _to_answer(db, swap_id, person_id)
    expect_open(activity)
    _expect_still_there(db, activity, swap)
    sign_ups.take_over(db, activity, from_id=swap.from_id, to_id=person_id)
    swap.state = "accepted"
    db.flush()
    tell(db, SignUpChanged, activity, person_id=person_id, state="going")
    tell(db, SignUpChanged, activity, person_id=swap.from_id, state="passed_on")
    return swap


def decline(db: Session, swap_id: UUID, *, person_id: UUID) -> Swap:
    """The seat stays whose it is; they are told."""
    swap, activity = _to_answer(db, swap_id, person_id)
    swap.state = "declined"
    db.flush()
    tell(db, SignUpChanged, activity, person_id=swap.from_id, state="declined")
    return swap


def of_person(db: Session, person_id: UUID) -> Sequence[Swap]:
    """Open offers to and from a person, for what has not begun."""
    mine = or_(Swap.to_id == person_id, Swap.from_id == person_id)
    found = select(Swap).join(Swap.activity).where(mine, Swap.state == "offered", Activity.starts_at > now())
    return db.scalars(found.options(joinedload(Swap.activity).joinedload(Activity.unit)).order_by(Swap.at)).all()


def _to_answer(db: Session, swap_id: UUID, person_id: UUID) -> tuple[Swap, Activity]:
    swap = find(db, Swap, swap_id)
    if swap.to_id != person_id:
        raise NotFound
    activity = locked(db, Activity, swap.activity_id)
    db.refresh(swap)
    if swap.state != "offered":
        raise SwapOver(state=swap.state)
    return swap, activity


def _expect_seat(db: Session, activity: Activity, person_id: UUID) -> None:
    held = db.get(SignUp, (activity.id, person_id), populate_existing=True)
    if held is None or held.state != "going" or held.part:
        raise NoSeat
    waiting = select(func.count()).where(SignUp.activity_id == activity.id, SignUp.state == "waiting")
    if db.scalar(waiting):
        raise PeopleWait


def _expect_still_there(db: Session, activity: Activity, swap: Swap) -> None:
    try:
        _expect_seat(db, activity, swap.from_id)
    except NoSeat:
        raise SwapOver(state="withdrawn") from None


def _check_taker(db: Session, activity: Activity, from_id: UUID, to_id: UUID) -> None:
    taker = db.get(Person, to_id)
    if taker is None or not taker.active or to_id == from_id:
        raise Invalid(errors={"to": ["unknown"]})
    held = db.get(SignUp, (activity.id, to_id), populate_existing=True)
    if held and held.state != "cancelled":
        raise Invalid(errors={"to": ["has_a_seat"]})
    sign_ups.expect_active(db, to_id)
