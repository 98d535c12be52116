"""Bookings that a change of hours left outside of them: they stay until somebody moves them."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.bookings import picture as pictures
from services.events.domain.hours import today
from services.events.models import Booking, Venue
from shared.db import now

#: Nobody looks further ahead.
AHEAD = timedelta(days=366)


def outside(db: Session, venue: Venue) -> list[Booking]:
    """What is to come, and lies outside of the hours of *venue*, closures aside."""
    coming = select(Booking).where(Booking.venue_id == venue.id, Booking.kind == "booking")
    coming = coming.where(Booking.state.in_(("asked", "confirmed")), Booking.starts_at > now())
    bookings = db.scalars(coming.where(Booking.starts_at < now() + AHEAD).order_by(Booking.starts_at)).all()
    if not bookings:
        return []
    seen = pictures.load(db, [venue.id], today(), today() + AHEAD)
    seen.tables[venue.id].closures = []
    return [one for one in bookings if not seen.fits(venue.id, (one.starts_at, one.ends_at))]
