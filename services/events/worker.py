"""The door for events: celery -A services.events.worker worker -Q events.urgent,events"""

from services.events import consumers, schedules  # noqa: F401  importing registers
from shared import bus, log

log.configure("events worker")
celery = bus.serve("events")
