"""Terms of the lecture hall on HTTP."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import TERM_STATES
from services.events.schemas.activities import UnitName
from services.events.schemas.hall import WEEKDAY, TopicCode
from services.events.schemas.series import TIME_OF_DAY
from services.events.schemas.words import Day, Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code


class Weekly(Schema):
    """An hour of each week, in Shanghai."""

    weekday = fields.Integer(required=True, strict=True, validate=WEEKDAY)  # 1 is Monday
    start_time = fields.String(required=True, validate=TIME_OF_DAY)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(15, 600))


class Room(Schema):
    """A room in which lectures can be: a venue, which has its own name, or any other by name; how many it takes."""

    name = Words(120, load_default=None, allow_none=True)
    venue_id = fields.UUID(load_default=None, allow_none=True)
    capacity = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))


class TermFacts(Schema):
    """When lectures are wanted, and where they can be, the preferred room first."""

    name = Words(60, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    wanted = fields.List(fields.Nested(Weekly), required=True, validate=validate.Length(1, 21))
    rooms = fields.List(fields.Nested(Room), required=True, validate=validate.Length(max=20))
    capacity = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    repeats = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 5))


class TermPosting(TermFacts):
    """A new term: of which unit."""

    unit = Code(load_default=None, allow_none=True)


class SpeakerName(Schema):
    """Who speaks, to name them."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, attribute="called")
    unit = fields.Pluck(UnitName, "name", required=True, allow_none=True)


class TermSlot(Schema):
    """A time, what is proposed for it, and why; fixed: a person decided."""

    number = fields.Integer(required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    place = fields.String(required=True, allow_none=True)
    topic = fields.Nested(TopicCode, required=True, allow_none=True)
    speaker = fields.Nested(SpeakerName, required=True, allow_none=True)
    fixed = fields.Boolean(required=True)
    why = fields.List(fields.Dict(), required=True)
    activity_id = fields.UUID(required=True, allow_none=True)


class Left(Schema):
    """A topic for which there is no time, and why."""

    topic = fields.String(required=True)  # its code
    votes = fields.Integer(required=True)
    why = fields.List(fields.Dict(), required=True)


class Skipped(Schema):
    """A day on which nothing is planned, and why."""

    on = fields.String(required=True)
    why = fields.List(fields.Dict(), required=True)


class TermName(Schema):
    """A term in a list."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.Nested(UnitName, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    state = fields.String(required=True, validate=validate.OneOf(TERM_STATES))


class Term(TermFacts):
    """A term with its plan."""

    id = fields.UUID(dump_only=True)
    unit = fields.Nested(UnitName, dump_only=True)
    state = fields.String(dump_only=True, validate=validate.OneOf(TERM_STATES))
    slots = fields.List(fields.Nested(TermSlot), dump_only=True)
    skipped = fields.List(fields.Nested(Skipped), dump_only=True)
    left = fields.List(fields.Nested(Left), dump_only=True)
    planned_at = Moment(dump_only=True, allow_none=True)
    published_at = Moment(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)


class TermQuery(PageQuery):
    """Which terms: the newest first."""


class SlotDecision(Schema):
    """What a time is for; without topic it stays empty; not fixed: planning decides again."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    fixed = fields.Boolean(load_default=True)
    topic = Code(load_default=None, allow_none=True)
    speaker_id = fields.UUID(load_default=None, allow_none=True)
    place = Words(120, load_default=None, allow_none=True)


class Exchange(Schema):
    """Two times whose topics and speakers change places."""

    first = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    second = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))

    @validates_schema
    def are_two(self, data: dict, **_) -> None:
        if data.get("first") == data.get("second"):
            raise ValidationError("twice", "second")
