"""What residents without an account tell and are told, and what the desk takes down for them."""

from marshmallow import Schema, fields, validate

from services.patrol.models import CASE_KINDS, CASE_STATES, PAUSES, SEVERITIES
from services.patrol.schemas.cases import Confirmation
from services.patrol.schemas.words import Flag, Moment, Words
from shared.schemas.fields import Code


class Report(Schema):
    """What, where, a few words. Name and number only if they want to hear of it, and agree."""

    kind = fields.String(required=True, validate=validate.OneOf(CASE_KINDS))
    zone = Code(load_default=None, allow_none=True)
    place = Words(120, 1, required=True)
    words = Words(1000, load_default="")
    name = Words(40, load_default="")
    phone = Words(30, load_default="")
    consent = Flag(load_default=False)


class Settled(Schema):
    """It was fixed before it was written down here."""

    fixed_at = Moment(required=True)
    words = Words(1000, load_default="")
    confirmed = Flag(load_default=False)


class Intake(Report):
    """What somebody tells on the telephone or on paper."""

    channel = fields.String(required=True, validate=validate.OneOf(["phone", "paper"]))
    severity = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(SEVERITIES))
    reported_at = Moment(load_default=None, allow_none=True)
    settled = fields.Nested(Settled, load_default=None, allow_none=True)


class Slip(Schema):
    """What whoever reported keeps: with both they see how it stands. *twin*: it was known, and is being seen to."""

    number = fields.String(required=True)
    pin = fields.String(required=True)
    twin = fields.Boolean(required=True)


class Key(Schema):
    """A number and its PIN."""

    number = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{8}\Z"))
    pin = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}\Z"))


class KeyedWord(Key, Confirmation):
    """The resident's word."""


class Seen(Schema):
    step = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class Own(Schema):
    """A report, and how it stands."""

    number = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(CASE_KINDS))
    place = fields.String(required=True)
    words = fields.String(required=True)
    reported_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CASE_STATES))
    pause_reason = fields.String(required=True, allow_none=True, validate=validate.OneOf([*PAUSES, None]))
    unit = fields.String(required=True, allow_none=True)
    fixed_at = fields.AwareDateTime(required=True, allow_none=True)
    fixed_words = fields.String(required=True)
    fixed = fields.Boolean(required=True, allow_none=True)
    steps = fields.List(fields.Nested(Seen), required=True)


class Mine(Own):
    """The same, for the member who made it."""

    report_id = fields.UUID(required=True)
    photo_id = fields.UUID(required=True, allow_none=True)


class State(Schema):
    """How it stands; without a case the number or the PIN was wrong."""

    case = fields.Nested(Own, required=True, allow_none=True)
    tries_left = fields.Integer(required=True)


class Compound(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Compounds(Schema):
    items = fields.List(fields.Nested(Compound), required=True)


class Contact(Schema):
    """How to reach a resident who agreed to it."""

    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
