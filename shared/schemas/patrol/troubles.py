"""News of what squads find on their way."""

from marshmallow import fields

from shared.schemas.event import Event


class TroubleReported(Event):
    """Somebody saw something that the squad's leader and the duty desk must know at once."""

    topic = "patrol.trouble_reported.v1"
    subscribers = ("notify",)
    urgent = True

    trouble_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    place = fields.String(required=True)
    words = fields.String(required=True)
    reporter = fields.String(required=True)
    squad = fields.String(required=True, allow_none=True)
    leader_ids = fields.List(fields.UUID(), required=True)  # empty: only the duty desk
