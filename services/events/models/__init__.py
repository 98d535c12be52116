"""What events remembers."""

from services.events.models.activities import FORMS, KINDS, REACHES, STATES, Activity
from services.events.models.attendance import SOURCES, Attendance, Sheet, Try
from services.events.models.base import Base, Label, Person, Unit
from services.events.models.changes import SWAP_STATES, Poll, PollAnswer, Swap
from services.events.models.days import DAY_KINDS, Day
from services.events.models.feeds import Feed
from services.events.models.series import ON_DAYS, SERIES_STATES, Series, StandingPlace, Template
from services.events.models.sign_ups import BY, NAMED_BY_UNIT, PARTS, SEATED, SIGN_UP_STATES, TURNS, Guest, SignUp

__all__ = [
    "BY",
    "DAY_KINDS",
    "FORMS",
    "KINDS",
    "NAMED_BY_UNIT",
    "ON_DAYS",
    "PARTS",
    "REACHES",
    "SEATED",
    "SERIES_STATES",
    "SIGN_UP_STATES",
    "SOURCES",
    "STATES",
    "SWAP_STATES",
    "TURNS",
    "Activity",
    "Attendance",
    "Base",
    "Day",
    "Feed",
    "Guest",
    "Label",
    "Person",
    "Poll",
    "PollAnswer",
    "Series",
    "Sheet",
    "SignUp",
    "StandingPlace",
    "Swap",
    "Template",
    "Try",
    "Unit",
]
