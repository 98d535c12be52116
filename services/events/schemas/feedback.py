"""How it was, on HTTP."""

import binascii
from base64 import b64decode

from marshmallow import Schema, ValidationError, fields, validate

from services.events.models import LARGEST_VOICE, QUESTIONS
from services.events.schemas.words import Moment, Words


class Voice(fields.String):
    """A voice note in base64."""

    def __init__(self, **kwargs) -> None:
        super().__init__(metadata={"format": "byte", "maxLength": -(-LARGEST_VOICE // 3) * 4}, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            sound = b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError("not_a_sound") from None
        if len(sound) > LARGEST_VOICE:
            raise ValidationError({"code": "too_long", "max_bytes": LARGEST_VOICE})
        return sound


def _one_of(question: str, **options) -> fields.String:
    return fields.String(validate=validate.OneOf(QUESTIONS[question]), **options)


class FeedbackAnswer(Schema):
    """The three questions, and words if one likes."""

    overall = _one_of("overall", required=True)
    followed = _one_of("followed", required=True)
    more = _one_of("more", required=True)
    words = Words(500, shortest=0, lines=True, load_default="")


class FeedbackIn(FeedbackAnswer):
    """How it was; voice: null takes back what was recorded, left out it stays."""

    voice = Voice(allow_none=True)


class FeedbackSlip(Schema):
    """A slip of paper: a question may have been left out."""

    overall = _one_of("overall", load_default=None, allow_none=True)
    followed = _one_of("followed", load_default=None, allow_none=True)
    more = _one_of("more", load_default=None, allow_none=True)
    words = Words(500, shortest=0, lines=True, load_default="")


class FeedbackSaid(FeedbackAnswer):
    """What one said; has_voice: whether a voice note is there."""

    words = Words(500, shortest=0, lines=True, required=True, allow_none=True)
    has_voice = fields.Boolean(required=True)


class MyFeedback(Schema):
    """Whether one may say how it was, or else why not (the name of the problem); what one said, null before."""

    may = fields.Boolean(required=True)
    why = fields.String(required=True, allow_none=True)
    until = Moment(required=True)
    mine = fields.Nested(FeedbackSaid, required=True, allow_none=True)


def _counts(question: str) -> fields.Nested:
    known: dict[str, fields.Field] = {answer: fields.Integer(required=True) for answer in QUESTIONS[question]}
    return fields.Nested(Schema.from_dict(known, name=f"FeedbackOf{question.title()}"), required=True)


class FeedbackCounts(Schema):
    """How often each answer was given."""

    overall = _counts("overall")
    followed = _counts("followed")
    more = _counts("more")


class FeedbackResults(Schema):
    """What people said. While there are fewer answers than least: how many, and nothing else."""

    answers = fields.Integer(required=True)
    there = fields.Integer(required=True)
    slips_left = fields.Integer(required=True)
    least = fields.Integer(required=True)
    until = Moment(required=True)
    open = fields.Boolean(required=True)
    counts = fields.Nested(FeedbackCounts, required=True, allow_none=True)
    words = fields.List(fields.String(), required=True)
    voices = fields.List(fields.UUID(), required=True)  # ids, to listen to
