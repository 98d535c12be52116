"""events, route by route, by subject."""

from tests.security.asks.events import (
    activities,
    attendance,
    equipment,
    feedback,
    hall,
    lists,
    series,
    venues,
    whats_on,
)

SUBJECTS = (activities, series, attendance, feedback, venues, lists, hall, equipment, whats_on)
ASKS = {key: ask for subject in SUBJECTS for key, ask in subject.ASKS.items()}
