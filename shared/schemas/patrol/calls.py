"""News of squads that are silent, and of calls for help."""

from marshmallow import fields, validate

from shared.schemas.event import Event

#: The steps of the welfare ladder (feature P7): worry, never blame.
STEPS = ("buddy", "leader", "desk")


class SquadWentSilent(Event):
    """A squad on its way was not heard of when it was due: somebody should look after it."""

    topic = "patrol.squad_went_silent.v1"
    subscribers = ("notify",)
    urgent = True

    alarm_id = fields.UUID(required=True)
    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    person_ids = fields.List(fields.UUID(), required=True)  # whom to ask; of the desk: empty
    last_place = fields.String(required=True, allow_none=True)
    last_at = fields.AwareDateTime(required=True, allow_none=True)


class SquadIsWell(Event):
    """A silent squad was heard of, or somebody who knows said that all is well."""

    topic = "patrol.squad_is_well.v1"
    subscribers = ("notify",)
    urgent = True

    alarm_id = fields.UUID(required=True)
    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    said_by = fields.String(required=True)


class SosRaised(Event):
    """Somebody needs help now."""

    topic = "patrol.sos_raised.v1"
    subscribers = ("notify",)
    urgent = True

    sos_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    person_name = fields.String(required=True)
    squad = fields.String(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    crew_ids = fields.List(fields.UUID(), required=True)
    leader_ids = fields.List(fields.UUID(), required=True)


class SosAcknowledged(Event):
    """Somebody is on the way to who called for help."""

    topic = "patrol.sos_acknowledged.v1"
    subscribers = ("notify",)
    urgent = True

    sos_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)  # who called
    by_name = fields.String(required=True)


class SosStoodDown(Event):
    """The call for help is over; what is still queued for it must not ring any more."""

    topic = "patrol.sos_stood_down.v1"
    subscribers = ("notify",)
    urgent = True

    sos_id = fields.UUID(required=True)
    by_name = fields.String(required=True)
    note = fields.String(required=True)
