"""All four services' doors for events in one worker: celery -A services.worker worker"""

import gc

from services import doors  # noqa: F401  importing registers
from shared import bus, log

log.configure("worker")
celery = bus.serve(*bus.SERVICES)

# What is there now stays: children that never look at it for garbage go on sharing its memory.
gc.collect()
gc.freeze()
