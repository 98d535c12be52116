"""News of bookings of venues."""

from marshmallow import fields, validate

from shared.schemas.events.venues import CAUSES, DECISIONS, RELEASES, OfVenue


class _Booking(OfVenue):
    """What all news of a booking carries."""

    booking_id = fields.UUID(required=True)
    title = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class BookingAsked(_Booking):
    """Somebody would like to use a venue; of a series, the first time."""

    topic = "events.booking_asked.v1"
    subscribers = ("notify",)

    count = fields.Integer(required=True)


class _OfHolder(_Booking):
    """News for who asked for the booking."""

    data_class = "C"
    purpose = "to tell the person who booked"

    person_id = fields.UUID(required=True)


class BookingDecided(_OfHolder):
    """A booking was confirmed, or got the time for which it waited, or was turned down, called off or moved."""

    topic = "events.booking_decided.v1"
    subscribers = ("notify",)

    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    reason = fields.String(required=True)
    count = fields.Integer(required=True)  # of a series: how many; the facts are those of the first


class BookingToConfirm(_OfHolder):
    """A series goes on for another month if somebody says so by then."""

    topic = "events.booking_to_confirm.v1"
    subscribers = ("notify",)

    answer_by = fields.AwareDateTime(required=True)
    count = fields.Integer(required=True)


class BookingReleased(_OfHolder):
    """The system let go of bookings: nobody confirmed or decided them, or their activity was called off."""

    topic = "events.booking_released.v1"
    subscribers = ("notify",)

    release = fields.String(required=True, validate=validate.OneOf(RELEASES))
    count = fields.Integer(required=True)


class BookingsSuspended(_OfHolder):
    """A closure takes bookings of one person; the facts are those of the first."""

    topic = "events.bookings_suspended.v1"
    subscribers = ("notify",)
    urgent = True

    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    reason = fields.String(required=True)
    count = fields.Integer(required=True)


class BookingsRestored(_OfHolder):
    """The venue is open again: these bookings hold as before; the facts are those of the first."""

    topic = "events.bookings_restored.v1"
    subscribers = ("notify",)

    count = fields.Integer(required=True)
