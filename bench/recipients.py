"""A committee of the bench's own, whose members all want to hear news at any hour, by one channel.

They are written straight into notify's tables, as if members had told of them and their browsers had subscribed. All
browsers share one pair of keys, so that making 100,000 of them is not what takes the time; sealing a message for one
costs the same either way. News goes by no SMS: for that, the rule of new activities is made an alarm there.
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
    COPY notify.people (committee_id, person_id, name, groups, skills, language, active, changed_at, phone, email)
    FROM STDIN
"""
ADDRESSES = """
    COPY notify.addresses (committee_id, person_id, channel, address, label, created_at) FROM STDIN
"""
WISHES = """
    INSERT INTO notify.preferences (committee_id, person_id, quiet_from, quiet_until, off)
    SELECT committee_id, person_id, '00:00', '00:00', '{}' FROM notify.people WHERE committee_id = %s
"""
RULES = """
    INSERT INTO notify.rules (committee_id, code, topic, condition, audience, template, class, needs_answer, channels,
                              thread, link, why, "on", version)
    SELECT %(ours)s, code, topic, condition, audience, template, 'critical', needs_answer, '{inbox,sms}',
           thread, link, why, "on", 1
    FROM notify.rules WHERE code = 'new_activity' AND committee_id = %(theirs)s
"""
TEMPLATES = """
    INSERT INTO notify.templates (committee_id, code, language, version, title, body, sms_code, created_at, created_by)
    SELECT %(ours)s, code, language, 1, title, body, 'SMS_NOTICE', now(), 'bench'
    FROM notify.templates WHERE code = 'new_activity' AND committee_id = %(theirs)s AND version = 1
"""


def make(product: Product, count: int, channel: str, service: str = "") -> UUID:
    """So many members with a way to them by this channel; return their committee. *service*: the push service."""
    committee = uuid4()
    with product.postgres() as owner, owner.transaction():
        code = f"bench-{committee.hex[:8]}"
        owner.execute("INSERT INTO bus.committees (id, code, name) VALUES (%s, %s, %s)", [committee, code, "bench"])
        people = _write(owner, committee, count, channel)
        if channel == "web_push":
            _subscribe(owner, committee, people, service)
        if channel == "sms":
            theirs = product.value("SELECT committee_id FROM notify.rules WHERE code = 'new_activity' LIMIT 1")
            for copy in (RULES, TEMPLATES):
                owner.execute(copy, {"ours": committee, "theirs": theirs})
        owner.execute(WISHES, [committee])
    with product.postgres() as owner:
        owner.execute("ANALYZE notify.people, notify.addresses, notify.preferences")
    return committee


def subscriptions(count: int, service: str) -> list[dict]:
    """What so many browsers would have given to the page."""
    same = subscription("bench", service)
    return [same | {"endpoint": f"{service}/push/{n}"} for n in range(count)]


def mailboxes(count: int) -> list[str]:
    return [f"member{n}@bench.example" for n in range(count)]


def phones(count: int) -> list[str]:
    return [f"1000{n:07}" for n in range(count)]


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


def _write(owner: psycopg.Connection, committee: UUID, count: int, channel: str) -> list[UUID]:
    people, now = [uuid4() for _ in range(count)], datetime.now(UTC)
    numbers = phones(count) if channel == "sms" else [None] * count
    boxes = mailboxes(count) if channel == "email" else [None] * count
    with owner.cursor().copy(PEOPLE) as rows:
        for n, (person, phone, email) in enumerate(zip(people, numbers, boxes, strict=True)):
            sealed = (phone and seal(phone, "notify.people.phone"), email and seal(email, "notify.people.email"))
            rows.write_row((committee, person, f"党员{n}", [], [], "zh", True, now, *sealed))
    return people


def _subscribe(owner: psycopg.Connection, committee: UUID, people: list[UUID], service: str) -> None:
    now = datetime.now(UTC)
    with owner.cursor().copy(ADDRESSES) as rows:
        for person, browser in zip(people, subscriptions(len(people), service), strict=True):
            sealed = seal(orjson.dumps(browser).decode(), "notify.addresses.address")
            rows.write_row((committee, person, "web_push", sealed, "bench", now))
