"""What notify remembers."""

from services.notify.models.base import Base
from services.notify.models.ladders import Ladder, StandDown
from services.notify.models.messages import Message, Text
from services.notify.models.people import Address, OnDuty, Person, Preference, Unit, grants
from services.notify.models.replies import SmsQuestion, SmsReply
from services.notify.models.rules import Rule, Template
from services.notify.models.sendings import Sending, Turn
from services.notify.models.told import ToldCounts

__all__ = [
    "Address",
    "Base",
    "Ladder",
    "Message",
    "OnDuty",
    "Person",
    "Preference",
    "Rule",
    "Sending",
    "SmsQuestion",
    "SmsReply",
    "StandDown",
    "Template",
    "Text",
    "ToldCounts",
    "Turn",
    "Unit",
    "grants",
]
