"""Seats on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import BY, PARTS, SIGN_UP_STATES
from services.events.schemas.activities import Activity
from services.events.schemas.words import Moment, Words
from shared.page import PageQuery
from shared.schemas.fields import Code

BIRTH_YEAR = validate.Range(1900, 2100)
PHONE = validate.Length(3, 30)


class Companion(Schema):
    """Somebody whom one brings along."""

    name = Words(50, required=True)
    age = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 120))


class Guardian(Schema):
    """The grown-up who answers for a child."""

    name = Words(50, required=True)
    phone = fields.String(required=True, validate=PHONE)
    birth_year = fields.Integer(required=True, strict=True, validate=BIRTH_YEAR)


class Wish(Schema):
    """What one asks for and tells; what the activity's rules ask for must be there, the rest is not kept."""

    party_size = fields.Integer(strict=True, validate=validate.Range(1, 20))
    party = fields.List(fields.Nested(Companion), validate=validate.Length(max=19))
    answers = fields.Dict(
        keys=Code(), values=fields.Raw(allow_none=True), validate=validate.Length(max=20)
    )  # a text, or true and false
    birth_year = fields.Integer(strict=True, validate=BIRTH_YEAR)
    guardian = fields.Nested(Guardian)


class OwnWish(Wish):
    """The same for oneself, with the part that one would do."""

    part = fields.String(allow_none=True, validate=validate.OneOf(PARTS))


class WishForMember(OwnWish):
    """The same for a member; by: at the desk, or by telephone."""

    by = fields.String(load_default="clerk", validate=validate.OneOf(["clerk", "phone"]))


class WishForGuest(Wish):
    """The same for somebody without an account. Name and number are forgotten some time after the activity."""

    name = Words(50, required=True)
    phone = fields.String(load_default=None, allow_none=True, validate=PHONE)
    by = fields.String(load_default="phone", validate=validate.OneOf(["clerk", "phone"]))


class WishForNeighbour(Wish):
    """The same for a neighbour, whom one knows by name and number."""

    name = Words(50, required=True)
    phone = fields.String(required=True, validate=PHONE)


class Asked(Schema):
    """The same answer always: who is a member is nobody's business. Whoever is one hears of it."""

    asked = fields.Boolean(required=True)


class SignUp(Schema):
    """Where somebody stands, and why: {code, and what belongs to it}."""

    state = fields.String(required=True, validate=validate.OneOf(SIGN_UP_STATES))
    reason = fields.String(required=True, validate=validate.OneOf(["seat", "full"]))  # whether a seat is theirs
    position = fields.Integer(required=True, allow_none=True)  # in the waiting list, from 1
    why = fields.List(fields.Dict(), required=True)
    offer_until = Moment(required=True, allow_none=True)
    party_size = fields.Integer(required=True)
    part = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, validate=validate.OneOf(BY))
    attended_at = Moment(required=True, allow_none=True)


class PersonName(Schema):
    """A member or a guest, to name them."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)


class Told(Schema):
    """What somebody told when they signed up, as long as it is kept."""

    answers = fields.Dict(required=True)
    party = fields.List(fields.Nested(Companion), required=True)
    guardian = fields.Nested(Guardian, required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)  # of a guest


class Participant(Schema):
    """Who goes, waits or is asked."""

    person = fields.Nested(PersonName, required=True)
    guest = fields.Boolean(required=True)
    state = fields.String(required=True)
    at = Moment(required=True)
    party_size = fields.Integer(required=True)
    part = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)
    why = fields.List(fields.Dict(), required=True)
    offer_until = Moment(required=True, allow_none=True)
    told = fields.Nested(Told, required=True)


class MySignUp(Schema):
    """A seat of one's own, or a place in the waiting list."""

    state = fields.String(required=True)
    at = Moment(required=True)
    why = fields.List(fields.Dict(), required=True)
    offer_until = Moment(required=True, allow_none=True)
    party_size = fields.Integer(required=True)
    part = fields.String(required=True, allow_none=True)
    activity = fields.Nested(Activity, required=True)


class MySignUpQuery(PageQuery):
    """Which of them: those that end after this moment; by default, after now."""

    ends_after = Moment(data_key="from", load_default=None)
