"""A series of bookings goes on month by month, as long as its holder says so: rooms are not kept for nobody."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.bookings.making import MONTH
from services.events.domain.bookings.steps import release
from services.events.domain.hours import midnight, today
from services.events.domain.venue_news import tell_holder
from services.events.models import HELD, Booking, BookingSeries
from shared.db import find, locked, now
from shared.errors import Problem
from shared.schemas.events import BookingToConfirm

#: How early the holder is asked, and how long they have at least, should the clock have stood still.
AHEAD = timedelta(days=7)
LEAST = timedelta(days=3)


class NothingToConfirm(Problem):
    """Nobody has asked about this booking: it goes on."""


def ask(db: Session) -> None:
    """Ask the holders of series of which a month begins soon that nobody has confirmed."""
    due = select(BookingSeries).where(
        BookingSeries.confirmed_until <= today() + AHEAD,
        BookingSeries.until >= BookingSeries.confirmed_until,
        BookingSeries.asked_for.is_distinct_from(BookingSeries.confirmed_until),
    )
    for series in db.scalars(due.order_by(BookingSeries.venue_id, BookingSeries.id)).all():
        venues.alone(db, series.venue_id)
        _ask(db, locked(db, BookingSeries, series.id))


def release_unconfirmed(db: Session) -> None:
    """Let go of the month for which nobody answered in time, and go on with the next."""
    due = select(BookingSeries.id, BookingSeries.venue_id).where(
        BookingSeries.asked_for == BookingSeries.confirmed_until,
        BookingSeries.confirmed_until <= today(),
        BookingSeries.asked_at <= now() - LEAST,
    )
    for series_id, venue_id in db.execute(due.order_by(BookingSeries.venue_id, BookingSeries.id)).all():
        venues.alone(db, venue_id)
        series = locked(db, BookingSeries, series_id)
        if series.asked_for != series.confirmed_until:  # somebody said yes meanwhile
            continue
        month = _month(db, series)
        series.confirmed_until += MONTH
        if month:
            release(db, month, "not_confirmed")


def confirm(db: Session, series_id: UUID) -> BookingSeries:
    """Its holder still wants it: for another month."""
    venues.alone(db, find(db, BookingSeries, series_id).venue_id)
    series = locked(db, BookingSeries, series_id)
    if series.asked_for != series.confirmed_until:
        raise NothingToConfirm
    series.confirmed_until += MONTH
    db.flush()
    return series


def _ask(db: Session, series: BookingSeries) -> None:
    """Ask about the next month in which there is anything."""
    if series.asked_for == series.confirmed_until:
        return
    month = _month(db, series)
    if not month:
        series.confirmed_until += MONTH
        return
    series.asked_for, series.asked_at = series.confirmed_until, now()
    answer_by = max(midnight(series.confirmed_until), now() + LEAST)
    tell_holder(db, BookingToConfirm, month[0], month[0].venue, answer_by=answer_by, count=len(month))


def _month(db: Session, series: BookingSeries) -> list[Booking]:
    """What is held of the month that nobody has confirmed, and is still to come."""
    begin, end = midnight(series.confirmed_until), midnight(series.confirmed_until + MONTH)
    mine = select(Booking).where(Booking.series_id == series.id, Booking.state.in_(HELD))
    within = mine.where(Booking.starts_at >= max(begin, now()), Booking.starts_at < end)
    return list(db.scalars(within.order_by(Booking.starts_at).with_for_update()))
