"""What members remembers."""

from services.members.models.access import ApiKey, Grant, SignInCode, SignInSession
from services.members.models.agenda import AgendaItem
from services.members.models.base import Base
from services.members.models.erasures import Erasure
from services.members.models.hours import Hours
from services.members.models.imports import ImportBatch, ImportChange, ImportFile
from services.members.models.people import Membership, Person, PersonSkill
from services.members.models.places import Place
from services.members.models.tallies import Tally
from services.members.models.units import NodePlace, OrgNode, Unit

__all__ = [
    "AgendaItem",
    "ApiKey",
    "Base",
    "Erasure",
    "Grant",
    "Hours",
    "ImportBatch",
    "ImportChange",
    "ImportFile",
    "Membership",
    "NodePlace",
    "OrgNode",
    "Person",
    "PersonSkill",
    "Place",
    "SignInCode",
    "SignInSession",
    "Tally",
    "Unit",
]
