"""The door for events: celery -A services.members.worker worker -Q members.urgent,members"""

from services.members import consumers, schedules  # noqa: F401  importing registers
from shared import bus, log

log.configure("members worker")
celery = bus.serve("members")
