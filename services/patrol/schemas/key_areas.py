"""Key areas, their calendar, and tips, on HTTP."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.patrol.models.key_areas import DAY_KINDS
from services.patrol.schemas.words import Flag, Words
from shared.schemas.fields import Code


class Clock(fields.Time):
    """A time of day in Shanghai: 19:30."""

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%H:%M", metadata={"format": "partial-time", "pattern": r"^\d\d:\d\d$"}, **kwargs)


class AreaDay(Schema):
    """When it matters: on one day, or each week; clock times of Shanghai."""

    kind = fields.String(required=True, validate=validate.OneOf(DAY_KINDS))
    on = fields.Date(load_default=None, allow_none=True, attribute="on_day")
    weekday = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 7))
    first_day = fields.Date(load_default=None, allow_none=True)
    last_day = fields.Date(load_default=None, allow_none=True)
    from_ = Clock(required=True, data_key="from", attribute="begins")
    until = Clock(required=True, attribute="ends")
    note = Words(60, load_default="")

    @validates_schema
    def can_be(self, data: dict, **_) -> None:
        if (data["on_day"] is None) == (data["weekday"] is None):
            raise ValidationError("day_or_weekday", "weekday")
        if data["begins"] >= data["ends"]:
            raise ValidationError("ends_before_start", "until")
        if data["first_day"] and data["last_day"] and data["first_day"] > data["last_day"]:
            raise ValidationError("ends_before_start", "last_day")


class KeyArea(Schema):
    id = fields.UUID(dump_only=True)
    name = Words(40, 1, required=True)
    zone = Code(load_default=None, allow_none=True)
    every_minutes = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(5, 240))
    times = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10))
    checkpoints = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))
    days = fields.List(fields.Nested(AreaDay), load_default=list, validate=validate.Length(max=100))
    active = Flag(load_default=True)
    version = fields.Integer(dump_only=True)


class AreaWhy(Schema):
    code = fields.String(required=True, validate=validate.OneOf([*DAY_KINDS, "always"]))
    from_ = fields.String(required=True, allow_none=True, data_key="from", attribute="from")
    until = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)


class AreaDue(Schema):
    """A key area that a shift is asked to look after, and why."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    every_minutes = fields.Integer(required=True, allow_none=True)
    times = fields.Integer(required=True, allow_none=True)
    checkpoints = fields.List(fields.UUID(), required=True)
    quiet = fields.Boolean(required=True)
    why = fields.List(fields.Nested(AreaWhy), required=True)


class Tip(Schema):
    id = fields.UUID(dump_only=True)
    months = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 12)), load_default=list, validate=validate.Length(max=12)
    )
    zh = Words(120, 1, required=True)
    en = Words(240, 1, required=True)
    active = Flag(load_default=True)
    version = fields.Integer(dump_only=True)


class TipOfShift(Schema):
    zh = fields.String(required=True)
    en = fields.String(required=True)
