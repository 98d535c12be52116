"""What patrol tells the others: shifts, trouble, silence, calls for help."""

from shared.schemas.patrol.calls import STEPS, SosAcknowledged, SosRaised, SosStoodDown, SquadIsWell, SquadWentSilent
from shared.schemas.patrol.shifts import ShiftAssigned, ShiftCancelled, ShiftEnded, ShiftStarted
from shared.schemas.patrol.troubles import TroubleReported

__all__ = [
    "STEPS",
    "ShiftAssigned",
    "ShiftCancelled",
    "ShiftEnded",
    "ShiftStarted",
    "SosAcknowledged",
    "SosRaised",
    "SosStoodDown",
    "SquadIsWell",
    "SquadWentSilent",
    "TroubleReported",
]
