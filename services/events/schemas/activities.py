"""Activities on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import FORMS, KINDS, SIGN_UP_STATES, STATES
from services.events.schemas.rules import SignUpRules
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Audience, Code


class UnitName(Schema):
    """A unit, to name it."""

    id = fields.UUID(required=True, attribute="unit_id")
    code = fields.String(required=True)
    name = fields.String(required=True)


class Plan(Schema):
    """What a unit says of an activity."""

    title = Words(120, required=True)
    summary = Words(4000, shortest=0, lines=True, load_default="")
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    form = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(FORMS))
    place = Words(120, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    capacity = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    audience = fields.Nested(Audience, required=True)
    sign_up = fields.Nested(SignUpRules)  # left out in a change: as it is


class Posting(Plan):
    """A new activity: of which unit, and whether to submit it at once."""

    unit = Code(load_default=None, allow_none=True)  # a clerk, or who acts for several units, must say
    submit = fields.Boolean(load_default=False)


class Activity(Plan):
    """An activity, as the one who asks may see it."""

    id = fields.UUID(dump_only=True)
    unit = fields.Nested(UnitName, dump_only=True)
    state = fields.String(dump_only=True, attribute="shown_state", validate=validate.OneOf([*STATES, "ended"]))
    reason = fields.String(dump_only=True, allow_none=True)
    going_count = fields.Integer(dump_only=True)
    waiting_count = fields.Integer(dump_only=True)
    seats_left = fields.Integer(dump_only=True, allow_none=True)  # null: as many as anybody wants
    mine = fields.String(dump_only=True, allow_none=True, validate=validate.OneOf(SIGN_UP_STATES))
    sandbox = fields.Boolean(dump_only=True)
    published_at = Moment(dump_only=True, allow_none=True)
    series_id = fields.UUID(dump_only=True, allow_none=True)
    occurs_on = fields.Date(dump_only=True, allow_none=True)
    finished_at = Moment(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)


class ActivityQuery(PageQuery):
    """Which activities; from and to find those that take place at least partly between the two."""

    state = fields.String(validate=validate.OneOf([*STATES, "ended"]))
    starts_after = Moment(data_key="from")
    starts_before = Moment(data_key="to")
    unit = Code()
    series = fields.UUID()
    mine = fields.Boolean(load_default=False)  # where one has a seat, waits, or is asked
    q = Words(50)
    near = fields.Boolean(load_default=False)  # where the one who asks lives


class Reason(Schema):
    """Why."""

    reason = Words(500, lines=True, required=True)
