"""What notify does when the clock says so."""

from shared import health
from shared.bus import clock

every = clock("notify")
health.beats("notify")
