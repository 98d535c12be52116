"""News of venues: their hours, and when they close."""

from marshmallow import fields, validate

from shared.schemas.event import Event

#: Why a venue is closed, what can be decided about a booking, and why the system lets go of one.
CAUSES = ("cold", "heat", "storm", "air", "works", "event", "other")
DECISIONS = ("confirmed", "moved_up", "rejected", "cancelled", "moved")
RELEASES = ("not_confirmed", "not_decided", "called_off", "postponed")


class OfVenue(Event):
    """What all news of a venue carries."""

    venue_id = fields.UUID(required=True)
    place = fields.String(required=True)  # what it is called
    unit_id = fields.UUID(required=True)  # that runs it


class _OfCarers(OfVenue):
    """News for those who look after it: stewards, the key-holder."""

    person_ids = fields.List(fields.UUID(), required=True)


class VenueHoursChanged(_OfCarers):
    """A venue has other opening hours."""

    topic = "events.venue_hours_changed.v1"
    subscribers = ("notify",)


class VenueClosed(_OfCarers):
    """A venue is closed for a while."""

    topic = "events.venue_closed.v1"
    subscribers = ("notify",)
    urgent = True

    closure_id = fields.UUID(required=True)
    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    reason = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)  # None: until further notice


class VenueOpened(_OfCarers):
    """A closure is over before its time, or had no end."""

    topic = "events.venue_opened.v1"
    subscribers = ("notify",)

    closure_id = fields.UUID(required=True)
