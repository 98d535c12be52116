"""News of calls to which everybody answers together: who is asked, who answers, when it is over."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import ANSWERS

#: What can happen that needs many hands.
EMERGENCIES = ("fire", "gas", "flood", "earthquake", "person", "power", "other")

#: How far a call goes: see services/patrol/domain/responses/rings.py.
SEVERITIES = ("minor", "serious", "major")

#: What there is to do.
TASKS = ("lead", "first_aid", "carry", "traffic", "calm", "driver", "any")


class _Call(Event):
    """What all news of a call carries. *drill*: an exercise; every message says so."""

    response_id = fields.UUID(required=True)
    drill = fields.Boolean(required=True)
    emergency = fields.String(required=True, validate=validate.OneOf(EMERGENCIES))
    place = fields.String(required=True)


class ResponseRung(_Call):
    """The next people are asked to come; of a large ring each event names a part."""

    topic = "patrol.response_rung.v1"
    subscribers = ("notify",)
    urgent = True

    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))
    words = fields.String(required=True)
    ring = fields.Integer(required=True)
    needed = fields.List(fields.String(validate=validate.OneOf(TASKS)), required=True)  # what nobody does yet
    asked_ids = fields.List(fields.UUID(), required=True)


class ResponseAnswered(Event):
    """Somebody who was asked answered on the page of the call: their message need not ask any more."""

    topic = "patrol.response_answered.v1"
    subscribers = ("notify",)

    response_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    answered_at = fields.AwareDateTime(required=True)


class ResponseStoodDown(_Call):
    """It is over; what is still queued for it must not ring any more."""

    topic = "patrol.response_stood_down.v1"
    subscribers = ("notify",)
    urgent = True

    by_name = fields.String(required=True)
    note = fields.String(required=True)


class ResponseReviewDue(_Call):
    """Nobody has written down yet how it went and what is to change."""

    topic = "patrol.response_review_due.v1"
    subscribers = ("notify",)

    until = fields.AwareDateTime(required=True)
