"""Bookings on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import BOOKING_KINDS, BOOKING_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.venues import Name, VenueName
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.events import CAUSES
from shared.schemas.fields import Code


class Repeat(Schema):
    """Again and again, as an RRULE says, until a day."""

    rule = Words(200, required=True)
    until = fields.Date(required=True)


class BookingEdit(Schema):
    """What can change about a booking."""

    venue_id = fields.UUID(required=True)
    title = Words(120, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    people = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))


class NewBooking(BookingEdit):
    """What one would like to have, once or again and again, and what to do about dates that cannot be had."""

    unit = Code(load_default=None, allow_none=True)  # for which of one's units; None: for oneself
    kind = fields.String(load_default="booking", validate=validate.OneOf(BOOKING_KINDS))
    activity_id = fields.UUID(load_default=None, allow_none=True)
    repeat = fields.Nested(Repeat, load_default=None, allow_none=True)
    on_conflict = fields.String(load_default="fail", validate=validate.OneOf(["fail", "skip", "wait"]))


class Scope(Schema):
    """How far a step reaches: this date, or the later ones of its series too."""

    series = fields.Boolean(load_default=False)


class BookingDecision(Scope):
    """The same, with the reason."""

    reason = Words(500, lines=True, required=True)


class Suspension(Schema):
    """What closed the venue."""

    kind = fields.String(required=True, validate=validate.OneOf(CAUSES))
    reason = fields.String(required=True)
    until = Moment(required=True, allow_none=True)


class Booking(Schema):
    """A booking, for who made it and for those who run the venue."""

    id = fields.UUID(required=True)
    venue = fields.Nested(VenueName, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(BOOKING_KINDS))
    title = fields.String(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    people = fields.Integer(required=True, allow_none=True)
    person = fields.Nested(Name, required=True, allow_none=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    activity_id = fields.UUID(required=True, allow_none=True)
    series_id = fields.UUID(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(BOOKING_STATES))
    reason = fields.String(required=True, allow_none=True)
    closure = fields.Nested(Suspension, required=True, allow_none=True)
    to_confirm = fields.Date(required=True, allow_none=True)  # the first day that its holder is asked about
    version = fields.Integer(required=True)


class Suggestion(Schema):
    """What could be had instead. *why*: other_room, other_time, other_day, shorter."""

    venue = fields.Nested(VenueName, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    why = fields.List(fields.Dict(), required=True)


class Clash(Schema):
    """What has the venue; its title for those who may see it."""

    title = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class HoursThen(Schema):
    """When the venue is open on that day."""

    begin = Moment(required=True, data_key="from", attribute="from")
    end = Moment(required=True, data_key="to", attribute="to")


class Conflict(Schema):
    """A date that cannot be had, and what could be done. *code*: taken, closed, outside_hours."""

    on = fields.Date(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    code = fields.String(required=True, validate=validate.OneOf(["taken", "closed", "outside_hours"]))
    kind = fields.String(validate=validate.OneOf(CAUSES))
    reason = fields.String()
    until = Moment(allow_none=True)  # closed: None until further notice
    spans = fields.List(fields.Nested(HoursThen))
    clashes = fields.List(fields.Nested(Clash), required=True, data_key="with", attribute="with")
    suggestions = fields.List(fields.Nested(Suggestion), required=True)


class Made(Schema):
    """What became of a wish, date by date."""

    made = fields.List(fields.Nested(Booking), required=True)
    conflicts = fields.List(fields.Nested(Conflict), required=True)


class BookingQuery(PageQuery):
    """Which bookings; from and to find those that lie at least partly between the two."""

    venue = fields.UUID()
    state = fields.List(fields.String(validate=validate.OneOf(BOOKING_STATES)), validate=validate.Length(max=8))
    starts_after = Moment(data_key="from")
    starts_before = Moment(data_key="to")
    mine = fields.Boolean(load_default=False)
    run = fields.Boolean(load_default=False)  # of venues that the one who asks runs
