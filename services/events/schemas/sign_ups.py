"""Seats on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.models import SIGN_UP_STATES
from services.events.schemas.activities import Activity
from services.events.schemas.words import Moment
from shared.page import PageQuery


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
