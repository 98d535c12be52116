"""A database that was taken back to an earlier moment does nothing twice that people would notice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.notify.channels import CHANNELS
from shared.db import now

REPLACED = sorted(name for name, channel in CHANNELS.items() if channel.repeats == "replaced")
DOUBLES = sorted(set(CHANNELS) - set(REPLACED))


@pytest.fixture
def rule(db):
    return db.scalar(
        text("""
            INSERT INTO notify.rules
                (code, topic, condition, audience, template, class, needs_answer, why, "on", version)
            VALUES ('t', 't', '{}', '[]', 't', 'service', false, '{}', true, 1) RETURNING id""")
    )


@pytest.fixture
def sending(db, rule):
    """Call it for a sending in some state, due some minutes ago."""

    def sending(channel: str, *, state: str = "queued", priority: int = 2, minutes: int = 1):
        facts = {"event": uuid4(), "rule": rule, "reader": uuid4(), "message": db.scalar(text("SELECT uuidv7()"))}
        db.execute(
            text("""
                INSERT INTO notify.texts (event_id, rule_id, language, topic, class, title, body, sms_code, created_at)
                VALUES (:event, :rule, 'zh', 't', 'service', '', '', '', now())"""),
            facts,
        )
        db.execute(
            text("""
                INSERT INTO notify.messages (id, event_id, rule_id, language, topic, thread, person_id, class, role,
                    inbox, needs_answer, ring, created_at)
                VALUES (:message, :event, :rule, 'zh', 't', :event, :reader, 'service', '', true, false, 0, now())"""),
            facts,
        )
        due = now() - timedelta(minutes=minutes)
        more = {"channel": channel, "state": state, "priority": priority, "due": due}
        return db.scalar(
            text("""
                INSERT INTO notify.sendings
                    (id, message_id, event_id, channel, priority, state, due_at, expires_at, lease_until)
                VALUES (uuidv7(), :message, :event, :channel, :priority, :state, :due, :due + interval '3 days', :due)
                RETURNING id"""),
            facts | more,
        )

    return sending


def taken_back(db, *, end_sessions: bool = True):
    asked = text("SELECT * FROM bus.begin_epoch(now() - interval '10 minutes', CAST(:replaced AS text[]), :ending)")
    return db.execute(asked, {"replaced": REPLACED, "ending": end_sessions}).one()


def state(db, sending_id) -> str:
    return db.scalar(text("SELECT state FROM notify.sendings WHERE id = :id"), {"id": sending_id})


@pytest.mark.parametrize("begun", ["queued", "sending", "failed"])
@pytest.mark.parametrize("channel", DOUBLES)
def test_what_would_come_twice_waits_for_a_person(db, sending, channel, begun):
    found = sending(channel, state=begun)

    assert taken_back(db).sendings_held == 1
    assert state(db, found) == "unknown"


@pytest.mark.parametrize("channel", REPLACED)
def test_what_replaces_its_first_copy_is_sent_again(db, sending, channel):
    found = sending(channel, state="sending")

    assert taken_back(db).sendings_held == 0
    assert state(db, found) == "queued"


def test_an_alarm_rings_again(db, sending):
    found = sending("sms", state="sending", priority=0)
    taken_back(db)

    assert state(db, found) == "queued"


def test_what_is_due_later_cannot_have_been_sent(db, sending):
    found = sending("sms", minutes=-60)
    taken_back(db)

    assert state(db, found) == "queued"


def test_what_was_to_be_told_is_held_and_what_is_to_be_known_is_not(db):
    publish = text("""
        SELECT bus.publish(CAST(:topic AS text), NULL, now(), 'system', '', NULL, 'B', '{}',
                           '{notify}', ARRAY[CAST(:queue AS text)])""")
    told, known, alarm = "events.activity_changed.v1", "patrol.shift_started.v1", "patrol.sos_raised.v1"
    for topic, queue in ((told, "notify"), (known, "notify"), (alarm, "notify.urgent")):
        db.execute(publish, {"topic": topic, "queue": queue})
    db.execute(text("UPDATE bus.deliveries SET due_at = now() + interval '1 hour', attempts = 3"))

    assert taken_back(db).deliveries_held == 1

    held = db.execute(text("SELECT topic FROM bus.deliveries WHERE quarantined_at IS NOT NULL")).scalars().all()
    rung = text("SELECT topic FROM bus.deliveries WHERE quarantined_at IS NULL AND due_at <= clock_timestamp()")
    assert held == [told]
    assert set(db.execute(rung).scalars()) == {known, alarm}


def test_devices_are_signed_out_when_the_moment_was_chosen(db, token):
    token(uuid4())
    assert taken_back(db, end_sessions=False).sessions_ended == 0
    assert taken_back(db).sessions_ended == 1


def test_no_service_may_begin_an_epoch(db):
    roles = text("""
        SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolcanlogin
            AND has_function_privilege(rolname, 'bus.begin_epoch(timestamptz, text[], boolean)', 'EXECUTE')""")
    assert db.execute(roles).scalars().all() == []
