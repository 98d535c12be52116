"""A committee of the bench's own, whose members all have a browser that wants to be pushed news at any hour.

They are written straight into notify's tables, as if members had told of them and their browsers had subscribed. All
browsers share one pair of keys, so that making 100,000 of them is not what takes the time; sealing a message for one
costs the same either way.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg

from bench.product import Product
from shared import db
from shared.crypto import seal
from shared.outbox import publish
from shared.schemas.events import ActivityPublished
from tests.standin.push import subscription

PEOPLE = """
    COPY notify.people (committee_id, person_id, name, groups, skills, language, active, changed_at) FROM STDIN
"""
ADDRESSES = """
    COPY notify.addresses (committee_id, person_id, channel, address, label, created_at) FROM STDIN
"""
WISHES = """
    INSERT INTO notify.preferences (committee_id, person_id, quiet_from, quiet_until, off)
    SELECT committee_id, person_id, '00:00', '00:00', '{}' FROM notify.people WHERE committee_id = %s
"""


def make(product: Product, count: int, services: list[str]) -> UUID:
    """So many members, shared among these push services; return their committee."""
    committee = uuid4()
    with product.postgres() as owner, owner.transaction():
        code = f"bench-{committee.hex[:8]}"
        owner.execute("INSERT INTO bus.committees (id, code, name) VALUES (%s, %s, %s)", [committee, code, "bench"])
        _write(owner, committee, count, services)
        owner.execute(WISHES, [committee])
    with product.postgres() as owner:
        owner.execute("ANALYZE notify.people, notify.addresses, notify.preferences")
    return committee


def subscriptions(count: int, services: list[str]) -> list[dict]:
    """What so many browsers would have given to the page."""
    same = subscription("bench", services[0])
    return [same | {"endpoint": f"{services[n % len(services)]}/push/{n}"} for n in range(count)]


def publish_to_all(committee: UUID) -> UUID:
    """An activity for everybody, as the service events publishes it; return the event."""
    begins = datetime.now(UTC) + timedelta(days=1)
    facts: dict[str, Any] = {
        "activity_id": uuid4(),
        "title": "社区健身日",
        "unit_id": uuid4(),
        "unit_name": "体工二大队党支部",
    }
    facts |= {"place": "体工二大队操场", "starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    with db.transaction("events", committee) as tx:
        return publish(tx, ActivityPublished, **facts, reach="all", audience={"everyone": True})


def _write(owner: psycopg.Connection, committee: UUID, count: int, services: list[str]) -> None:
    people = [uuid4() for _ in range(count)]
    now = datetime.now(UTC)
    with owner.cursor().copy(PEOPLE) as rows:
        for n, person in enumerate(people):
            rows.write_row((committee, person, f"党员{n}", [], [], "zh", True, now))
    with owner.cursor().copy(ADDRESSES) as rows:
        for person, browser in zip(people, subscriptions(count, services), strict=True):
            sealed = seal(orjson.dumps(browser).decode(), "notify.addresses.address")
            rows.write_row((committee, person, "web_push", sealed, "bench", now))
