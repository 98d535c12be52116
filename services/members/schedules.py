"""What members does when the clock says so."""

from shared import health
from shared.bus import clock

every = clock("members")
health.beats("members")
