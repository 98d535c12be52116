"""What patrol remembers."""

from services.patrol.models.base import (
    Base,
    Person,
)
from services.patrol.models.calls import (
    Alarm,
    Sos,
)
from services.patrol.models.checklists import (
    Checklist,
)
from services.patrol.models.covers import (
    Cover,
    CoverAsk,
    Swap,
)
from services.patrol.models.key_areas import (
    KeyArea,
    KeyAreaDay,
    KeyAreaPlace,
    Tip,
)
from services.patrol.models.places import (
    Checkpoint,
    Zone,
)
from services.patrol.models.plans import (
    Pattern,
    Place,
    Plan,
    Slot,
)
from services.patrol.models.reports import (
    CheckIn,
    Trouble,
)
from services.patrol.models.shifts import (
    Crew,
    Shift,
)
from services.patrol.models.squads import (
    Squad,
    SquadMember,
    Stop,
)
from services.patrol.models.volunteers import (
    Volunteer,
)
from services.patrol.models.way import (
    Check,
    Confirmation,
    JoinTry,
    Pause,
    Skip,
)

__all__ = [
    "Alarm",
    "Base",
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
    "Pattern",
    "Pause",
    "Person",
    "Place",
    "Plan",
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
    "Volunteer",
    "Zone",
]
