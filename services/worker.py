"""All four services' doors for events in one worker: celery -A services.worker worker"""

from services import doors  # noqa: F401  importing registers
from shared import bus, log

log.configure("worker")
celery = bus.serve(*bus.SERVICES)
