"""News of shifts: who walks, from when to when."""

from marshmallow import fields

from shared.schemas.event import Event


class _Shift(Event):
    """What all news of a shift carries."""

    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class ShiftAssigned(_Shift):
    """People were put on a shift."""

    topic = "patrol.shift_assigned.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)


class ShiftCancelled(_Shift):
    """A shift will not take place."""

    topic = "patrol.shift_cancelled.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)
    reason = fields.String(required=True)


class ShiftRestored(_Shift):
    """A shift that was cancelled takes place after all."""

    topic = "patrol.shift_restored.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)


class CrewJoined(_Shift):
    """Somebody joined a patrol on the spot: they are on their way too, until it ends."""

    topic = "patrol.crew_joined.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)


class ShiftStarted(_Shift):
    """A squad is on its way: messages of duty pass its members' quiet hours until it ends."""

    topic = "patrol.shift_started.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)


class ShiftEnded(_Shift):
    """A squad is back."""

    topic = "patrol.shift_ended.v1"
    subscribers = ("notify",)

    person_ids = fields.List(fields.UUID(), required=True)
