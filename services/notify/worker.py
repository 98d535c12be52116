"""The door for events: celery -A services.notify.worker worker -Q notify.urgent,notify"""

from services.notify import consumers, schedules  # noqa: F401  importing registers
from shared import bus, log

log.configure("notify worker")
celery = bus.serve("notify")
