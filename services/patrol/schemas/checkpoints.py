"""Zones and checkpoints on HTTP. The token in the QR code is on the printed sheet only."""

from marshmallow import Schema, fields, validate

from services.patrol.schemas.words import Flag, Words
from shared.schemas.fields import Code


class Zone(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Checkpoint(Schema):
    id = fields.UUID(dump_only=True)
    code = Code(required=True)
    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 9999))
    name = Words(60, 1, required=True)
    zone = Code(load_default=None, allow_none=True)
    lat = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    lon = fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    active = Flag(load_default=True)
    version = fields.Integer(dump_only=True)
