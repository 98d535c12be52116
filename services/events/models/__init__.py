"""What events remembers."""

from services.events.models.activities import FORMS, KINDS, REACHES, STATES, Activity
from services.events.models.base import Base, Label, Person, Unit
from services.events.models.feeds import Feed
from services.events.models.sign_ups import SIGN_UP_STATES, TURNS, SignUp

__all__ = [
    "FORMS",
    "KINDS",
    "REACHES",
    "SIGN_UP_STATES",
    "STATES",
    "TURNS",
    "Activity",
    "Base",
    "Feed",
    "Label",
    "Person",
    "SignUp",
    "Unit",
]
