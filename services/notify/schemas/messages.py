"""Messages as their readers see them, and as the desk does."""

from marshmallow import Schema, fields, validate

from services.notify.models.sendings import STATES
from shared.page import PageQuery
from shared.schemas.fields import ANSWERS, CLASSES


class Why(Schema):
    """Why somebody got a message, in the reader's words."""

    event = fields.String(required=True)
    rule = fields.String(required=True)
    role = fields.String(required=True)
    topic = fields.String(required=True)


class WhyOut(Why):
    """The same with the time at which it is told together with others; None: by itself, or not looked up in lists."""

    together_at = fields.AwareDateTime(required=True, allow_none=True)


class Choice(Schema):
    answer = fields.String(required=True)
    label = fields.String(required=True)


class MessageOut(Schema):
    """A message in its reader's inbox."""

    id = fields.UUID(required=True)
    urgency = fields.String(required=True, data_key="class", validate=validate.OneOf(CLASSES))
    title = fields.String(required=True)
    body = fields.String(required=True)
    link = fields.String(required=True, allow_none=True)
    why = fields.Nested(WhyOut, required=True)
    thread = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)
    needs_answer = fields.Boolean(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    cancelled_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    choices = fields.List(fields.Nested(Choice), required=True)  # what one can answer


class InboxQuery(PageQuery):
    unread = fields.Boolean(load_default=False)


class InboxCount(Schema):
    unread = fields.Integer(required=True)
    to_answer = fields.Integer(required=True)


class AnswerIn(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))


class Answered(Schema):
    """Who saw to it; without an answer it was settled otherwise."""

    by = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class LinkOut(Schema):
    """What a link shows to whoever holds it: nothing personal."""

    title = fields.String(required=True)
    body_public = fields.String(required=True)
    language = fields.String(required=True)
    answers = fields.List(fields.Nested(Choice), required=True)
    answered = fields.Nested(Answered, required=True, allow_none=True)


class ToldQuery(PageQuery):
    event = fields.UUID(load_default=None)
    person = fields.UUID(load_default=None)
    urgency = fields.String(load_default=None, data_key="class", validate=validate.OneOf(CLASSES))
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


class Counts(Schema):
    people = fields.Integer(required=True)
    queued = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    delivered = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    unreachable = fields.Integer(required=True)


class ToldOut(Schema):
    """What was told of one event, to how many, and how it went."""

    event_id = fields.UUID(required=True)
    topic = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    urgency = fields.String(required=True, data_key="class")
    created_at = fields.AwareDateTime(required=True)
    counts = fields.Nested(Counts, required=True)


class Name(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class Reader(Name):
    unit = fields.String(required=True, allow_none=True)


class SendingOut(Schema):
    id = fields.UUID(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True)
    detail = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    due_at = fields.AwareDateTime(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)


class RecipientOut(Schema):
    """One reader of an event's messages. Without a person it is a unit's server or a group chat."""

    message_id = fields.UUID(required=True)
    person = fields.Nested(Reader, required=True, allow_none=True)
    why = fields.Nested(Why, required=True)
    state = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)
    reachable = fields.Boolean(required=True)
    sendings = fields.List(fields.Nested(SendingOut), required=True)


class DeadLetterOut(Schema):
    id = fields.UUID(required=True)
    event_id = fields.UUID(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True)
    detail = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    title = fields.String(required=True, allow_none=True)
    person = fields.Nested(Name, required=True, allow_none=True)


class QuarantinedOut(Schema):
    """An event that notify could not make messages of."""

    delivery_id = fields.UUID(required=True)
    topic = fields.String(required=True)
    event_id = fields.UUID(required=True, allow_none=True)
    failures = fields.Integer(required=True)
    last_error = fields.String(required=True, allow_none=True)
    quarantined_at = fields.AwareDateTime(required=True)


class DeadLettersOut(Schema):
    items = fields.List(fields.Nested(DeadLetterOut), required=True)
    next = fields.String(required=True, allow_none=True)
    quarantined = fields.List(fields.Nested(QuarantinedOut), required=True)


class ReplayIn(Schema):
    event_id = fields.UUID(load_default=None)
    sending_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=500))
    delivery_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=500))


class ReplayOut(Schema):
    sendings = fields.Integer(required=True)
    deliveries = fields.Integer(required=True)
