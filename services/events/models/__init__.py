"""What events remembers."""

from services.events.models.activities import FORMS, KINDS, REACHES, STATES, Activity
from services.events.models.base import Base, Label, Person, Unit
from services.events.models.changes import SWAP_STATES, Poll, PollAnswer, Swap
from services.events.models.days import DAY_KINDS, Day
from services.events.models.feeds import Feed
from services.events.models.series import ON_DAYS, SERIES_STATES, Series, StandingPlace, Template
from services.events.models.sign_ups import SIGN_UP_STATES, TURNS, SignUp

__all__ = [
    "DAY_KINDS",
    "FORMS",
    "KINDS",
    "ON_DAYS",
    "REACHES",
    "SERIES_STATES",
    "SIGN_UP_STATES",
    "STATES",
    "SWAP_STATES",
    "TURNS",
    "Activity",
    "Base",
    "Day",
    "Feed",
    "Label",
    "Person",
    "Poll",
    "PollAnswer",
    "Series",
    "SignUp",
    "StandingPlace",
    "Swap",
    "Template",
    "Unit",
]
