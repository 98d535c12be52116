"""The joint meeting's agenda: what nobody took on comes to it by itself."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.members import consumers  # noqa: F401  importing registers
from shared import bus
from shared import db as database
from shared.db import now
from shared.outbox import publish
from shared.schemas import events

CLAIM: dict[str, Any] = {"claimer": None, "amount": 1, "left": 0, "to_accept": False, "asked_unit_ids": []}


@pytest.fixture
def hear(connection, db):
    """Call it to let events publish something, and members hear it."""

    def hear(event, **facts) -> None:
        db.commit()
        with database.transaction("events") as tx:
            event_id = publish(tx, event, unit_ids=[], person_ids=[], **facts)
        delivery = text("SELECT id FROM bus.deliveries WHERE event_id = :id AND subscriber = 'members'")
        bus.receive("members", db.execute(delivery, {"id": event_id}).scalar_one())
        assert not db.execute(text("SELECT last_error FROM bus.deliveries WHERE failures > 0")).all()

    return hear


def test_what_found_nobody_stands_on_the_agenda_once(members, signed_in, hear):
    need = {"need_id": uuid4(), "title": "两台轮椅", "published_at": now()}

    hear(events.NeedUnmatched, **need)
    hear(events.NeedUnmatched, **need)

    items = members.get("/agenda", headers=signed_in("clerk")).json["items"]
    assert [(each["kind"], each["need_id"], each["title"]) for each in items] == [
        ("need", str(need["need_id"]), "两台轮椅")
    ]


def test_what_somebody_took_on_after_all_is_settled(members, signed_in, hear):
    need = {"need_id": uuid4(), "title": "两台轮椅"}
    hear(events.NeedUnmatched, published_at=now(), **need)

    hear(events.NeedClaimed, claim_id=uuid4(), **CLAIM, **need)

    clerk = signed_in("clerk")
    assert members.get("/agenda", headers=clerk).json["items"] == []
    [settled] = members.get("/agenda?settled=true", headers=clerk).json["items"]
    assert settled["settled_at"]


def test_what_is_over_is_settled(members, signed_in, hear):
    need = {"need_id": uuid4(), "title": "两台轮椅"}
    hear(events.NeedUnmatched, published_at=now(), **need)

    hear(events.NeedClosed, outcome="withdrawn", reason="", **need)

    assert members.get("/agenda", headers=signed_in("clerk")).json["items"] == []


def test_news_of_needs_that_never_came_to_the_meeting_changes_nothing(members, signed_in, hear):
    hear(events.NeedClosed, outcome="met", reason="", need_id=uuid4(), title="椅子")

    assert members.get("/agenda?settled=true", headers=signed_in("clerk")).json["items"] == []
