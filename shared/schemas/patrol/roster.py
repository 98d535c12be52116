"""News of the roster: plans, places that pass on, looking for cover."""

from marshmallow import fields, validate

from shared.schemas.event import Event

#: Why somebody is asked to stand in.
WHY_ASKED = ("free_then", "asked_long_ago", "not_asked_yet", "no_clash", "near")

#: What came of an offered place, and of being asked to stand in.
SWAP_OUTCOMES = ("accepted", "declined", "too_late")
COVER_OUTCOMES = ("accepted", "declined", "filled", "stopped", "too_late")


class RosterAsked(Event):
    """Somebody wants to know who could walk when in the next weeks."""

    topic = "patrol.roster_asked.v1"
    subscribers = ("patrol",)

    plan_id = fields.UUID(required=True)


class RosterPublished(Event):
    """A plan became shifts: all those of one person."""

    topic = "patrol.roster_published.v1"
    subscribers = ("notify",)

    plan_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    turns = fields.Integer(required=True)
    shifts = fields.List(fields.AwareDateTime(), required=True)  # when each begins


class _Shift(Event):
    """What news about a place on a shift carries."""

    shift_id = fields.UUID(required=True)
    squad = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class ShiftSwapOffered(_Shift):
    """Somebody who cannot come offers their place to somebody by name."""

    topic = "patrol.shift_swap_offered.v1"
    subscribers = ("notify",)

    swap_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    from_name = fields.String(required=True)


class ShiftSwapEnded(_Shift):
    """Somebody took an offered place, left it, or came too late."""

    topic = "patrol.shift_swap_ended.v1"
    subscribers = ("notify",)

    swap_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)  # who is told
    by_name = fields.String(required=True)
    swap_outcome = fields.String(required=True, validate=validate.OneOf(SWAP_OUTCOMES))


class CoverAsked(_Shift):
    """Somebody is asked whether they would stand in on a shift that is short of hands."""

    topic = "patrol.cover_asked.v1"
    subscribers = ("notify",)

    ask_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    why_you = fields.List(fields.String(validate=validate.OneOf(WHY_ASKED)), required=True)


class CoverEnded(_Shift):
    """For somebody who was asked to stand in it is over: they answered, or are not needed any more."""

    topic = "patrol.cover_ended.v1"
    subscribers = ("notify",)

    ask_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    cover_outcome = fields.String(required=True, validate=validate.OneOf(COVER_OUTCOMES))


class CoverFoundNobody(_Shift):
    """Everybody who could stand in was asked, and places are still empty."""

    topic = "patrol.cover_found_nobody.v1"
    subscribers = ("notify",)

    cover_id = fields.UUID(required=True)
    leader_ids = fields.List(fields.UUID(), required=True)
