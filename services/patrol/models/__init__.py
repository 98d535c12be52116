"""What patrol remembers."""

from services.patrol.models.base import Base, Person
from services.patrol.models.calls import Alarm, Sos
from services.patrol.models.cases import (
    ABOUT_PEOPLE,
    CASE_CHANNELS,
    CASE_GROUPS,
    CASE_KINDS,
    CASE_STATES,
    CASE_STEPS,
    ENDED_CASES,
    OPEN_CASES,
    PAUSES,
    SEVERITIES,
    Case,
    CaseReport,
    CaseRule,
    CaseStep,
)
from services.patrol.models.checklists import Checklist
from services.patrol.models.covers import Cover, CoverAsk, Swap
from services.patrol.models.key_areas import KeyArea, KeyAreaDay, KeyAreaPlace, Tip
from services.patrol.models.knocks import Knock
from services.patrol.models.looking_again import SecondLook
from services.patrol.models.photos import Photo
from services.patrol.models.places import Checkpoint, Zone
from services.patrol.models.plans import Pattern, Place, Plan, Slot
from services.patrol.models.reports import CheckIn, Trouble
from services.patrol.models.responses import Response, ResponseCall, ResponseLog
from services.patrol.models.shifts import Crew, Shift
from services.patrol.models.squads import Squad, SquadMember, Stop
from services.patrol.models.units import Unit
from services.patrol.models.volunteers import Volunteer
from services.patrol.models.way import Check, Confirmation, JoinTry, Pause, Skip
from services.patrol.models.weather import WeatherMode

__all__ = [
    "ABOUT_PEOPLE",
    "CASE_CHANNELS",
    "CASE_GROUPS",
    "CASE_KINDS",
    "CASE_STATES",
    "CASE_STEPS",
    "ENDED_CASES",
    "OPEN_CASES",
    "PAUSES",
    "SEVERITIES",
    "Alarm",
    "Base",
    "Case",
    "CaseReport",
    "CaseRule",
    "CaseStep",
    "Check",
    "CheckIn",
    "Checklist",
    "Checkpoint",
    "Confirmation",
    "Cover",
    "CoverAsk",
    "Crew",
    "JoinTry",
    "KeyArea",
    "KeyAreaDay",
    "KeyAreaPlace",
    "Knock",
    "Pattern",
    "Pause",
    "Person",
    "Photo",
    "Place",
    "Plan",
    "Response",
    "ResponseCall",
    "ResponseLog",
    "SecondLook",
    "Shift",
    "Skip",
    "Slot",
    "Sos",
    "Squad",
    "SquadMember",
    "Stop",
    "Swap",
    "Tip",
    "Trouble",
    "Unit",
    "Volunteer",
    "WeatherMode",
    "Zone",
]
