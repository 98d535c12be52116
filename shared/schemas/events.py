"""What events tells the others: activities and who goes there."""

from marshmallow import fields, validate

from shared.schemas.event import Event
from shared.schemas.fields import Audience


class _Activity(Event):
    """What all news of an activity carries."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    reach = fields.String(required=True, validate=validate.OneOf(["all", "unit", "guests"]))  # by the kind of the key


class ActivitySubmitted(_Activity):
    """A unit asks for its activity to be published."""

    topic = "events.activity_submitted.v1"
    subscribers = ("notify",)


class ActivitySentBack(_Activity):
    """A clerk wants something about an activity changed first."""

    topic = "events.activity_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class ActivityPublished(_Activity):
    """An activity is open to its audience."""

    topic = "events.activity_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)


class ActivityChanged(_Activity):
    """Something that matters to those who signed up is different now; up to 500 of them an event."""

    topic = "events.activity_changed.v1"
    subscribers = ("notify",)

    changed = fields.List(fields.String(), required=True)  # names of fields
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityCalledOff(_Activity):
    """An activity will not take place; up to 500 of those who signed up an event."""

    topic = "events.activity_called_off.v1"
    subscribers = ("events", "notify")
    urgent = True

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


#: What can be new about a sign-up; the last three: a seat was passed on to somebody, they would not have it, or
#: somebody said yes to a seat when it was too late.
SIGN_UP_NEWS = ("going", "waiting", "moved_up", "cancelled", "passed_on", "declined", "offer_over")


class SignUpChanged(_Activity):
    """Somebody has a seat, waits for one, got one after waiting, or cancelled."""

    topic = "events.sign_up_changed.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to confirm a sign-up to the person"

    person_id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(SIGN_UP_NEWS))


class SeatOffered(_Activity):
    """A seat came free and is held for somebody who waited, until then."""

    topic = "events.seat_offered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask the person whether they take the seat"

    offer_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    until = fields.AwareDateTime(required=True)


class SeatOfferEnded(_Activity):
    """Somebody took a seat that was held for them, left it, or let its time pass: nobody need answer any more."""

    topic = "events.seat_offer_ended.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the person that the seat is not held any longer"

    offer_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["accepted", "declined", "expired"]))


class SignedUpFor(_Activity):
    """Somebody else signed this person up: the desk, after a telephone call or not, or a neighbour."""

    topic = "events.signed_up_for.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the person who signed them up, so that they can say no"

    asked_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    by = fields.String(required=True, validate=validate.OneOf(["clerk", "phone", "neighbour"]))
    by_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["going", "waiting"]))


class AttendanceCredited(_Activity):
    """These members were there for so long; up to 500 an event. Of a person and an activity the latest news counts."""

    topic = "events.attendance_credited.v1"
    subscribers = ("members",)
    data_class = "C"
    purpose = "to keep the account of hours that a certificate is made from"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))
    minutes = fields.Integer(required=True)
    provenance = fields.String(required=True, validate=validate.OneOf(["measured", "paper"]))


class AttendanceWithdrawn(_Activity):
    """These members were not there after all; up to 500 an event."""

    topic = "events.attendance_withdrawn.v1"
    subscribers = ("members",)
    data_class = "C"
    purpose = "to take back what the account of hours was credited with"

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))


class SwapOffered(_Activity):
    """Somebody cannot come, and offers their seat to this person."""

    topic = "events.swap_offered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask the person whether they want the seat"

    swap_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    from_name = fields.String(required=True)


class ActivityPostponed(_Activity):
    """An activity takes place later; up to 500 of those who signed up an event.

    dated: the times are the new ones. Otherwise they are open; options: the starts of which people may choose.
    """

    topic = "events.activity_postponed.v1"
    subscribers = ("notify",)
    urgent = True

    reason = fields.String(required=True)
    dated = fields.Boolean(required=True)
    options = fields.List(fields.AwareDateTime(), load_default=list)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityWithdrawn(_Activity):
    """An activity was published too early and is being worked on again; up to 500 of those who signed up an event."""

    topic = "events.activity_withdrawn.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class ActivityRestored(_Activity):
    """What was called off or withdrawn takes place after all; up to 500 of those who signed up an event."""

    topic = "events.activity_restored.v1"
    subscribers = ("notify",)
    urgent = True

    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class _Series(Event):
    """What all news of a series carries."""

    series_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    place = fields.String(required=True)
    reach = fields.String(required=True, validate=validate.OneOf(["all", "unit", "guests"]))


class SeriesSubmitted(_Series):
    """A unit asks for its series to be published."""

    topic = "events.series_submitted.v1"
    subscribers = ("notify",)


class SeriesSentBack(_Series):
    """A clerk wants something about a series changed first."""

    topic = "events.series_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class SeriesPublished(_Series):
    """A series is open to its audience: one piece of news for all that is to come. The times are the first ones."""

    topic = "events.series_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)
    state = fields.String(required=True, validate=validate.OneOf(["going", "waiting", "moved_up", "cancelled"]))


#: Why a venue is closed, what can be decided about a booking, and why the system lets go of one.
CAUSES = ("cold", "air", "works", "event", "other")
DECISIONS = ("confirmed", "moved_up", "rejected", "cancelled", "moved")
RELEASES = ("not_confirmed", "not_decided", "called_off")


class _Venue(Event):
    """What all news of a venue carries."""

    venue_id = fields.UUID(required=True)
    place = fields.String(required=True)  # what it is called
    unit_id = fields.UUID(required=True)  # that runs it


class _OfCarers(_Venue):
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


class _Booking(_Venue):
    """What all news of a booking carries."""

    booking_id = fields.UUID(required=True)
    title = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class SeriesChanged(_Series):
    """A series is different from some day on; up to 500 of those who count on it an event."""

    topic = "events.series_changed.v1"
    subscribers = ("notify",)

    changed = fields.List(fields.String(), required=True)  # names of fields
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class SeriesEnded(_Series):
    """A series does not go on; up to 500 of those who counted on it an event."""

    topic = "events.series_ended.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))


class BookingAsked(_Booking):
    """Somebody would like to use a venue; of a series, the first time."""

    topic = "events.booking_asked.v1"
    subscribers = ("notify",)

    count = fields.Integer(required=True)


class _OfHolder(_Booking):
    """News for who asked for the booking."""

    data_class = "C"
    purpose = "to tell the person who booked"

    person_id = fields.UUID(required=True)


class BookingDecided(_OfHolder):
    """A booking was confirmed, or got the time for which it waited, or was turned down, called off or moved."""

    topic = "events.booking_decided.v1"
    subscribers = ("notify",)

    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    reason = fields.String(required=True)
    count = fields.Integer(required=True)  # of a series: how many; the facts are those of the first


class BookingToConfirm(_OfHolder):
    """A series goes on for another month if somebody says so by then."""

    topic = "events.booking_to_confirm.v1"
    subscribers = ("notify",)

    answer_by = fields.AwareDateTime(required=True)
    count = fields.Integer(required=True)


class BookingReleased(_OfHolder):
    """The system let go of bookings: nobody confirmed or decided them, or their activity was called off."""

    topic = "events.booking_released.v1"
    subscribers = ("notify",)

    release = fields.String(required=True, validate=validate.OneOf(RELEASES))
    count = fields.Integer(required=True)


class BookingsSuspended(_OfHolder):
    """A closure takes bookings of one person; the facts are those of the first."""

    topic = "events.bookings_suspended.v1"
    subscribers = ("notify",)
    urgent = True

    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    reason = fields.String(required=True)
    count = fields.Integer(required=True)


class BookingsRestored(_OfHolder):
    """The venue is open again: these bookings hold as before; the facts are those of the first."""

    topic = "events.bookings_restored.v1"
    subscribers = ("notify",)

    count = fields.Integer(required=True)


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


class _Term(Event):
    """What all news of a term of the lecture hall carries."""

    term_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class TermPublished(_Term):
    """A term of lectures is open to everybody: one piece of news for all. The times are from the first to the last."""

    topic = "events.term_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    lectures = fields.Integer(required=True)


class SpeakerBooked(_Term):
    """A speaker is wanted for these topics at these times, in the same order."""

    topic = "events.speaker_booked.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the speaker when they speak"

    person_id = fields.UUID(required=True)
    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)


class SpeakerReleased(_Term):
    """Somebody else speaks in their place."""

    topic = "events.speaker_released.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell the speaker that they need not come"

    person_id = fields.UUID(required=True)
    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)


class SpeakerWithdrew(_Term):
    """Lectures that were announced have nobody who speaks any more."""

    topic = "events.speaker_withdrew.v1"
    subscribers = ("notify",)

    topics = fields.List(fields.String(), required=True)
    starts = fields.List(fields.AwareDateTime(), required=True)


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


class ServiceRequested(Event):
    """Somebody asks for one of the ten services. Who and why is read by the unit, and does not travel."""

    topic = "events.service_requested.v1"
    subscribers = ("notify",)

    request_id = fields.UUID(required=True)
    title = fields.String(required=True)  # the service
    unit_id = fields.UUID(required=True, allow_none=True)
    owned = fields.Boolean(required=True)  # whether a unit gives it


class ServiceAnswered(Event):
    """Whoever asked for a service learns what comes of it."""

    topic = "events.service_answered.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to tell whoever asked"

    request_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_name = fields.String(required=True)
    person_id = fields.UUID(required=True)
    result = fields.String(required=True, validate=validate.OneOf(["taken", "done", "unmet"]))
    reason = fields.String(required=True)


class _Job(Event):
    """What all news of a job carries."""

    job_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)


class JobSubmitted(_Job):
    """A unit asks for its job to be published."""

    topic = "events.job_submitted.v1"
    subscribers = ("notify",)


class JobSentBack(_Job):
    """A clerk wants something about a job changed first."""

    topic = "events.job_sent_back.v1"
    subscribers = ("notify",)

    reason = fields.String(required=True)


class JobPublished(_Job):
    """A job is open."""

    topic = "events.job_published.v1"
    subscribers = ("notify",)

    audience = fields.Nested(Audience, required=True)
    place = fields.String(required=True)
    pay = fields.String(required=True)
    hours = fields.String(required=True)


class JobExpired(_Job):
    """A job's last day is over, and it came off the list."""

    topic = "events.job_expired.v1"
    subscribers = ("notify",)


class JobReferred(_Job):
    """Somebody who agreed to it was referred to a job. Who it is the unit reads itself."""

    topic = "events.job_referred.v1"
    subscribers = ("notify",)


class JobOutcomeAsked(_Job):
    """Thirty days after a referral nobody has said how it went."""

    topic = "events.job_outcome_asked.v1"
    subscribers = ("notify",)
    data_class = "C"
    purpose = "to ask whoever referred somebody"

    referral_id = fields.UUID(required=True)
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=500))
