"""The names by which relay and workers find one another, and the bell itself; it imports next to nothing.

The relay has no use for Celery but the form of its messages, so it makes them itself: one costs a tenth of what
Celery's own sending costs, and the relay a third of the memory. tests/shared/test_queues.py holds them to Celery's.
"""

from base64 import b64encode
from uuid import UUID, uuid4

import orjson

SERVICES = ("members", "events", "patrol", "notify")

#: The channel on which workers tell the relay that what they were at is lost.
BEGUN_ANEW = "begun_anew"

#: What the names of all queues begin with in Redis.
PREFIX = "joint:"


def queue_of(subscriber: str, *, urgent: bool) -> str:
    return f"{subscriber}.urgent" if urgent else subscriber


QUEUES = [queue_of(service, urgent=urgent) for service in SERVICES for urgent in (True, False)]


def task_name(service: str) -> str:
    return f"{service}.receive"


def bell(service: str, queue: str, delivery_id: UUID, attempt: int) -> bytes:
    """The message that asks *service* to look at a delivery, as kombu lays it into a list of Redis."""
    bell_id = str(uuid4())
    body = orjson.dumps([[str(delivery_id), attempt], {}, NOTHING_AFTERWARDS])
    headers = HEADERS | {"task": task_name(service), "id": bell_id, "root_id": bell_id}
    properties = {
        "correlation_id": bell_id,
        "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": queue},
        "priority": 0,
        "body_encoding": "base64",
        "delivery_tag": bell_id,
    }
    return orjson.dumps({"body": b64encode(body).decode(), **CONTENT, "headers": headers, "properties": properties})


NOTHING_AFTERWARDS = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
CONTENT = {"content-type": "application/json", "content-encoding": "utf-8"}
HEADERS = {"lang": "py", "retries": 0, "timelimit": [None, None], "eta": None, "expires": None, "parent_id": None}
