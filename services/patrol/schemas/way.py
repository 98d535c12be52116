"""What phones report from the way besides check-ins and trouble, and joining, on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.models.way import MOMENTS, PAUSE_REASONS, SKIP_REASONS
from services.patrol.schemas.words import PhoneTime, Words
from shared.schemas.fields import Code


class SkipWords(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(SKIP_REASONS))
    note = Words(200, load_default="", allow_none=True)


class PauseWords(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(PAUSE_REASONS))
    minutes = fields.Integer(load_default=20, strict=True, validate=validate.Range(5, 60))


class ItemAnswer(Schema):
    """Of one item: "ok" or "fail", a number, or the code of a choice."""

    item = Code(required=True)
    value = Words(40, 1, required=True)
    note = Words(200, load_default="", allow_none=True)


class CheckWords(Schema):
    code = Code(required=True)
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))
    answers = fields.List(fields.Nested(ItemAnswer), required=True, validate=validate.Length(1, 60))


class Present(fields.List):
    """Those of the crew who are along."""

    def __init__(self, **kwargs) -> None:
        super().__init__(fields.UUID(), validate=validate.Length(max=50), **kwargs)


class CrewWords(Schema):
    moment = fields.String(required=True, validate=validate.OneOf(MOMENTS))
    present = Present(required=True)


class Confirming(CrewWords):
    at = PhoneTime(required=True)
    device_id = Words(80, load_default="")


class Reading(Schema):
    at = PhoneTime(required=True)
    of = fields.UUID(required=True, metadata={"description": "The shift that left word"})
    device_id = Words(80, load_default="")


class Join(Schema):
    join_code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}\Z"))
    shift_id = fields.UUID(load_default=None, allow_none=True, metadata={"description": "Where the QR code names it"})


class JoinCode(Schema):
    code = fields.String(required=True)
    until = fields.AwareDateTime(required=True)
    url = fields.String(required=True)
    svg = fields.String(required=True)


class ShiftPause(Schema):
    reason = fields.String(required=True, validate=validate.OneOf(PAUSE_REASONS))
    at = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True)


class CrewConfirmed(Schema):
    at = fields.AwareDateTime(required=True)
    present = fields.List(fields.UUID(), required=True)


class Confirmations(Schema):
    start = fields.Nested(CrewConfirmed, required=True, allow_none=True)
    end = fields.Nested(CrewConfirmed, required=True, allow_none=True)
