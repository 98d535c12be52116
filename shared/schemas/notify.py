"""What notify tells; to itself too, so that sending happens outside of any transaction."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import ANSWER_WAYS, ANSWERS


class MessagesBegun(Event):
    """The first of very many people have their message; the next ones are still to be written to."""

    topic = "notify.messages_begun.v1"
    subscribers = ("notify",)

    about = fields.UUID(required=True)  # the event that they are told of
    of_topic = fields.String(required=True)  # its topic
    rule_id = fields.UUID(required=True)
    thread = fields.UUID(required=True)
    parts = fields.List(fields.Raw(), required=True)  # of the audience, as notify resolved it
    ring = fields.Integer(required=True)
    after = fields.UUID(required=True)  # the last person who was written to: the order is that of their ids
    at_hand = fields.AwareDateTime(load_default=None, allow_none=True)  # when what it is about begins


class AlarmBegun(MessagesBegun):
    """The same of messages that must overtake all others."""

    topic = "notify.alarm_begun.v1"
    urgent = True


class MessagesWritten(Event):
    """Messages wait to be sent."""

    topic = "notify.messages_written.v1"
    subscribers = ("notify",)


class AlarmWritten(Event):
    """Messages wait to be sent that must overtake all others."""

    topic = "notify.alarm_written.v1"
    subscribers = ("notify",)
    urgent = True


class AnswerGiven(Event):
    """A reader answered a message that asked for it."""

    topic = "notify.answer_given.v1"
    subscribers = ("patrol", "events")
    urgent = True

    thread = fields.UUID(required=True)  # what it is about: an alarm_id, a sos_id, an offer_id
    about = fields.String(required=True)  # the topic of the event that was told
    person_id = fields.UUID(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    answered_at = fields.AwareDateTime(required=True)
    way = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(ANSWER_WAYS))
