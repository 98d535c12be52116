"""What patrol remembers."""

from services.patrol.models.base import Base, Person
from services.patrol.models.calls import Alarm, Sos
from services.patrol.models.covers import Cover, CoverAsk, Swap
from services.patrol.models.places import Checkpoint, Zone
from services.patrol.models.plans import Pattern, Place, Plan, Slot
from services.patrol.models.reports import CheckIn, Trouble
from services.patrol.models.shifts import Crew, Shift
from services.patrol.models.squads import Squad, SquadMember, Stop
from services.patrol.models.volunteers import Volunteer

__all__ = [
    "Alarm",
    "Base",
    "CheckIn",
    "Checkpoint",
    "Cover",
    "CoverAsk",
    "Crew",
    "Pattern",
    "Person",
    "Place",
    "Plan",
    "Shift",
    "Slot",
    "Sos",
    "Squad",
    "SquadMember",
    "Stop",
    "Swap",
    "Trouble",
    "Volunteer",
    "Zone",
]
