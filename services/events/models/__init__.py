"""What events remembers."""

from services.events.models.activities import FORMS, KINDS, REACHES, STATES, Activity
from services.events.models.attendance import SOURCES, Attendance, Sheet, Try
from services.events.models.base import Base, Label, Person, Unit
from services.events.models.bookings import BOOKING_KINDS, BOOKING_STATES, HELD, LONGEST_BOOKING, Booking, BookingSeries
from services.events.models.changes import SWAP_STATES, Poll, PollAnswer, Swap
from services.events.models.claims import CLAIM_STATES, PROJECT_STATES, Claim, Partner, Project
from services.events.models.days import DAY_KINDS, Day
from services.events.models.equipment import (
    CONDITIONS,
    EQUIPMENT_KINDS,
    HOLDING,
    LOAN_STATES,
    OVERDUE_STEPS,
    Equipment,
    Loan,
)
from services.events.models.family_services import (
    FAMILY_TYPES,
    OPEN_REQUESTS,
    REQUEST_STATES,
    SATISFACTION,
    FamilyService,
    ServiceCell,
    ServiceRequest,
)
from services.events.models.feedback import FEEDBACK_SOURCES, LARGEST_VOICE, QUESTIONS, VOICES, Feedback, FeedbackTold
from services.events.models.feeds import Feed
from services.events.models.hours import HOURS_ON, NOTES, WEATHER, VenueClosure, VenueException, VenueHours
from services.events.models.jobs import JOB_STATES, REFERRAL_STATES, Job, Referral
from services.events.models.listed import LISTED_KINDS, MEASURES, THINGS, TIMES
from services.events.models.needs import DECISIONS, NEED_STATES, Need, Support
from services.events.models.offers import MATCH_STATES, OFFER_STATES, Match, Offer
from services.events.models.reminders import Reminder
from services.events.models.series import ON_DAYS, SERIES_STATES, Series, StandingPlace, Template
from services.events.models.sign_ups import BY, NAMED_BY_UNIT, PARTS, SEATED, SIGN_UP_STATES, TURNS, Guest, SignUp
from services.events.models.speakers import CONSENTS, Speaker, SpeakerTopic
from services.events.models.terms import TERM_STATES, Term, TermSlot
from services.events.models.topics import TOPIC_GROUPS, Topic, TopicTally, TopicVote
from services.events.models.troupes import DISCIPLINES, INVITATION_STATES, Troupe, TroupeInvitation, TroupeMember
from services.events.models.venues import PLACES, STEP_FREE, VENUE_KINDS, StewardDuty, Venue, VenueSteward
from services.events.models.weather import WeatherMode
from services.events.models.wishes import FINDINGS, Clearance, Wish

__all__ = [
    "BOOKING_KINDS",
    "BOOKING_STATES",
    "BY",
    "CLAIM_STATES",
    "CONDITIONS",
    "CONSENTS",
    "DAY_KINDS",
    "DECISIONS",
    "DISCIPLINES",
    "EQUIPMENT_KINDS",
    "FAMILY_TYPES",
    "FEEDBACK_SOURCES",
    "FINDINGS",
    "FORMS",
    "HELD",
    "HOLDING",
    "HOURS_ON",
    "INVITATION_STATES",
    "JOB_STATES",
    "KINDS",
    "LARGEST_VOICE",
    "LISTED_KINDS",
    "LOAN_STATES",
    "LONGEST_BOOKING",
    "MATCH_STATES",
    "MEASURES",
    "NAMED_BY_UNIT",
    "NEED_STATES",
    "NOTES",
    "OFFER_STATES",
    "ON_DAYS",
    "OPEN_REQUESTS",
    "OVERDUE_STEPS",
    "PARTS",
    "PLACES",
    "PROJECT_STATES",
    "QUESTIONS",
    "REACHES",
    "REFERRAL_STATES",
    "REQUEST_STATES",
    "SATISFACTION",
    "SEATED",
    "SERIES_STATES",
    "SIGN_UP_STATES",
    "SOURCES",
    "STATES",
    "STEP_FREE",
    "SWAP_STATES",
    "TERM_STATES",
    "THINGS",
    "TIMES",
    "TOPIC_GROUPS",
    "TURNS",
    "VENUE_KINDS",
    "VOICES",
    "WEATHER",
    "Activity",
    "Attendance",
    "Base",
    "Booking",
    "BookingSeries",
    "Claim",
    "Clearance",
    "Day",
    "Equipment",
    "FamilyService",
    "Feed",
    "Feedback",
    "FeedbackTold",
    "Guest",
    "Job",
    "Label",
    "Loan",
    "Match",
    "Need",
    "Offer",
    "Partner",
    "Person",
    "Poll",
    "PollAnswer",
    "Project",
    "Referral",
    "Reminder",
    "Series",
    "ServiceCell",
    "ServiceRequest",
    "Sheet",
    "SignUp",
    "Speaker",
    "SpeakerTopic",
    "StandingPlace",
    "StewardDuty",
    "Support",
    "Swap",
    "Template",
    "Term",
    "TermSlot",
    "Topic",
    "TopicTally",
    "TopicVote",
    "Troupe",
    "TroupeInvitation",
    "TroupeMember",
    "Try",
    "Unit",
    "Venue",
    "VenueClosure",
    "VenueException",
    "VenueHours",
    "VenueSteward",
    "WeatherMode",
    "Wish",
]
