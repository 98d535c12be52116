"""The public board on HTTP: public facts only, and nobody's name."""

from marshmallow import Schema, fields, validate

from services.events.models import KINDS, PLACES, STEP_FREE
from services.events.schemas.activities import UnitName
from services.events.schemas.hours import Span, SpanNote
from services.events.schemas.venues import VenueName
from services.events.schemas.words import Moment, Words
from shared.schemas.events import CAUSES
from shared.schemas.fields import Code


class BoardVenue(Schema):
    """A venue, as everybody sees it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(PLACES))
    place_code = fields.String(required=True, allow_none=True)
    address = fields.String(required=True)
    step_free = fields.String(required=True, validate=validate.OneOf(STEP_FREE))
    access_note = fields.String(required=True)
    rules = fields.String(required=True)


class OpenNow(Schema):
    """Open, until then."""

    venue = fields.Nested(BoardVenue, required=True)
    until = Moment(required=True)
    note = fields.Nested(SpanNote, required=True, allow_none=True)


class Tonight(Schema):
    """Open tonight, or from now on into the evening."""

    venue = fields.Nested(BoardVenue, required=True)
    begin = Moment(required=True, data_key="from", attribute="from")
    until = Moment(required=True)
    note = fields.Nested(SpanNote, required=True, allow_none=True)


class ClosedToday(Schema):
    """What somebody might go to in vain."""

    venue = fields.Nested(BoardVenue, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(CAUSES))
    reason = fields.String(required=True)
    since = Moment(required=True, data_key="from")
    until = Moment(required=True, allow_none=True)


class BoardSpan(Span):
    """A time that is open."""

    begin = Moment(required=True, data_key="from", attribute="from")
    end = Moment(required=True, data_key="to", attribute="to")


class OpenThen(Schema):
    """When a venue is open on a day."""

    venue = fields.Nested(VenueName, required=True)
    spans = fields.List(fields.Nested(BoardSpan), required=True)


class BoardDay(Schema):
    """A day of the week to come."""

    on = fields.Date(required=True)
    venues = fields.List(fields.Nested(OpenThen), required=True)


class BoardActivity(Schema):
    """An activity for everyone."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    unit = fields.Nested(UnitName, required=True, allow_none=True)
    place = fields.String(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class Board(Schema):
    """Open now, tonight, this week."""

    now = Moment(required=True)
    open = fields.List(fields.Nested(OpenNow), required=True)
    tonight = fields.List(fields.Nested(Tonight), required=True)
    closed = fields.List(fields.Nested(ClosedToday), required=True)
    week = fields.List(fields.Nested(BoardDay), required=True)
    activities = fields.List(fields.Nested(BoardActivity), required=True)


class BoardQuery(Schema):
    """For one compound, or all."""

    place = Code(load_default=None)


class ScreenQuery(BoardQuery):
    """The same, in which language."""

    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))


class TextQuery(Schema):
    """What somebody wrote, or the code of a venue; as a text message, or for a telephone to read out."""

    words = Words(50, shortest=0, load_default="")
    venue = Code(load_default=None)
    form = fields.String(load_default="sms", validate=validate.OneOf(["sms", "phone"]))
