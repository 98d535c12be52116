"""What patrol tells the others: shifts, trouble, silence, calls for help."""

from shared.schemas.patrol.calls import STEPS, SosAcknowledged, SosRaised, SosStoodDown, SquadIsWell, SquadWentSilent
from shared.schemas.patrol.cases import CaseFixed, CaseMoved, CaseOverdue, CaseReporterReached, CaseRouted
from shared.schemas.patrol.responses import (
    EMERGENCIES,
    SEVERITIES,
    TASKS,
    ResponseAnswered,
    ResponseReviewDue,
    ResponseRung,
    ResponseStoodDown,
)
from shared.schemas.patrol.roster import (
    CoverAsked,
    CoverEnded,
    CoverFoundNobody,
    RosterAsked,
    RosterPublished,
    ShiftSwapEnded,
    ShiftSwapOffered,
)
from shared.schemas.patrol.shifts import (
    CrewJoined,
    ShiftAssigned,
    ShiftCancelled,
    ShiftEnded,
    ShiftRestored,
    ShiftStarted,
)
from shared.schemas.patrol.troubles import TroubleReported
from shared.schemas.patrol.weather import LEVELS, WEATHERS, WeatherModeChanged

__all__ = [
    "EMERGENCIES",
    "LEVELS",
    "SEVERITIES",
    "STEPS",
    "TASKS",
    "WEATHERS",
    "CaseFixed",
    "CaseMoved",
    "CaseOverdue",
    "CaseReporterReached",
    "CaseRouted",
    "CoverAsked",
    "CoverEnded",
    "CoverFoundNobody",
    "CrewJoined",
    "ResponseAnswered",
    "ResponseReviewDue",
    "ResponseRung",
    "ResponseStoodDown",
    "RosterAsked",
    "RosterPublished",
    "ShiftAssigned",
    "ShiftCancelled",
    "ShiftEnded",
    "ShiftRestored",
    "ShiftStarted",
    "ShiftSwapEnded",
    "ShiftSwapOffered",
    "SosAcknowledged",
    "SosRaised",
    "SosStoodDown",
    "SquadIsWell",
    "SquadWentSilent",
    "TroubleReported",
    "WeatherModeChanged",
]
