"""What came of one request, as the desk sees it: ids, times, names, and no words of any message."""

from marshmallow import Schema, fields, validate

from services.notify.schemas.messages import Reader
from shared.schemas.fields import ANSWER_WAYS

#: done: its row is gone; at: when the subscriber had acted at the latest, as far as it left a sign.
DELIVERY_STATES = ("done", "waiting", "failing", "quarantined")


class DeliveryOut(Schema):
    """What became of telling one service."""

    subscriber = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(DELIVERY_STATES))
    at = fields.AwareDateTime(required=True, allow_none=True)
    attempts = fields.Integer(required=True, allow_none=True)
    failures = fields.Integer(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    last_error = fields.String(required=True, allow_none=True)


class WayOut(Schema):
    id = fields.UUID(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    detail = fields.String(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True)
    sent_at = fields.AwareDateTime(required=True, allow_none=True)
    digest_at = fields.AwareDateTime(required=True, allow_none=True)  # of the digest that it waits for, or went with


class TracedMessageOut(Schema):
    """One reader's message. Without a person it went to a unit's server or a group chat."""

    id = fields.UUID(required=True)
    person = fields.Nested(Reader, required=True, allow_none=True)
    urgency = fields.String(required=True, data_key="class", attribute="class")
    created_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    answered_way = fields.String(required=True, allow_none=True, validate=validate.OneOf(ANSWER_WAYS))
    sendings = fields.List(fields.Nested(WayOut), required=True)


class ActorOut(Schema):
    kind = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)


class TracedEventOut(Schema):
    id = fields.UUID(required=True)
    topic = fields.String(required=True)
    subject = fields.UUID(required=True, allow_none=True)
    actor = fields.Nested(ActorOut, required=True)
    occurred_at = fields.AwareDateTime(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    causation_id = fields.UUID(required=True, allow_none=True)
    deliveries = fields.List(fields.Nested(DeliveryOut), required=True)
    people = fields.Integer(required=True)
    messages = fields.List(fields.Nested(TracedMessageOut), required=True)


class TraceOut(Schema):
    """The events of one request in order. Without a correlation id the clock made the only one."""

    correlation_id = fields.String(required=True)
    events = fields.List(fields.Nested(TracedEventOut), required=True)
