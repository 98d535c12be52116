"""Calls for many hands on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.models.responses import LOGGED, RESPONSE_ANSWERS, RESPONSE_STATES, RINGS
from services.patrol.schemas.words import Flag, Words
from shared.page import PageQuery
from shared.schemas.fields import Code
from shared.schemas.patrol import EMERGENCIES, SEVERITIES, TASKS


class ResponseNeed(Schema):
    task = fields.String(required=True, validate=validate.OneOf(TASKS))
    wanted = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))


class NewResponse(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(EMERGENCIES))
    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    drill = Flag(load_default=False)
    place = Words(120, 1, required=True)
    zone = Code(load_default=None, allow_none=True)
    words = Words(1000, load_default="")
    needs = fields.List(fields.Nested(ResponseNeed), required=True, validate=validate.Length(1, len(TASKS)))


class TaskMeter(ResponseNeed):
    coming = fields.Integer(required=True)
    later = fields.Integer(required=True)


class ResponseMeter(Schema):
    """How far it is filled: counts, no names."""

    tasks = fields.List(fields.Nested(TaskMeter), required=True)
    filled = fields.Boolean(required=True)
    asked = fields.Integer(required=True)
    coming = fields.Integer(required=True)
    later = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    spare = fields.Integer(required=True)  # come although all is filled


class OwnCall(Schema):
    """What I was asked and said."""

    asked_at = fields.AwareDateTime(required=True)
    answer = fields.String(required=True, allow_none=True, validate=validate.OneOf([*RESPONSE_ANSWERS, None]))
    task = fields.String(required=True, allow_none=True, validate=validate.OneOf([*TASKS, None]))


class Response(Schema):
    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EMERGENCIES))
    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    drill = fields.Boolean(required=True)
    place = fields.String(required=True)
    zone = fields.String(required=True, allow_none=True)
    words = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(RESPONSE_STATES))
    raised_at = fields.AwareDateTime(required=True)
    ring = fields.String(required=True, allow_none=True, validate=validate.OneOf([*RINGS, None]))
    next_ring = fields.String(required=True, allow_none=True, validate=validate.OneOf([*RINGS, None]))
    next_at = fields.AwareDateTime(required=True, allow_none=True)
    meter = fields.Nested(ResponseMeter, required=True)
    mine = fields.Nested(OwnCall, required=True, allow_none=True)
    stood_down_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)
    review_until = fields.AwareDateTime(required=True, allow_none=True)
    reviewed_at = fields.AwareDateTime(required=True, allow_none=True)
    review = fields.String(required=True)
    change = fields.String(required=True)
    version = fields.Integer(required=True)


class ResponseQuery(PageQuery):
    state = fields.String(load_default=None, validate=validate.OneOf(RESPONSE_STATES))
    drill = fields.Boolean(load_default=None, allow_none=True)


class ResponseAnswer(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(RESPONSE_ANSWERS))
    task = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(TASKS))


#: What the desk asks for of those who were called.
ASKED_FOR = [*RESPONSE_ANSWERS, "none", "answered", "coming"]


class ResponseCallsQuery(PageQuery):
    ring = fields.String(load_default=None, validate=validate.OneOf(RINGS))
    answer = fields.String(load_default=None, validate=validate.OneOf(ASKED_FOR))


class CalledPerson(Schema):
    """Somebody who was asked, as the desk sees it. How fast they answered is nobody's business."""

    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    ring = fields.Function(lambda call: RINGS[call.ring], required=True)
    answer = fields.String(required=True, allow_none=True)
    task = fields.String(required=True, allow_none=True)


class ResponseLine(Schema):
    """A line of the log. Without *by* the clock wrote it."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True, allow_none=True, attribute="by_name")
    code = fields.String(required=True, validate=validate.OneOf(LOGGED))
    words = fields.String(required=True)
    facts = fields.Dict(required=True)


class NewResponseLine(Schema):
    words = Words(1000, 1, required=True)


class ResponseOver(Schema):
    words = Words(500, load_default="")


class ResponseReview(Schema):
    review = Words(4000, 1, required=True)
    change = Words(4000, 1, required=True)


class DrillShare(Schema):
    minutes = fields.Integer(required=True)
    answered = fields.Integer(required=True)


class RingShares(Schema):
    """*median*: seconds until the answer; None when there were too few answers for one."""

    asked = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    coming = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    median = fields.Float(required=True, allow_none=True)
    within = fields.List(fields.Nested(DrillShare), required=True)


class RingFigures(RingShares):
    ring = fields.String(required=True, validate=validate.OneOf(RINGS))


class DrillFigures(Schema):
    """A drill in figures. Seconds are counted from when it was raised."""

    id = fields.UUID(required=True, attribute="response.id")
    kind = fields.String(required=True, attribute="response.kind")
    place = fields.String(required=True, attribute="response.place")
    raised_at = fields.AwareDateTime(required=True, attribute="response.raised_at")
    stood_down_at = fields.AwareDateTime(required=True, allow_none=True, attribute="response.stood_down_at")
    review = fields.String(required=True, attribute="response.review")
    change = fields.String(required=True, attribute="response.change")
    all = fields.Nested(RingShares, required=True)
    rings = fields.List(fields.Nested(RingFigures), required=True)
    filled_after = fields.Float(required=True, allow_none=True)
    over_after = fields.Float(required=True, allow_none=True)
    meter = fields.Nested(ResponseMeter, required=True)
    few = fields.Integer(required=True)
