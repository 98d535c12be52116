"""What events tells the others: activities and who goes there."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import Audience


class _Activity(Event):
    """What all news of an activity carries."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    reach = fields.String(required=True, validate=validate.OneOf(["all", "unit", "guests"]))  # by the kind of the key


class ActivitySubmitted(_Activity):
    """A unit asks for its activity to be published."""

    topic = "events.activity_submitted.v1"
    subscribers = ("notify",)


class ActivitySentBack(_Activity):
    """A clerk wants something about an activity changed first."""

    topic = "events.activity_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class ActivityPublished(_Activity):
    """An activity is open to its audience."""

    topic = "events.activity_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)


class ActivityChanged(_Activity):
    """Something that matters to those who signed up is different now; up to 500 of them an event."""

    topic = "events.activity_changed.v1"
    subscribers = ("notify",)

    changed = fields.List(fields.String(), required=True)  # names of fields
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityCalledOff(_Activity):
    """An activity will not take place; up to 500 of those who signed up an event."""

    topic = "events.activity_called_off.v1"
    subscribers = ("notify",)
    urgent = True

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class SignUpChanged(_Activity):
    """Somebody has a seat, waits for one, got one after waiting, or cancelled."""

    topic = "events.sign_up_changed.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to confirm a sign-up to the person"

    person_id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["going", "waiting", "moved_up", "cancelled"]))
