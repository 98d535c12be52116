"""Somebody who got at Redis puts messages there that no relay sent: the worker passes over them, and goes on."""

import json
import pickle
from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis

from embedded import valkey
from tests.flows.conftest import CLERK, VOLUNTEER
from tests.flows.test_activity import inbox
from tests.stack import until

QUEUES = ("joint:notify.urgent", "joint:notify")
NONE = ("eta", "expires", "group", "parent_id", "shadow")


def message(task: Any = "notify.receive", args: Any = (), **changes: Any) -> dict[str, Any]:
    """As Celery writes them, with *changes* in its headers."""
    body = b64encode(json.dumps([list(args), {}, {}]).encode()).decode()
    headers = dict.fromkeys(NONE) | {"lang": "py", "task": task, "id": str(uuid4()), "retries": 0}
    headers |= {"timelimit": [None, None], "argsrepr": "", "kwargsrepr": "{}", "origin": "x", "root_id": None}
    info = {"exchange": "", "routing_key": "notify"}
    properties = {"delivery_tag": str(uuid4()), "delivery_mode": 2, "priority": 0, "body_encoding": "base64"}
    return {
        "body": body, "content-encoding": "utf-8", "content-type": "application/json",
        "headers": headers | changes, "properties": {**properties, "delivery_info": info},
    }  # fmt: skip


def without(*names: str) -> dict[str, Any]:
    whole = message(args=[str(uuid4())])
    return {name: part for name, part in whole.items() if name not in names}


PICKLE = {"body": b64encode(pickle.dumps([(), {}, {}])).decode(), "content-type": "application/x-python-serialize"}
FORGED: dict[str, Any] = {
    "no JSON": b"\xff\xfe{",
    "half of one": json.dumps(message())[:100],
    "a number": "5",
    "a list": "[[[]]]",
    "an empty one": "{}",
    "no headers": without("headers"),
    "no properties": without("properties"),
    "no body": without("body"),
    "a body that is no base64": message() | {"body": "é"},
    "a body that is no JSON": message() | {"body": b64encode(b"\xff{").decode()},
    "a body of another shape": message() | {"body": b64encode(b'{"x": 1}').decode()},
    "a pickle": message() | PICKLE,
    "a task that nobody knows": message("notify.erase_everything"),
    "a task that is no name": message({"x": 1}),
    "no id": message(args=[str(uuid4())], id=None),
    "a time that is none": message(args=[str(uuid4())], eta="yesterday"),
    "limits that are none": message(args=[str(uuid4())], timelimit="x"),
    "no arguments": message(),
    "an id that is none": message(args=["x"]),
    "a delivery that is not": message(args=[str(uuid4()), 1]),
    "another service's": message("patrol.receive", [str(uuid4()), 1]),
    "a million characters": message(args=["x" * 1_000_000]),
    "an attempt that is none": message(args=[str(uuid4()), {"x": []}]),
}


@pytest.fixture
def broker(product):
    with Redis.from_url(valkey.url(product.data / "valkey")) as broker:
        yield broker


def test_the_worker_goes_on_after_messages_that_no_relay_sent(product, who, activity, broker):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)
    workers = product.pids("celery")
    left_before = unfinished(broker)
    for forged in FORGED.values():
        for queue in QUEUES:
            broker.rpush(queue, forged if isinstance(forged, str | bytes) else json.dumps(forged))

    posted = unit.post("/events/activities", activity)
    clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])

    assert len(until(lambda: inbox(volunteer, activity["title"]), 60)) == 1
    until(lambda: not any(broker.llen(queue) for queue in QUEUES), 60)
    assert product.pids("celery") == workers
    until(lambda: unfinished(broker) <= left_before, 60)


def unfinished(broker: Redis) -> set[bytes | str]:
    """What workers hold. What a killed one held stays until its time is over; it is rung for again meanwhile."""
    return set(broker.hkeys("joint:unacked"))
