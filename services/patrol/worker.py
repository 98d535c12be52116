"""The door for events: celery -A services.patrol.worker worker -Q patrol.urgent,patrol"""

from services.patrol import consumers, schedules  # noqa: F401  importing registers
from shared import bus, log

log.configure("patrol worker")
celery = bus.serve("patrol")
