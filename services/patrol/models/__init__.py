"""What patrol remembers."""

from services.patrol.models.base import Base, Person
from services.patrol.models.calls import Alarm, Sos
from services.patrol.models.places import Checkpoint, Zone
from services.patrol.models.reports import CheckIn, Trouble
from services.patrol.models.shifts import Crew, Shift
from services.patrol.models.squads import Squad, SquadMember, Stop

__all__ = [
    "Alarm",
    "Base",
    "CheckIn",
    "Checkpoint",
    "Crew",
    "Person",
    "Shift",
    "Sos",
    "Squad",
    "SquadMember",
    "Stop",
    "Trouble",
    "Zone",
]
