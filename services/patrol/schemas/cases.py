"""Cases on HTTP, as those see them who look after them."""

from marshmallow import Schema, fields, validate

from services.patrol.models import CASE_CHANNELS, CASE_GROUPS, CASE_KINDS, CASE_STATES, CASE_STEPS, PAUSES, SEVERITIES
from services.patrol.schemas.words import Flag, Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code

KIND = validate.OneOf(CASE_KINDS)


class CaseUnit(Schema):
    id = fields.UUID(required=True, attribute="unit_id")
    code = fields.String(required=True)
    name = fields.String(required=True)


class CaseLine(Schema):
    """What a list says of a case."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True, validate=KIND)
    place = fields.String(required=True)
    zone = fields.String(required=True, allow_none=True)
    checkpoint_id = fields.UUID(required=True, allow_none=True)
    words = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    state = fields.String(required=True, validate=validate.OneOf(CASE_STATES))
    unit = fields.Nested(CaseUnit, required=True, allow_none=True)
    level = fields.Integer(required=True)
    opened_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    paused_at = fields.AwareDateTime(required=True, allow_none=True)
    pause_reason = fields.String(required=True, allow_none=True, validate=validate.OneOf([*PAUSES, None]))
    fixed_at = fields.AwareDateTime(required=True, allow_none=True)
    fixed_words = fields.String(required=True)
    looked_again_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class CaseReport(Schema):
    """Who told of it; the name is the desk's only."""

    number = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(CASE_CHANNELS))
    by = fields.String(required=True, allow_none=True)
    reachable = fields.Boolean(required=True)
    words = fields.String(required=True)
    reported_at = fields.AwareDateTime(required=True)
    fixed = fields.Boolean(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class CaseStep(Schema):
    step = fields.String(required=True, validate=validate.OneOf(CASE_STEPS))
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True)
    words = fields.String(required=True)
    why = fields.List(fields.Dict(), required=True)


class Photo(Schema):
    id = fields.UUID(required=True)
    part = fields.String(required=True, validate=validate.OneOf(["found", "fixed"]))
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class Case(CaseLine):
    """A case with all that belongs to it."""

    merged_into = fields.String(required=True, allow_none=True)
    reports = fields.List(fields.Nested(CaseReport), required=True)
    steps = fields.List(fields.Nested(CaseStep), required=True)
    photos = fields.List(fields.Nested(Photo), required=True)


class CaseQuery(PageQuery):
    group = fields.String(load_default=None, validate=validate.OneOf(list(CASE_GROUPS)))
    overdue = fields.Boolean(load_default=False)
    kind = fields.String(load_default=None, validate=KIND)
    zone = Code(load_default=None)
    checkpoint_id = fields.UUID(load_default=None)
    since = Moment(data_key="from", load_default=None)  # reported at
    until = Moment(load_default=None)
    unit_id = fields.UUID(load_default=None)
    number = fields.String(load_default=None, validate=validate.Regexp(r"^[0-9]{8}\Z"))


class Route(Schema):
    """To whom it goes by hand; no unit is the duty desk."""

    unit_id = fields.UUID(required=True, allow_none=True)
    severity = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(SEVERITIES))
    words = Words(500, load_default="")


class Pause(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(PAUSES))
    words = Words(500, load_default="")


class Fix(Schema):
    words = Words(1000, 1, required=True)


class Drop(Schema):
    reason = Words(500, 1, required=True)


class Merge(Schema):
    into = fields.UUID(required=True)


class CaseRule(Schema):
    id = fields.UUID(dump_only=True)
    kind = fields.String(required=True, validate=KIND)
    zone = Code(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    hours_to_take = fields.Integer(required=True, strict=True, validate=validate.Range(1, 24 * 30))
    hours_to_fix = fields.Integer(required=True, strict=True, validate=validate.Range(1, 24 * 365))
    version = fields.Integer(dump_only=True)


class Confirmation(Schema):
    fixed = Flag(required=True)
    words = Words(500, load_default="")
