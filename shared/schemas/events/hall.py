"""News of the lecture hall."""

from marshmallow import fields

from shared.schemas.event import Event
from shared.schemas.fields import Audience


class _Term(Event):
    """What all news of a term of the lecture hall carries."""

    term_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class TermPublished(_Term):
    """A term of lectures is open to everybody: one piece of news for all. The times are from the first to the last."""

    topic = "events.term_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    lectures = fields.Integer(required=True)


class SpeakerBooked(_Term):
    """A speaker is wanted for these topics at these times, in the same order."""

    topic = "events.speaker_booked.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the speaker when they speak"

    person_id = fields.UUID(required=True)
    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)


class SpeakerReleased(_Term):
    """Somebody else speaks in their place."""

    topic = "events.speaker_released.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the speaker that they need not come"

    person_id = fields.UUID(required=True)
    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)


class SpeakerWithdrew(_Term):
    """Lectures that were announced have nobody who speaks any more."""

    topic = "events.speaker_withdrew.v1"
    subscribers = ("notify",)

    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)
