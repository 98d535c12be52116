"""Venues and those who look after them, on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import STEP_FREE, VENUE_KINDS
from services.events.schemas.activities import UnitName
from services.events.schemas.words import Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class Name(Schema):
    """Somebody who looks after a venue or booked it, to name them to those who run it."""

    id = fields.UUID(required=True, attribute="person_id")
    name = fields.String(required=True)


class VenueName(Schema):
    """A venue, to name it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)


class Facts(Schema):
    """What is said of a venue."""

    name = Words(60, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(VENUE_KINDS))
    place_code = Code(load_default=None, allow_none=True)
    address = Words(120, shortest=0, load_default="")
    capacity = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    seats = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    step_free = fields.String(load_default="no", validate=validate.OneOf(STEP_FREE))
    access_note = Words(500, shortest=0, lines=True, load_default="")
    rules = Words(2000, shortest=0, lines=True, load_default="")
    public = fields.Boolean(load_default=True)
    walk_in = fields.Boolean(load_default=True)
    bookable = fields.Boolean(load_default=False)
    needs_approval = fields.Boolean(load_default=True)
    slot_minutes = fields.Integer(load_default=30, strict=True, validate=validate.OneOf([5, 10, 15, 20, 30, 60]))
    longest_minutes = fields.Integer(load_default=720, strict=True, validate=validate.Range(15, 7 * 24 * 60))
    max_hours_ahead = fields.Integer(load_default=24 * 366, strict=True, validate=validate.Range(1, 24 * 731))
    stewards_needed = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 20))


class VenueEdit(Facts):
    """The same with the people, by whoever runs it."""

    key_holder_id = fields.UUID(load_default=None, allow_none=True)
    stewards = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=100))


class NewVenue(VenueEdit):
    """A venue of a unit."""

    code = Code(required=True)
    unit = Code(load_default=None, allow_none=True)


class Venue(Facts):
    """A venue; its people only for those who run it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    runs = fields.Boolean(required=True)  # whether the one who asks runs it
    key_holder = fields.Nested(Name, required=True, allow_none=True)
    stewards = fields.List(fields.Nested(Name), required=True)
    version = fields.Integer(required=True)


class VenueQuery(PageQuery):
    """Which venues."""

    kind = fields.String(validate=validate.OneOf(VENUE_KINDS))
    place = Code()
    unit = Code()
    bookable = fields.Boolean()
    q = Words(50)


class Duty(Schema):
    """A steward's day."""

    on = fields.Date(required=True, attribute="day")
    venue = fields.Nested(VenueName, required=True)


class Duties(Schema):
    """One's own days."""

    items = fields.List(fields.Nested(Duty), required=True)


class StewardDay(Schema):
    """A day of the roster; *missing*: how many stewards more it needs."""

    venue = fields.Nested(VenueName, required=True)
    on = fields.Date(required=True)
    open = fields.Boolean(required=True)
    needed = fields.Integer(required=True)
    people = fields.List(fields.Nested(Name), required=True)
    missing = fields.Integer(required=True)


class StewardRoster(Schema):
    """Days of the roster."""

    items = fields.List(fields.Nested(StewardDay), required=True)


class PeopleOfDay(Schema):
    """Who is there on a day, in place of who was."""

    on = fields.Date(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=20))


class RosterEdit(Schema):
    """Some days of the roster."""

    days = fields.List(fields.Nested(PeopleOfDay), required=True, validate=validate.Length(1, 100))
