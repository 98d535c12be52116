"""When digests are, who is in them, and how short they stay, whatever there is."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from services.notify.domain import bundles, digests, inbox, rules
from services.notify.domain.bundles import DIGEST, Item, merged, sms_of, words_of
from services.notify.models import Message, Person, Rule, Sending, Text
from shared.db import NEW_ID, now
from tests.notify.happenings import NOON
from tests.rush import together


def hold(db, rule: Rule, person: Person, thread: UUID, *, read: bool = False) -> UUID:
    """Let a message wait for a digest whose time has come; its id."""
    event_id, id = db.scalar(select(NEW_ID)), db.scalar(select(NEW_ID))
    common = {"event_id": event_id, "rule_id": rule.id, "language": "zh", "topic": rule.topic, "urgency": "service"}
    to = {"person_id": person.person_id, "role": "person_ids", "inbox": True, "needs_answer": False}
    way = {"channel": "email", "priority": 2, "state": "held", "unless_read": True, "held_for": person.person_id}
    due = {"due_at": now() - timedelta(minutes=1), "expires_at": now() + timedelta(days=1)}
    for row in (
        Text(**common, title="活动有变动", body="", link=None, sms_code=""),
        Message(id=id, **common, **to, thread=thread),
        Sending(id=id, message_id=id, event_id=event_id, **way, **due),
    ):
        db.add(row)
        db.flush()
    if read:
        inbox.read(db, person.person_id, id)
    return id


@pytest.fixture
def rule(db) -> Rule:
    return next(rule for rule in rules.every_rule(db) if rule.code == "activity_changed")


WAITS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.booleans()), min_size=1, max_size=10)


@given(waits=WAITS, cut=st.integers(0, 3))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_held_message_is_in_one_digest_and_each_thing_has_one_line(db, person, rule, waits, cut):
    people, threads = [person(f"成员{n}") for n in range(3)], [uuid4() for _ in range(4)]
    made = {hold(db, rule, people[who], threads[what], read=read): (who, what) for who, what, read in waits}
    for _ in range(cut):
        digests.write_some(db, most=1)
    with db.begin_nested() as cut_off:
        digests.write_some(db, most=1)
        cut_off.rollback()

    while digests.write_some(db):
        pass

    found = db.execute(select(Sending.message_id, Sending.digest_id, Sending.state).where(Sending.message_id.in_(made)))
    rows = {row.message_id: row for row in found}
    assert all((row.state == "bundled") == (row.digest_id is not None) for row in rows.values())
    told = {row.digest_id for row in rows.values() if row.digest_id}
    assert len(told) == len({who for who, _, read in waits if not read})
    assert [row.state for row in rows.values()].count("bundled") == len([read for _, _, read in waits if not read])
    for digest_id, lines in bundles.lines_of(db, list(told)).items():
        mine = [made[id][1] for id, row in rows.items() if row.digest_id == digest_id]
        assert sorted(line.newest.thread for line in lines) == sorted({threads[what] for what in mine})
        assert sum(line.number for line in lines) == len(mine)


@given(
    moment=st.datetimes(min_value=NOON.replace(tzinfo=None), max_value=NOON.replace(tzinfo=None) + timedelta(days=400)),
    choice=st.sampled_from(["morning", "evening", "both"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_next_digest_is_the_first_of_those_chosen_that_is_still_to_come(db, moment, choice):
    moment = moment.replace(tzinfo=NOON.tzinfo)
    chosen = {"morning": [time(7, 30)], "evening": [time(18)], "both": [time(7, 30), time(18)]}

    found = db.scalar(select(func.notify.next_digest(moment, choice))).astimezone(NOON.tzinfo)

    assert found > moment
    assert found.time() in chosen[choice]
    days = [moment.date() + timedelta(days=n) for n in (0, 1)]
    between = [datetime.combine(day, clock, NOON.tzinfo) for day in days for clock in chosen[choice]]
    assert found == min(slot for slot in between if slot > moment)
    assert db.scalar(select(func.notify.last_digest(found))) == found


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=60)), min_size=2, max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_digest_is_short_whatever_is_in_it(found):
    lines = merged([Item(UUID(int=what), title, "", None) for what, title in found])

    words = words_of(lines, "zh", "web_push")

    assert words["title"] == f"有 {len(found)} 条新消息"
    assert len(words["body"].split("\n· ")) <= 7
    assert len(sms_of(lines, "zh")) <= 35


OURS = "SELECT person_id FROM notify.people WHERE name = '一起'"
TOLD = f"SELECT id FROM notify.messages WHERE person_id IN ({OURS})"
SWEEP = (
    f"DELETE FROM notify.sendings WHERE held_for IN ({OURS}) OR message_id IN ({TOLD})",
    f"DELETE FROM notify.messages WHERE person_id IN ({OURS})",
    "DELETE FROM notify.texts WHERE rule_id IN (SELECT id FROM notify.rules)",
    "DELETE FROM notify.people WHERE name = '一起'",
    "DELETE FROM notify.rules",
    "DELETE FROM notify.templates",
    "DELETE FROM bus.deliveries WHERE topic = 'notify.messages_written.v1'",
    "DELETE FROM bus.events WHERE topic = 'notify.messages_written.v1'",
)


@pytest.fixture
def swept(rush):
    yield
    rush.sweep(*SWEEP)


@pytest.mark.usefixtures("swept")
def test_of_several_workers_at_once_each_person_gets_one_digest(rush):
    def arrange(db) -> None:
        rule = next(rule for rule in rules.every_rule(db) if rule.code == "activity_changed")
        for _ in range(12):
            known = {"person_id": uuid4(), "name": "一起", "groups": [], "skills": [], "active": True}
            db.add(crowd := Person(**known, changed_at=now()))
            for _ in range(2):
                hold(db, rule, crowd, uuid4())

    def work() -> int:
        return sum(iter(lambda: rush.do(lambda db: digests.write_some(db, most=2)), 0))

    rush.do(arrange)
    written = sum(together(*[work] * 4))

    def look(db):
        parts = select(Sending.held_for, Sending.digest_id).where(Sending.state == "bundled")
        return db.execute(parts).all(), db.scalar(select(func.count()).where(Message.topic == DIGEST))

    parts, told = rush.do(look)
    assert (written, told, len(parts)) == (12, 12, 24)
    assert len(set(parts)) == len({person for person, _ in parts}) == 12
