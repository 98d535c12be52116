"""How one signs up for an activity: who may, how many of whom, and what is asked."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.events.models import PARTS
from services.events.schemas.words import Words
from shared.schemas.fields import SKILLS, Code

AGE = validate.Range(0, 120)
SEATS = validate.Range(1, 100_000)


def number(default: int | None, *rules: validate.Validator) -> fields.Integer:
    """A whole number that may be left out."""
    return fields.Integer(
        strict=True, validate=list(rules), load_default=default, dump_default=default, allow_none=default is None
    )


class Quota(Schema):
    """At most so many seats for these: of zones or compounds, of units, or of an age (reached this year)."""

    by = fields.String(required=True, validate=validate.OneOf(["zone", "unit", "age"]))
    of = fields.List(Code(), load_default=list, dump_default=list, validate=validate.Length(max=200))
    least = number(None, AGE)
    most = number(None, AGE)
    seats = fields.Integer(required=True, strict=True, validate=SEATS)

    @validates_schema
    def names_somebody(self, data: dict[str, Any], **_: Any) -> None:
        if data["by"] != "age" and not data["of"]:
            raise ValidationError("required", "of")
        if data["by"] == "age" and data["least"] is None and data["most"] is None:
            raise ValidationError("required", "least")
        if data["least"] is not None and data["most"] is not None and data["least"] > data["most"]:
            raise ValidationError({"code": "out_of_range", "min": data["least"]}, "most")


class Question(Schema):
    """What everybody who signs up is asked."""

    id = Code(required=True)
    text = Words(200, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["text", "choice", "yes_no"]))
    choices = fields.List(Words(80), load_default=list, dump_default=list, validate=validate.Length(max=20))
    required = fields.Boolean(load_default=False, dump_default=False)

    @validates_schema
    def offers_choices(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] == "choice" and not data["choices"]:
            raise ValidationError("required", "choices")


class Part(Schema):
    """What somebody can do there, at most how many do it, and what they must have declared to be able to."""

    code = fields.String(required=True, validate=validate.OneOf(PARTS))
    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    needs = fields.List(
        fields.String(validate=validate.OneOf(SKILLS)), load_default=list, dump_default=list,
        validate=validate.Length(max=len(SKILLS)),
    )  # fmt: skip


class SignUpRules(Schema):
    """How one signs up. Whatever is left out asks nothing and bars nobody."""

    quotas = fields.List(fields.Nested(Quota), load_default=list, dump_default=list, validate=validate.Length(max=20))
    questions = fields.List(
        fields.Nested(Question), load_default=list, dump_default=list, validate=validate.Length(max=20)
    )
    parts = fields.List(
        fields.Nested(Part), load_default=list, dump_default=list, validate=validate.Length(max=len(PARTS))
    )
    party_most = number(1, validate.Range(1, 20))
    least_age = number(None, AGE)
    most_age = number(None, AGE)
    guardian_under = number(None, validate.Range(1, 18))  # years of age
    newcomers_first = fields.Boolean(load_default=False, dump_default=False)
    offer_minutes = number(720, validate.Range(0, 10_080))  # 0: who waits moves up without being asked
    closes_minutes_before = number(0, validate.Range(0, 43_200))

    @validates_schema
    def each_once(self, data: dict[str, Any], **_: Any) -> None:
        for name, key in (("questions", "id"), ("parts", "code")):
            if len({one[key] for one in data[name]}) < len(data[name]):
                raise ValidationError("twice", name)
