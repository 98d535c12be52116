"""What the others are told of venues and their bookings."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.models import Booking, Venue, VenueSteward
from shared.outbox import publish
from shared.schemas.event import Event


def tell_of_venue(db: Session, event: type[Event], venue: Venue, **more: Any) -> None:
    """Publish *event* about *venue*, to its unit and to those who look after it."""
    carers = db.scalars(select(VenueSteward.person_id).where(VenueSteward.venue_id == venue.id)).all()
    holder = [venue.key_holder_id] if venue.key_holder_id else []
    publish(db, event, subject=venue.id, person_ids=sorted({*carers, *holder}), **_facts(venue), **more)


def tell_of_booking(db: Session, event: type[Event], booking: Booking, venue: Venue, **more: Any) -> None:
    """Publish *event* about one booking."""
    told: dict[str, Any] = {"title": booking.title, "starts_at": booking.starts_at, "ends_at": booking.ends_at}
    publish(db, event, subject=booking.id, booking_id=booking.id, **_facts(venue), **told, **more)


def tell_holder(db: Session, event: type[Event], booking: Booking, venue: Venue, **more: Any) -> None:
    """The same, to who asked for it; a block may be nobody's."""
    if booking.person_id:
        tell_of_booking(db, event, booking, venue, person_id=booking.person_id, **more)


def _facts(venue: Venue) -> dict[str, Any]:
    return {"venue_id": venue.id, "place": venue.name, "unit_id": venue.unit_id}
