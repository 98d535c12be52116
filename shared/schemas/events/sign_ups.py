"""News of seats, and of who was there."""

from marshmallow import fields, validate

from shared.schemas.events.activities import OfActivity

#: What can be new about a sign-up; the last three: a seat was passed on to somebody, they would not have it, or
#: somebody said yes to a seat when it was too late.
SIGN_UP_NEWS = ("going", "waiting", "moved_up", "cancelled", "passed_on", "declined", "offer_over")


class SignUpChanged(OfActivity):
    """Somebody has a seat, waits for one, got one after waiting, or cancelled."""

    topic = "events.sign_up_changed.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to confirm a sign-up to the person"

    person_id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SIGN_UP_NEWS))


class SeatOffered(OfActivity):
    """A seat came free and is held for somebody who waited, until then."""

    topic = "events.seat_offered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask the person whether they take the seat"

    offer_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    until = fields.AwareDateTime(required=True)


class SeatOfferEnded(OfActivity):
    """Somebody took a seat that was held for them, left it, or let its time pass: nobody need answer any more."""

    topic = "events.seat_offer_ended.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the person that the seat is not held any longer"

    offer_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["accepted", "declined", "expired"]))


class SignedUpFor(OfActivity):
    """Somebody else signed this person up: the desk, after a telephone call or not, or a neighbour."""

    topic = "events.signed_up_for.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the person who signed them up, so that they can say no"

    asked_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    by = fields.String(required=True, validate=validate.OneOf(["clerk", "phone", "neighbour"]))
    by_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["going", "waiting"]))


class AttendanceCredited(OfActivity):
    """These members were there for so long; up to 500 an event. Of a person and an activity the latest news counts."""

    topic = "events.attendance_credited.v1"
    subscribers = ("members",)
    data_class = "C"
    purpose = "to keep the account of hours that a certificate is made from"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))
    minutes = fields.Integer(required=True)
    provenance = fields.String(required=True, validate=validate.OneOf(["measured", "paper"]))


class AttendanceWithdrawn(OfActivity):
    """These members were not there after all; up to 500 an event."""

    topic = "events.attendance_withdrawn.v1"
    subscribers = ("members",)
    data_class = "C"
    purpose = "to take back what the account of hours was credited with"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))


class SwapOffered(OfActivity):
    """Somebody cannot come, and offers their seat to this person."""

    topic = "events.swap_offered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask the person whether they want the seat"

    swap_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    from_name = fields.String(required=True)
