"""News of troupes and where they are invited."""

from marshmallow import fields, validate

from shared.schemas.event import Event


class _Invitation(Event):
    """What all news of an invitation to a troupe carries; the unit is the one that invites."""

    invitation_id = fields.UUID(required=True)
    troupe = fields.String(required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class TroupeInvited(_Invitation):
    """A unit would like a troupe to come and play."""

    topic = "events.troupe_invited.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask the troupe's leader"

    person_id = fields.UUID(required=True)  # the leader


class TroupeAnswered(_Invitation):
    """The troupe comes, or does not."""

    topic = "events.troupe_answered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell whoever asked"

    result = fields.String(required=True, validate=validate.OneOf(["accepted", "declined"]))
    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class TroupeUninvited(_Invitation):
    """The troupe need not come."""

    topic = "events.troupe_uninvited.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the troupe's leader"

    person_id = fields.UUID(required=True)
    reason = fields.String(required=True)
