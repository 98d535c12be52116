"""What patrol tells the others: shifts, trouble, silence, calls for help."""

from shared.schemas.patrol.calls import STEPS, SosAcknowledged, SosRaised, SosStoodDown, SquadIsWell, SquadWentSilent
from shared.schemas.patrol.roster import (
    CoverAsked,
    CoverEnded,
    CoverFoundNobody,
    RosterAsked,
    RosterPublished,
    ShiftSwapEnded,
    ShiftSwapOffered,
)
from shared.schemas.patrol.shifts import ShiftAssigned, ShiftCancelled, ShiftEnded, ShiftStarted
from shared.schemas.patrol.troubles import TroubleReported

__all__ = [
    "STEPS",
    "CoverAsked",
    "CoverEnded",
    "CoverFoundNobody",
    "RosterAsked",
    "RosterPublished",
    "ShiftAssigned",
    "ShiftCancelled",
    "ShiftEnded",
    "ShiftStarted",
    "ShiftSwapEnded",
    "ShiftSwapOffered",
    "SosAcknowledged",
    "SosRaised",
    "SosStoodDown",
    "SquadIsWell",
    "SquadWentSilent",
    "TroubleReported",
]
