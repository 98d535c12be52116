"""News of the three lists: needs, offers, claims and wishes."""

from marshmallow import fields, validate

from shared.schemas.event import Event


class _Listed(Event):
    """What all news of a need carries. Of people it names those who are told, nobody else."""

    data_class = "C"
    purpose = "to tell those whom a need or an offer concerns"

    need_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_ids = fields.List(fields.UUID(), required=True)  # whose officers are told
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))  # members who are told


class NeedToCheck(_Listed):
    """A member or a resident needs something, or a unit that needs approval does: a clerk looks at it first."""

    topic = "events.need_to_check.v1"
    subscribers = ("notify",)


class NeedPublished(_Listed):
    """A need stands on the list: offers that could meet it are looked for."""

    topic = "events.need_published.v1"
    subscribers = ("events", "notify")


class OfferPublished(Event):
    """An offer stands on the list: needs that it could meet are looked for."""

    topic = "events.offer_published.v1"
    subscribers = ("events",)

    offer_id = fields.UUID(required=True)


class NeedMatched(_Listed):
    """Offers could meet a need: those who need are told, and those who offer, each in their own words."""

    topic = "events.need_matched.v1"
    subscribers = ("notify",)

    offers = fields.Integer(required=True)  # how many are new
    offering_unit_ids = fields.List(fields.UUID(), required=True)
    offering_person_ids = fields.List(fields.UUID(), required=True)


class NeedClaimed(_Listed):
    """Somebody takes on a need, or a part of it; of a wish a clerk first looks at who that is."""

    topic = "events.need_claimed.v1"
    subscribers = ("members", "notify")

    claim_id = fields.UUID(required=True)
    claimer = fields.String(required=True, allow_none=True)  # a unit; none: a member, who is not named
    amount = fields.Integer(required=True)
    left = fields.Integer(required=True)
    to_accept = fields.Boolean(required=True)
    asked_unit_ids = fields.List(fields.UUID(), required=True)  # who is asked to take part


class ClaimAccepted(_Listed):
    """A clerk lets somebody fulfil a wish."""

    topic = "events.claim_accepted.v1"
    subscribers = ("notify",)

    claim_id = fields.UUID(required=True)


class ClaimGivenBack(_Listed):
    """What somebody took on is free again: those who need it are told."""

    topic = "events.claim_given_back.v1"
    subscribers = ("notify",)

    claim_id = fields.UUID(required=True)
    claimer = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)  # a code, or what they wrote


class NeedDelivered(_Listed):
    """Somebody did what they took on; those who needed it are asked whether it is so."""

    topic = "events.need_delivered.v1"
    subscribers = ("notify",)

    claim_id = fields.UUID(required=True)
    wish = fields.Boolean(required=True)


class NeedClosed(_Listed):
    """A need is over: met, no longer there, or taken back. Those who took it on are told."""

    topic = "events.need_closed.v1"
    subscribers = ("members", "notify")

    outcome = fields.String(required=True, validate=validate.OneOf(["met", "closed", "withdrawn"]))
    reason = fields.String(required=True)


class WishConfirmed(_Listed):
    """The resident says that the wish came true; who fulfilled it is thanked."""

    topic = "events.wish_confirmed.v1"
    subscribers = ("notify",)


class NeedUnmatched(_Listed):
    """Nobody took on a need for a fortnight: it goes onto the joint meeting's agenda."""

    topic = "events.need_unmatched.v1"
    subscribers = ("members", "notify")

    published_at = fields.AwareDateTime(required=True)


class NeedAnswered(_Listed):
    """What is done about a need that households support, and why; up to 500 of those who support it an event."""

    topic = "events.need_answered.v1"
    subscribers = ("notify",)

    decision = fields.String(required=True, validate=validate.OneOf(["do", "not_now", "no"]))
    reason = fields.String(required=True)
