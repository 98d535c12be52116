"""News for those who may have forgotten."""

from marshmallow import fields, validate

from shared.schemas.events.activities import OfActivity

#: How far ahead people are reminded.
AHEAD = ("day", "hour")


class ActivityIsNear(OfActivity):
    """An activity begins in a day, or in an hour; up to 500 of those who have a seat an event."""

    topic = "events.activity_is_near.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to remind those who have a seat"

    ahead = fields.String(required=True, validate=validate.OneOf(AHEAD))
    useless_after = fields.AwareDateTime(required=True)  # nobody need be told any more
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))
