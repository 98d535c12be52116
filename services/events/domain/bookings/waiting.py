"""Who waits for a venue gets it as soon as it is free, whoever asked first before the others."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.bookings import picture as pictures
from services.events.domain.bookings.picture import days_of
from services.events.domain.venue_news import tell_holder, tell_of_booking
from services.events.models import Booking, Venue
from shared.db import now
from shared.schemas.events import BookingAsked, BookingDecided


def move_up(db: Session, venue: Venue) -> None:
    """Give what is free to those who wait for it. The caller is alone with the venue (venues.alone)."""
    waiting = select(Booking).where(Booking.venue_id == venue.id, Booking.state == "waiting", Booking.starts_at > now())
    queue = db.scalars(waiting.order_by(Booking.id)).all()
    if not queue:
        return
    first = min(next(days_of((one.starts_at, one.ends_at))) for one in queue)
    last = max(on for one in queue for on in days_of((one.starts_at, one.ends_at)))
    seen = pictures.load(db, [venue.id], first, last)
    for booking in queue:
        if seen.is_free(venue.id, (booking.starts_at, booking.ends_at)):
            _give(db, venue, booking)
            seen.taken[venue.id].append(booking)


def _give(db: Session, venue: Venue, booking: Booking) -> None:
    """It is theirs, or, where bookings need approval, asked for on their behalf."""
    booking.state = "asked" if venue.needs_approval else "confirmed"
    db.flush()
    if booking.state == "asked":
        tell_of_booking(db, BookingAsked, booking, venue, count=1)
    else:
        tell_holder(db, BookingDecided, booking, venue, decision="moved_up", reason="", count=1)
