"""The shapes of activities, audiences and sign-ups on HTTP."""

import unicodedata
from datetime import UTC
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.events.models import FORMS, KINDS, SIGN_UP_STATES, STATES
from shared.page import PageQuery
from shared.schemas.fields import Audience, Code

#: Characters that turn the reading order of a whole line around; joiners stay, since emoji are made with them.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: Years that a moment can lie in; beyond them lies a typing error, or the end of a number.
YEARS = range(2000, 2101)


class Words(fields.String):
    """Text that people typed: trimmed, bounded, without control characters; line breaks where *lines* says so."""

    def __init__(self, longest: int, *, shortest: int = 1, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(shortest, longest), **kwargs)
        self.lines = lines

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if any(_is_control(sign) and not (self.lines and sign in "\r\n\t") for sign in text):
            raise ValidationError("control_character")
        return text


class Moment(fields.AwareDateTime):
    """A moment; whatever offset it comes with, it goes out in UTC."""

    def _deserialize(self, value, attr, data, **kwargs):
        moment = super()._deserialize(value, attr, data, **kwargs)
        if moment.year not in YEARS:
            raise ValidationError({"code": "out_of_range", "min": YEARS[0], "max": YEARS[-1]})
        return moment.astimezone(UTC)

    def _serialize(self, value, attr, obj, **kwargs):
        return None if value is None else value.astimezone(UTC).isoformat()


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
    mine = fields.String(dump_only=True, allow_none=True, validate=validate.OneOf(SIGN_UP_STATES))
    sandbox = fields.Boolean(dump_only=True)
    published_at = Moment(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)


class ActivityQuery(PageQuery):
    """Which activities; from and to find those that take place at least partly between the two."""

    state = fields.String(validate=validate.OneOf([*STATES, "ended"]))
    starts_after = Moment(data_key="from")
    starts_before = Moment(data_key="to")
    unit = Code()
    q = Words(50)


class Reason(Schema):
    """Why."""

    reason = Words(500, lines=True, required=True)


class AudienceQuestion(Schema):
    """An audience to count."""

    audience = fields.Nested(Audience, required=True)


class Count(Schema):
    """How many people."""

    count = fields.Integer(required=True)


class SignUp(Schema):
    """Where one stands, and why: a seat was free, or the activity is full."""

    state = fields.String(required=True, validate=validate.OneOf(SIGN_UP_STATES))
    reason = fields.String(required=True, validate=validate.OneOf(["seat", "full"]))
    position = fields.Integer(required=True, allow_none=True)  # in the waiting list, from 1


class PersonName(Schema):
    """A member, to name them."""

    id = fields.UUID(required=True, attribute="person_id")
    name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True, attribute="unit_name")


class Participant(Schema):
    """Who goes or waits."""

    person = fields.Nested(PersonName, required=True)
    state = fields.String(required=True)
    at = Moment(required=True)


class MySignUp(Schema):
    """A seat of one's own, or a place in the waiting list."""

    state = fields.String(required=True)
    at = Moment(required=True)
    activity = fields.Nested(Activity, required=True)


class MySignUpQuery(PageQuery):
    """Which of them: those that end after this moment; by default, after now."""

    ends_after = Moment(data_key="from", load_default=None)


class FeedAddress(Schema):
    """The address of a calendar; shown once."""

    url = fields.Url(required=True, require_tld=False)


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING
