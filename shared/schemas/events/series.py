"""News of series of activities."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import Audience


class _Series(Event):
    """What all news of a series carries."""

    series_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    place = fields.String(required=True)
    reach = fields.String(required=True, validate=validate.OneOf(["all", "unit", "guests"]))


class SeriesSubmitted(_Series):
    """A unit asks for its series to be published."""

    topic = "events.series_submitted.v1"
    subscribers = ("notify",)


class SeriesSentBack(_Series):
    """A clerk wants something about a series changed first."""

    topic = "events.series_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class SeriesPublished(_Series):
    """A series is open to its audience: one piece of news for all that is to come. The times are the first ones."""

    topic = "events.series_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class SeriesChanged(_Series):
    """A series is different from some day on; up to 500 of those who count on it an event."""

    topic = "events.series_changed.v1"
    subscribers = ("notify",)

    changed = fields.List(fields.String(), required=True)  # names of fields
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class SeriesEnded(_Series):
    """A series does not go on; up to 500 of those who counted on it an event."""

    topic = "events.series_ended.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
