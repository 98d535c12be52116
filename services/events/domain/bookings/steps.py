"""What becomes of a booking: asked -> confirmed or rejected; withdrawn, cancelled, released; or waiting its turn."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.bookings.waiting import move_up
from services.events.domain.venue_news import tell_holder
from services.events.models import HELD, Booking
from shared.db import find, locked, now
from shared.errors import Problem
from shared.schemas.events import BookingDecided, BookingReleased


class WrongState(Problem):
    """That cannot be done in the state that the booking is in."""


class AlreadyOver(Problem):
    """The time of this booking is over."""


def approve(db: Session, booking_id: UUID, *, series: bool = False) -> Booking:
    """Let them have the venue; with *series*, on the later dates too."""
    bookings = _all(db, booking_id, series, "asked")
    expect_not_over(bookings[0])
    return _decided(db, bookings, "confirmed")


def reject(db: Session, booking_id: UUID, *, reason: str, series: bool = False) -> Booking:
    """Turn a request down, with the reason."""
    booking = _decided(db, _all(db, booking_id, series, "asked", "waiting"), "rejected", reason)
    move_up(db, booking.venue)
    return booking


def withdraw(db: Session, booking_id: UUID, *, series: bool = False) -> Booking:
    """Take a request back that nobody has decided about."""
    bookings = _all(db, booking_id, series, "asked", "waiting")
    _put(db, bookings, "withdrawn")
    move_up(db, bookings[0].venue)
    return bookings[0]


def cancel(db: Session, booking_id: UUID, *, reason: str, told: bool, series: bool = False) -> Booking:
    """Give up, or take away, what was confirmed. *told*: its holder does not know it yet."""
    bookings = _all(db, booking_id, series, "confirmed", "suspended")
    expect_not_over(bookings[0])
    if told:
        _decided(db, bookings, "cancelled", reason)
    else:
        _put(db, bookings, "cancelled", reason)
    move_up(db, bookings[0].venue)
    return bookings[0]


def release_of_activity(db: Session, activity_id: UUID, why: str = "called_off") -> None:
    """What is called off, or has no date yet, needs no venue."""
    mine = select(Booking.id).where(
        Booking.activity_id == activity_id, Booking.state.in_((*HELD, "waiting")), Booking.ends_at > now()
    )
    for booking_id in db.scalars(mine.order_by(Booking.venue_id, Booking.id)).all():
        _release_if(db, held(db, booking_id), (*HELD, "waiting"), why)


def release_undecided(db: Session) -> None:
    """What nobody decided until its time came is nothing any more; nor is waiting for what has begun."""
    late = select(Booking.id).where(Booking.state.in_(("asked", "waiting")), Booking.starts_at <= now())
    for booking_id in db.scalars(late.order_by(Booking.venue_id, Booking.id)).all():
        _release_if(db, held(db, booking_id), ("asked", "waiting"), "not_decided")


def release(db: Session, bookings: Sequence[Booking], why: str) -> None:
    """Let go of these bookings of one holder and venue, whose locks the caller has; tell the holder once."""
    _put(db, bookings, "released", why)
    first = min(bookings, key=lambda one: one.starts_at)
    tell_holder(db, BookingReleased, first, first.venue, release=why, count=len(bookings))
    move_up(db, first.venue)


def _release_if(db: Session, booking: Booking, states: Sequence[str], why: str) -> None:
    """Let go of it, unless somebody was faster and it is something else by now."""
    if booking.state in states:
        release(db, [booking], why)


def held(db: Session, booking_id: UUID) -> Booking:
    """The booking and its venue, which nobody else touches until we are done: the venue first, as everybody does."""
    venues.alone(db, find(db, Booking, booking_id).venue_id)
    return locked(db, Booking, booking_id)


def expect(booking: Booking, *allowed: str) -> None:
    if booking.state not in allowed:
        raise WrongState(state=booking.state, allowed=list(allowed))


def expect_not_over(booking: Booking) -> None:
    if booking.ends_at <= now():
        raise AlreadyOver(ends_at=booking.ends_at)


def _all(db: Session, booking_id: UUID, series: bool, *allowed: str) -> list[Booking]:
    """The booking, and with *series* the later ones of its series, as far as they are in such a state."""
    booking = held(db, booking_id)
    expect(booking, *allowed)
    if not series or booking.series_id is None:
        return [booking]
    later = select(Booking).where(Booking.series_id == booking.series_id, Booking.starts_at > booking.starts_at)
    alike = later.where(Booking.venue_id == booking.venue_id, Booking.state.in_(allowed)).order_by(Booking.starts_at)
    return [booking, *db.scalars(alike.with_for_update(), execution_options={"populate_existing": True})]


def _decided(db: Session, bookings: Sequence[Booking], decision: str, reason: str = "") -> Booking:
    """Decide about all of them, and tell their holder once."""
    _put(db, bookings, decision, reason or None)
    first = bookings[0]
    tell_holder(db, BookingDecided, first, first.venue, decision=decision, reason=reason, count=len(bookings))
    return first


def _put(db: Session, bookings: Sequence[Booking], state: str, reason: str | None = None) -> None:
    for booking in bookings:
        booking.state, booking.reason, booking.was, booking.closure_id = state, reason, None, None
    db.flush()
