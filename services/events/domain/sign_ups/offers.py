"""A seat that is held for somebody who waited: they take it, leave it, or let its time pass; and answers by one tap."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.events.domain.news import tell
from services.events.domain.sign_ups import seats
from services.events.domain.states import expect_open
from services.events.models import Activity, SignUp
from shared.db import find, locked, now
from shared.errors import Problem
from shared.schemas.events import SignUpChanged


class NoOffer(Problem):
    """No seat is held for you, or no longer."""


def accept(db: Session, activity_id: UUID, *, person_id: UUID) -> SignUp:
    """Take the seat; twice is once."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    mine = find(db, SignUp, (activity_id, person_id), populate_existing=True)
    if mine.state == "going":
        return mine
    if mine.state != "offered":
        raise NoOffer(state=mine.state)
    mine.state, mine.offer_until, mine.why = "going", None, [{"code": "accepted"}]
    db.flush()
    tell(db, SignUpChanged, activity, person_id=person_id, state="going")
    seats.end_offer(db, activity, mine, "accepted")
    return mine


def decline(db: Session, activity_id: UUID, *, person_id: UUID) -> None:
    """Leave the seat to the next; who said so before has said so."""
    mine = find(db, SignUp, (activity_id, person_id))
    if mine.state not in ("offered", "cancelled"):
        raise NoOffer(state=mine.state)
    seats.cancel(db, activity_id, person_id=person_id, silently=True)


def answer(db: Session, asked_id: UUID, *, by: UUID, answer: str) -> None:
    """What somebody answers whom we offered a seat, or told that another person signed them up."""
    mine = db.scalars(select(SignUp).where(SignUp.asked_id == asked_id, SignUp.person_id == by)).one_or_none()
    if mine is None:
        return
    try:
        _take(db, mine, answer)
    except Problem:  # it was called off, or has begun: whoever said yes must hear that there is no seat
        if answer == "ack":
            _tell_too_late(db, mine)


def expire(db: Session) -> None:
    """Offers whose time has passed: the seats go to the next."""
    over = or_(SignUp.offer_until <= now(), Activity.starts_at <= now())
    due = (
        select(SignUp.activity_id, SignUp.person_id)
        .join(Activity)
        .where(SignUp.state == "offered", over, Activity.state == "published")
        .order_by(SignUp.activity_id, SignUp.turn)
    )
    for activity_id, person_id in db.execute(due).all():
        activity = locked(db, Activity, activity_id)
        mine = db.get_one(SignUp, (activity_id, person_id), populate_existing=True)
        if mine.state == "offered":
            seats.let_go(mine)
            mine.why = [{"code": "offer_expired"}]
            db.flush()
            seats.end_offer(db, activity, mine, "expired")
        if activity.starts_at > now():
            seats.move_up(db, activity)


def _take(db: Session, mine: SignUp, answer: str) -> None:
    activity = locked(db, Activity, mine.activity_id)
    db.refresh(mine)
    if answer == "ack" and mine.state not in ("going", "waiting"):
        accept(db, activity.id, person_id=mine.person_id)
    elif answer == "decline":
        seats.cancel(db, activity.id, person_id=mine.person_id, silently=True)


def _tell_too_late(db: Session, mine: SignUp) -> None:
    activity = db.get_one(Activity, mine.activity_id)
    tell(db, SignUpChanged, activity, person_id=mine.person_id, state="offer_over")
