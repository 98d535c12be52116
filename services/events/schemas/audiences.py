"""Audiences on HTTP."""

from marshmallow import Schema, fields

from shared.schemas.fields import Audience


class AudienceQuestion(Schema):
    """An audience to count."""

    audience = fields.Nested(Audience, required=True)


class Count(Schema):
    """How many people."""

    count = fields.Integer(required=True)
