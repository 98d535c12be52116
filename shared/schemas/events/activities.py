"""News of activities."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import Audience


class OfActivity(Event):
    """What all news of an activity carries."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    reach = fields.String(required=True, validate=validate.OneOf(["all", "unit", "guests"]))  # by the kind of the key


class ActivitySubmitted(OfActivity):
    """A unit asks for its activity to be published."""

    topic = "events.activity_submitted.v1"
    subscribers = ("notify",)


class ActivitySentBack(OfActivity):
    """A clerk wants something about an activity changed first."""

    topic = "events.activity_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class ActivityPublished(OfActivity):
    """An activity is open to its audience."""

    topic = "events.activity_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)


class ActivityChanged(OfActivity):
    """Something that matters to those who signed up is different now; up to 500 of them an event."""

    topic = "events.activity_changed.v1"
    subscribers = ("notify",)

    changed = fields.List(fields.String(), required=True)  # names of fields
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityCalledOff(OfActivity):
    """An activity will not take place; up to 500 of those who signed up an event."""

    topic = "events.activity_called_off.v1"
    subscribers = ("events", "notify")
    urgent = True

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityPostponed(OfActivity):
    """An activity takes place later; up to 500 of those who signed up an event.

    dated: the times are the new ones. Otherwise they are open; options: the starts of which people may choose.
    """

    topic = "events.activity_postponed.v1"
    subscribers = ("notify",)
    urgent = True

    reason = fields.String(required=True)
    dated = fields.Boolean(required=True)
    options = fields.List(fields.AwareDateTime(), load_default=list)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityWithdrawn(OfActivity):
    """An activity was published too early and is being worked on again; up to 500 of those who signed up an event."""

    topic = "events.activity_withdrawn.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityRestored(OfActivity):
    """What was called off or withdrawn takes place after all; up to 500 of those who signed up an event."""

    topic = "events.activity_restored.v1"
    subscribers = ("notify",)
    urgent = True

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
