"""What events does when the clock says so."""

from shared import health
from shared.bus import clock

every = clock("events")
health.beats("events")
