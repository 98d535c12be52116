"""Closing a venue for a while, and opening it again: what becomes of its bookings, and who is told."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from services.events.domain.hours import reach
from services.events.domain.venue_news import tell_holder, tell_of_venue
from services.events.domain.venues import alone
from services.events.models import WEATHER, Booking, Venue, VenueClosure
from shared.db import find, now
from shared.errors import Invalid, Problem
from shared.schemas.events import BookingsRestored, BookingsSuspended, VenueClosed, VenueOpened


class AlreadyOpen(Problem):
    """This closure is over."""


def close(
    db: Session, venue: Venue, *, kind: str, since: datetime, until: datetime | None, reason: str, by: str
) -> VenueClosure:
    """Close it from then on; bookings in that time are suspended, and whoever made them is told why.

    Without an end: until further notice. For the weather that means the next two days, and what comes nearer day by
    day is suspended then (heed).
    """
    _check(since, until)
    venue = alone(db, venue.id)
    closure = VenueClosure(venue_id=venue.id, kind=kind, since=since, until=until, reason=reason, closed_by=by)
    db.add(closure)
    db.flush()
    told = {"closure_id": closure.id, "cause": kind, "reason": reason, "since": since, "until": until}
    tell_of_venue(db, VenueClosed, venue, **told)
    _suspend(db, venue, closure)
    return closure


def reopen(db: Session, closure_id: UUID) -> VenueClosure:
    """Open it again. What is still to come of the bookings that it took holds as before, and their people are told."""
    venue = alone(db, find(db, VenueClosure, closure_id).venue_id)
    closure = find(db, VenueClosure, closure_id, populate_existing=True)
    if closure.lifted_at or reach(closure.kind, closure.until) <= now():
        raise AlreadyOpen
    closure.lifted_at = now()
    db.flush()
    tell_of_venue(db, VenueOpened, venue, closure_id=closure.id)
    _restore(db, venue, closure)
    return closure


def heed(db: Session) -> None:
    """Suspend what has come within reach of closures that have no end yet."""
    endless = VenueClosure.until.is_(None) & VenueClosure.kind.in_(WEATHER) & VenueClosure.lifted_at.is_(None)
    for closure in db.scalars(select(VenueClosure).where(endless).order_by(VenueClosure.venue_id, VenueClosure.id)):
        venue = alone(db, closure.venue_id)
        db.refresh(closure)
        if closure.lifted_at is None:
            _suspend(db, venue, closure)


def in_force(db: Session, venue_id: UUID) -> Sequence[VenueClosure]:
    """Those that hold now, or will."""
    closures = select(VenueClosure).where(VenueClosure.venue_id == venue_id, VenueClosure.lifted_at.is_(None))
    still = VenueClosure.until.is_(None) | (VenueClosure.until > now())
    return db.scalars(closures.where(still).order_by(VenueClosure.since, VenueClosure.id)).all()


def counted(db: Session, closures: Sequence[VenueClosure]) -> Sequence[VenueClosure]:
    """Write on each how many bookings it holds suspended: one query for all."""
    mine = Booking.closure_id.in_([closure.id for closure in closures])
    rows = db.execute(select(Booking.closure_id, func.count()).where(mine).group_by(Booking.closure_id))
    counts = {row[0]: row[1] for row in rows}
    for closure in closures:
        closure.suspended = counts.get(closure.id, 0)
    return closures


def _check(since: datetime, until: datetime | None) -> None:
    if until and until <= since:
        raise Invalid(errors={"until": ["ends_before_start"]})
    if until and until <= now():
        raise Invalid(errors={"until": ["in_the_past"]})


def _suspend(db: Session, venue: Venue, closure: VenueClosure) -> None:
    taken = and_(
        Booking.venue_id == venue.id,
        Booking.kind == "booking",
        Booking.state.in_(("asked", "confirmed")),
        Booking.starts_at < reach(closure.kind, closure.until),
        Booking.ends_at > max(closure.since, now()),
    )
    was = {"state": "suspended", "was": Booking.state, "closure_id": closure.id, "version": Booking.version + 1}
    bookings = _changed(db, update(Booking).where(taken).values(was))
    _tell(db, BookingsSuspended, venue, bookings, cause=closure.kind, reason=closure.reason)


def _restore(db: Session, venue: Venue, closure: VenueClosure) -> None:
    """What is over stays suspended; what another closure covers is suspended by that from now on."""
    held = (Booking.closure_id == closure.id) & (Booking.ends_at > now())
    for other in in_force(db, venue.id):
        covered = held & (Booking.starts_at < reach(other.kind, other.until)) & (Booking.ends_at > other.since)
        db.execute(update(Booking).where(covered).values(closure_id=other.id, version=Booking.version + 1))
    back = {"state": Booking.was, "was": None, "closure_id": None, "version": Booking.version + 1}
    bookings = _changed(db, update(Booking).where(held).values(back))
    _tell(db, BookingsRestored, venue, bookings)


def _changed(db: Session, statement: Any) -> list[Booking]:
    options = {"synchronize_session": False, "populate_existing": True}
    return list(db.scalars(statement.returning(Booking), execution_options=options))


def _tell(db: Session, event: Any, venue: Venue, bookings: list[Booking], **more: Any) -> None:
    """One message a person, however many bookings."""

    def holder(booking: Booking) -> str:
        return str(booking.person_id)

    for _, held in groupby(sorted(bookings, key=lambda one: (holder(one), one.starts_at)), holder):
        first, *others = held
        tell_holder(db, event, first, venue, count=1 + len(others), **more)
