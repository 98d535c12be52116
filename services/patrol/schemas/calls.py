"""Calls for help on HTTP."""

from marshmallow import Schema, fields

from services.patrol.schemas.words import PhoneTime, Words


class Call(Schema):
    at = PhoneTime(required=True)
    shift_id = fields.UUID(load_default=None, allow_none=True)
    checkpoint_id = fields.UUID(load_default=None, allow_none=True)


class Sos(Schema):
    id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    squad = fields.String(required=True, allow_none=True)
    shift_id = fields.UUID(required=True, allow_none=True)
    checkpoint_id = fields.UUID(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    raised_at = fields.AwareDateTime(required=True)
    acknowledged_by = fields.String(required=True, allow_none=True, attribute="acknowledged_by_name")
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True)
    stood_down_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)


class SosQuery(Schema):
    open = fields.Boolean(load_default=False)


class SosList(Schema):
    items = fields.List(fields.Nested(Sos), required=True)


class StandDown(Schema):
    note = Words(500, load_default="")
