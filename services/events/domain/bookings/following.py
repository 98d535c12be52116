"""A venue that was booked for an activity goes with it to another time, or the activity does not go there."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.errors import ExclusionViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.events.domain import venues
from services.events.domain.bookings import picture as pictures
from services.events.domain.bookings.picture import Times, days_of
from services.events.domain.bookings.waiting import move_up
from services.events.domain.bookings.wishes import why_not
from services.events.domain.venue_news import tell_of_booking
from services.events.models import Activity, Booking, Venue
from shared.errors import Invalid
from shared.schemas.events import BookingAsked

GOING_WITH = ("asked", "confirmed")


def hold(db: Session, activity_id: UUID) -> None:
    """Be alone with the venues that are booked for it. Before its own lock: whoever books for it begins there, too."""
    for venue_id in sorted({booking.venue_id for booking in _booked(db, activity_id)}):
        venues.alone(db, venue_id)


def follow(db: Session, activity: Activity, before: Times) -> None:
    """Move what was booked over all its time *before*, and leave what somebody moved already.

    Raises Invalid, at the start, if the venue is closed then or somebody else has it.
    """
    after = (activity.starts_at, activity.ends_at)
    for booking in _booked(db, activity.id):
        times = (booking.starts_at, booking.ends_at)
        if _covers(times, before) and not _covers(times, after):
            _move(db, booking, (times[0] + (after[0] - before[0]), times[1] + (after[1] - before[1])), activity)


def _booked(db: Session, activity_id: UUID) -> Sequence[Booking]:
    mine = select(Booking).where(Booking.activity_id == activity_id, Booking.state.in_(GOING_WITH))
    return db.scalars(mine.order_by(Booking.venue_id, Booking.id).execution_options(populate_existing=True)).all()


def _covers(outer: Times, inner: Times) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _move(db: Session, booking: Booking, times: Times, activity: Activity) -> None:
    venue, days = booking.venue, [*days_of(times)]
    seen = pictures.load(db, [venue.id], days[0], days[-1], but=booking.id)
    if not seen.fits(venue.id, times):
        raise Invalid(errors={"starts_at": [why_not(seen, venue, times)]})
    _write(db, booking, times, "asked" if _is_asked(venue, activity) else booking.state)
    if booking.state == "asked":
        tell_of_booking(db, BookingAsked, booking, venue, count=1)
    move_up(db, venue)


def _write(db: Session, booking: Booking, times: Times, state: str) -> None:
    try:
        with db.begin_nested():
            booking.starts_at, booking.ends_at, booking.state = *times, state
            db.flush()
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation):
            raise
        raise Invalid(errors={"starts_at": [{"code": "venue_taken", "venue": booking.venue.name}]}) from None


def _is_asked(venue: Venue, activity: Activity) -> bool:
    """Another unit's venue that needs approval is asked about the other time."""
    return venue.needs_approval and venue.unit_id != activity.unit_id
