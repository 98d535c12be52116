"""What patrol does when the clock says so."""

from services.patrol.domain import shifts, silence
from shared import health
from shared.bus import clock

every = clock("patrol")
health.beats("patrol")


@every(5, urgent=True)
def look_for_silence(db):
    silence.look_for_silence(db)


@every(600)
def end_forgotten_shifts(db):
    shifts.end_forgotten(db)
