"""What weather does to venues, on HTTP."""

from marshmallow import Schema, fields, validate

from services.events.schemas.venues import VenueName
from shared.schemas.patrol import WEATHERS


class WeatherQuery(Schema):
    weather = fields.String(required=True, validate=validate.OneOf(WEATHERS))


class WeatherEffects(Schema):
    closes = fields.List(fields.Nested(VenueName), required=True)
    opens = fields.List(fields.Nested(VenueName), required=True)
