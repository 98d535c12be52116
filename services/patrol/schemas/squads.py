"""Squads on HTTP."""

from marshmallow import Schema, fields, validate

from services.patrol.schemas.words import Flag, Words
from shared.schemas.fields import Code


class SquadMember(Schema):
    person_id = fields.UUID(required=True)
    name = fields.String(dump_only=True)
    vest = Words(10, load_default=None, allow_none=True)
    buddy_id = fields.UUID(load_default=None, allow_none=True)


class Squad(Schema):
    id = fields.UUID(dump_only=True)
    code = Code(required=True)
    name = Words(40, 1, required=True)
    leader_id = fields.UUID(required=True)
    leader_name = fields.String(dump_only=True)
    zone = Code(load_default=None, allow_none=True)
    colour = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"^#[0-9a-fA-F]{6}\Z"))
    members = fields.List(fields.Nested(SquadMember), load_default=list, validate=validate.Length(max=200))
    route = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=100))
    active = Flag(load_default=True)
    version = fields.Integer(dump_only=True)
