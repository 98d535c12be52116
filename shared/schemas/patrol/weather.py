"""News of the weather: one event to which several services react."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import Audience

WEATHERS = ("cold", "heat", "storm", "air")
LEVELS = ("blue", "yellow", "orange", "red")  # as the weather service has them


class WeatherModeChanged(Event):
    """Weather for which things are done otherwise begins, or is over.

    News of one mode may overtake each other: the higher *version* is the later one, and older news is ignored.
    """

    topic = "patrol.weather_mode_changed.v1"
    subscribers = ("events", "notify")
    urgent = True

    weather_id = fields.UUID(required=True)
    weather = fields.String(required=True, validate=validate.OneOf(WEATHERS))
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    mode = fields.String(required=True, validate=validate.OneOf(["on", "off"]))
    words = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)  # None: until somebody says so
    version = fields.Integer(required=True)
    care_round = fields.Boolean(required=True)  # those who asked to be cared for are to be called
    audience = fields.Nested(Audience, required=True)
