"""Field types and word lists that HTTP and events share."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shared.crypto import seal, unseal

#: What members may say they can do; 'declared, not inferred' (feature M3).
SKILLS = (
    "law", "medicine", "teaching", "electrics", "plumbing", "driving", "first_aid", "accounting", "calligraphy",
    "errentai", "coaching", "sign_language", "mongolian",
)  # fmt: skip

#: How pressing a message is (feature N4).
CLASSES = ("critical", "duty", "service", "news")

#: What a reader can answer (feature N5).
ANSWERS = ("ack", "decline", "call_me", "later")
#: By what somebody answered: on a page, signed in; by the link in a message; by a reply to an SMS.
ANSWER_WAYS = ("page", "link", "sms")


class Sealed(fields.String):
    """A text that travels encrypted: sealed when dumped, opened when loaded."""

    PLACE = "event"

    def _serialize(self, value, attr, obj, **kwargs):
        return None if value is None else seal(value, self.PLACE)

    def _deserialize(self, value, attr, data, **kwargs):
        return unseal(super()._deserialize(value, attr, data, **kwargs), self.PLACE)


class Code(fields.String):
    """A short code that people type, such as U02 or C1-Z3."""

    def __init__(self, **kwargs) -> None:
        super().__init__(validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", error="invalid"), **kwargs)


class Audience(Schema):
    """Whom something is for: everyone, or the union of the parts."""

    everyone = fields.Boolean(load_default=False)
    units = fields.List(Code(), load_default=list, validate=validate.Length(max=100))
    zones = fields.List(Code(), load_default=list, validate=validate.Length(max=200))
    groups = fields.List(Code(), load_default=list, validate=validate.Length(max=100))
    skills = fields.List(Code(), load_default=list, validate=validate.Length(max=50))

    @validates_schema
    def names_somebody(self, data: dict, **_) -> None:
        if not any(data.get(part) for part in self.fields):
            raise ValidationError("empty_audience", "everyone")
