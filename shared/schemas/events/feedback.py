"""News of how it was."""

from marshmallow import fields, validate

from shared.schemas.events.activities import OfActivity


class FeedbackAsked(OfActivity):
    """It is over: up to 500 of the members who were there may say how it was, until then."""

    topic = "events.feedback_asked.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask those who were there how it was"

    useless_after = fields.AwareDateTime(required=True)  # nobody need be told any more
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))


class FeedbackGathered(OfActivity):
    """How often each answer was given. *person_ids*: who spoke and who led; *led*: whether there is anybody."""

    topic = "events.feedback_gathered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell who spoke or led what people said"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
    led = fields.Boolean(required=True)
    answers = fields.Integer(required=True)
    overall_good = fields.Integer(required=True)
    overall_fair = fields.Integer(required=True)
    overall_poor = fields.Integer(required=True)
    followed_yes = fields.Integer(required=True)
    followed_partly = fields.Integer(required=True)
    followed_no = fields.Integer(required=True)
    more_yes = fields.Integer(required=True)
    more_maybe = fields.Integer(required=True)
    more_no = fields.Integer(required=True)
