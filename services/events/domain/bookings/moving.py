"""Moving a booking to another time or venue, or changing what is said of it."""

from uuid import UUID

from psycopg.errors import ExclusionViolation
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.bookings import picture as pictures
from services.events.domain.bookings.making import conflicts, expected_state
from services.events.domain.bookings.picture import days_of
from services.events.domain.bookings.steps import expect, expect_not_over
from services.events.domain.bookings.waiting import move_up
from services.events.domain.bookings.wishes import NotBookable, Taken, Wish, check, check_open
from services.events.domain.scope import Asker
from services.events.domain.venue_news import tell_holder, tell_of_booking
from services.events.models import Booking, Venue
from shared.schemas.events import BookingAsked, BookingDecided


def move(db: Session, booking: Booking, venue: Venue, wish: Wish, asker: Asker) -> Booking:
    """Let this booking, with which the caller is alone, be what *wish* says, in *venue*; its holder is told.

    A venue that needs approval is asked anew about other times. What a closure suspended can go elsewhere, too.
    """
    before = booking.venue
    expect(booking, "asked", "confirmed", "suspended", "waiting")
    expect_not_over(booking)
    elsewhere = (venue.id, *wish.times) != (before.id, booking.starts_at, booking.ends_at)
    if elsewhere:
        _check(db, booking, venue, wish)
    _write(db, booking, venue, wish, asker, elsewhere=elsewhere)
    if elsewhere:
        _tell(db, booking, venue, asker)
        move_up(db, before)
    return booking


def alone_with(db: Session, venue_ids: set[UUID]) -> None:
    """Be alone with all of these venues; in one order, so that two who exchange rooms do not wait for each other."""
    for id in sorted(venue_ids):
        venues.alone(db, id)


def _check(db: Session, booking: Booking, venue: Venue, wish: Wish) -> None:
    if not venue.bookable and wish.kind == "booking":
        raise NotBookable
    check(venue, wish)
    if wish.kind == "booking":
        days = [*days_of(wish.times)]
        check_open(pictures.load(db, [venue.id], days[0], days[-1], but=booking.id), venue, wish.times)


def _write(db: Session, booking: Booking, venue: Venue, wish: Wish, asker: Asker, *, elsewhere: bool) -> None:
    try:
        with db.begin_nested():
            booking.title, booking.people = wish.title, wish.people
            if elsewhere:
                booking.starts_at, booking.ends_at, booking.venue_id = wish.starts_at, wish.ends_at, venue.id
                booking.state, booking.was, booking.closure_id = expected_state(venue, asker), None, None
            db.flush()
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation):
            raise
        told = conflicts(db, venue, [wish.times], asker, people=wish.people, but=booking.id)
        raise Taken(conflicts=told) from None
    db.expire(booking, ["venue"])


def _tell(db: Session, booking: Booking, venue: Venue, asker: Asker) -> None:
    if booking.state == "asked":
        tell_of_booking(db, BookingAsked, booking, venue, count=1)
    elif booking.person_id != asker.person_id:
        tell_holder(db, BookingDecided, booking, venue, decision="moved", reason="", count=1)
