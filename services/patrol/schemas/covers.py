"""Swaps, and looking for cover, on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.models.covers import ASK_STATES, COVER_STATES, SWAP_STATES
from services.patrol.schemas.plans import reasons
from services.patrol.schemas.shifts import SquadLabel
from services.patrol.schemas.words import Flag


class ShiftLabel(Schema):
    id = fields.UUID(required=True)
    squad = fields.Nested(SquadLabel, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class SwapOffer(Schema):
    """*to*: whom one asks; nobody by name: whoever of the squad takes it."""

    to = fields.UUID(load_default=None, allow_none=True)


class Swap(Schema):
    id = fields.UUID(required=True)
    shift = fields.Nested(ShiftLabel, required=True)
    from_id = fields.UUID(required=True)
    from_name = fields.String(required=True)
    to_id = fields.UUID(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(SWAP_STATES))


class Swaps(Schema):
    items = fields.List(fields.Nested(Swap), required=True)


class CoverWish(Schema):
    places = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10))


class CoverAsk(Schema):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    batch = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ASK_STATES))
    why = reasons()


class Cover(Schema):
    id = fields.UUID(required=True)
    shift = fields.Nested(ShiftLabel, required=True)
    places = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(COVER_STATES))
    next_at = fields.AwareDateTime(required=True)
    asks = fields.List(fields.Nested(CoverAsk), required=True)


class MyAsk(Schema):
    id = fields.UUID(required=True)
    shift = fields.Nested(ShiftLabel, required=True, attribute="cover.shift")
    asked_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ASK_STATES))
    why = reasons()


class MyAsks(Schema):
    items = fields.List(fields.Nested(MyAsk), required=True)


class CoverAnswer(Schema):
    yes = Flag(required=True)
