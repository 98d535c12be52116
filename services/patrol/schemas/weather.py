"""Weather on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.schemas.shifts import SquadLabel
from services.patrol.schemas.words import Moment, Words
from shared.schemas.patrol import LEVELS, WEATHERS


class NewWeather(Schema):
    weather = fields.String(required=True, validate=validate.OneOf(WEATHERS))
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    words = Words(300, load_default="")
    since = Moment(load_default=None, allow_none=True)
    until = Moment(load_default=None, allow_none=True)


class Weather(Schema):
    id = fields.UUID(required=True)
    weather = fields.String(required=True, validate=validate.OneOf(WEATHERS))
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    words = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(["on", "off"]))
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    paused = fields.Integer(required=True)  # shifts that are cancelled because of it
    version = fields.Integer(required=True)


class EffectsQuery(Schema):
    since = Moment(load_default=None)
    until = Moment(load_default=None)


class TakenShift(Schema):
    id = fields.UUID(required=True)
    squad = fields.Nested(SquadLabel, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    people = fields.Function(lambda shift: len(shift.crew), required=True)


class Effects(Schema):
    shifts = fields.List(fields.Nested(TakenShift), required=True)
    people = fields.Integer(required=True)


class Taken(Schema):
    items = fields.List(fields.Nested(TakenShift), required=True)
