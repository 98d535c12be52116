"""A message to very many people: written in parts, each a delivery of its own, while others are sent already."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.domain import messages, rules, sending
from services.notify.models import Message, Rule, Sending, Turn
from shared import bus
from shared.crypto import seal
from shared.schemas import events, notify, patrol
from tests.conftest import COMMITTEE
from tests.notify.happenings import EVERYONE, activity

EMAIL = "notify.people.email"
MANY = 2 * messages.AT_ONCE + 7


@pytest.fixture
def crowd(db):
    """Many members, each with a mailbox and no wish to be left alone."""
    db.execute(
        text("""
            INSERT INTO notify.people (person_id, name, groups, skills, active, changed_at)
            SELECT uuidv7(), '成员' || n, '{}', '{}', true, now() FROM generate_series(1, :many) n
        """),
        {"many": MANY},
    )
    db.execute(
        text("""
        INSERT INTO notify.preferences (person_id, quiet_from, quiet_until, off)
        SELECT person_id, '00:00', '00:00', '{}' FROM notify.people
    """)
    )
    db.execute(text("ANALYZE notify.people"))
    db.commit()


@pytest.fixture
def deliver(db):
    """Call it to let the next delivery of a kind of news arrive; whether there was one."""

    def deliver(event) -> bool:
        db.commit()
        waiting = text("SELECT id FROM bus.deliveries WHERE topic = :topic ORDER BY id LIMIT 1")
        found = db.execute(waiting, {"topic": event.topic}).scalar()
        if found:
            bus.receive("notify", found)
        return found is not None

    return deliver


@pytest.fixture
def written(db):
    """Call it for how many messages there are."""

    def written() -> int:
        return db.scalar(select(func.count()).select_from(Message))

    return written


def test_each_of_many_readers_has_one_message(crowd, happen, settle, db, written):
    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    settle()

    assert written() == MANY
    assert db.scalar(select(func.count(func.distinct(Message.person_id)))) == MANY


def test_the_first_are_reached_before_the_last_are_written_to(crowd, happen, deliver, written, published):
    happen(events.ActivityPublished, **activity(audience=EVERYONE))

    deliver(events.ActivityPublished)

    assert written() == messages.AT_ONCE
    assert published(notify.MessagesWritten.topic)
    assert deliver(notify.MessagesBegun)
    assert written() == 2 * messages.AT_ONCE
    assert deliver(notify.MessagesBegun)
    assert written() == MANY
    assert not deliver(notify.MessagesBegun)


def test_a_part_that_arrives_twice_is_written_once(crowd, happen, deliver, written, db):
    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    deliver(events.ActivityPublished)
    db.execute(
        text("""
        INSERT INTO bus.deliveries (event_id, subscriber, topic, queue)
        SELECT event_id, subscriber, topic, queue FROM bus.deliveries WHERE topic = 'notify.messages_begun.v1'
    """)
    )

    while deliver(notify.MessagesBegun):
        pass

    assert written() == MANY


def test_of_an_alarm_that_is_over_meanwhile_the_rest_hear_nothing(crowd, happen, deliver, written, db):
    caller, *crew = db.execute(text("SELECT person_id FROM notify.people")).scalars().all()
    facts = {"sos_id": uuid4(), "person_id": caller, "person_name": "王秀英", "squad": "夜安一队", "place": "体院东门"}
    happen(patrol.SosRaised, **facts, crew_ids=crew, leader_ids=[])
    deliver(patrol.SosRaised)
    assert written() == messages.AT_ONCE

    happen(patrol.SosStoodDown, sos_id=facts["sos_id"], by_name="李小明", note="没事了")
    deliver(patrol.SosStoodDown)
    before = written()

    assert deliver(notify.AlarmBegun)
    assert written() == before
    assert not deliver(notify.AlarmBegun)


def test_the_rest_of_an_alarm_overtakes_what_is_not_urgent(crowd, happen, deliver, db):
    rules.ensure_defaults(db)
    db.execute(update(Rule).where(Rule.code == "new_activity").values(urgency="critical"))
    happen(events.ActivityPublished, **activity(audience=EVERYONE))

    deliver(events.ActivityPublished)

    queues = text("SELECT queue FROM bus.deliveries WHERE topic = 'notify.alarm_begun.v1'")
    assert db.execute(queues).scalars().all() == ["notify.urgent"]


def test_who_runs_out_of_time_rings_for_the_next(crowd, happen, deliver, db, gateway, monkeypatch, published):
    monkeypatch.setattr(sending, "CALL", 0)
    monkeypatch.setattr(sending, "BATCH", 8)
    db.execute(text("UPDATE notify.people SET email = :sealed"), {"sealed": seal("wang@example.org", EMAIL)})
    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    deliver(events.ActivityPublished)
    rung = len(published(notify.MessagesWritten.topic))

    sending.send_due(COMMITTEE, gateway=gateway)

    states = dict(db.execute(select(Sending.state, func.count()).group_by(Sending.state)).all())
    assert states == {"sent": 8, "queued": messages.AT_ONCE - 8}
    assert len(published(notify.MessagesWritten.topic)) == rung + 1
    assert db.scalar(select(func.count()).select_from(Turn)) == 0


def test_everybody_in_the_audience_is_written_to_in_one_go(db, happen, settle):
    db.execute(text("""
        INSERT INTO notify.people (person_id, name, groups, skills, active, changed_at)
        SELECT uuidv7(), '成员' || n, '{}', '{}', true, now() FROM generate_series(1, 5000) n
    """))  # fmt: skip

    db.execute(text("ANALYZE notify.people"))  # tests that were rolled back have left it looking empty

    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    settle()

    assert db.scalar(select(func.count()).select_from(Message)) == 5000
