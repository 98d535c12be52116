"""Two people decide at the same moment, on connections of their own: one of them is first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from services.events.domain import invitations, topics, troupes
from services.events.domain.hall import fixing, publishing, terms
from services.events.domain.hall.terms import AlreadyPublished
from services.events.domain.invitations import EngagedElsewhere
from services.events.domain.scope import Asker
from services.events.models import Person, Troupe, Unit
from shared.db import enter, now
from shared.errors import Problem
from tests.conftest import COMMITTEE
from tests.events.conftest import a_member
from tests.events.hall import wanted

CLERK = Asker(clerk=True)


@pytest.fixture
def transaction(server):
    """Transactions that are really committed, each on a connection of its own."""
    engine = create_engine(server.url, pool_size=4)
    sessions = sessionmaker(engine, expire_on_commit=False)

    def transaction(act) -> Any:
        with sessions.begin() as db:
            enter(db, COMMITTEE)
            return act(db)

    yield transaction
    engine.dispose()


@pytest.fixture
def unit(transaction) -> Iterator[Unit]:
    """A unit; gone afterwards, with everything that it did."""
    unit = Unit(unit_id=uuid4(), code="ATONCE", name="同时", kind="test", needs_approval=False, active=True)
    unit.changed_at = now()
    transaction(lambda db: db.add(unit))
    yield unit
    transaction(lambda db: [db.execute(text(statement), {"unit": unit.unit_id}) for statement in SWEEP])


SWEEP = (
    """DELETE FROM bus.deliveries d USING bus.events e
       WHERE e.id = d.event_id AND e.payload ->> 'unit_id' = CAST(:unit AS text)""",
    "DELETE FROM bus.events WHERE payload ->> 'unit_id' = CAST(:unit AS text)",
    "DELETE FROM events.term_slots WHERE term_id IN (SELECT id FROM events.terms WHERE unit_id = :unit)",
    "DELETE FROM events.terms WHERE unit_id = :unit",
    "DELETE FROM events.activities WHERE unit_id = :unit",
    "DELETE FROM events.topics WHERE code = 'ATONCE'",
    "DELETE FROM events.troupe_invitations WHERE unit_id = :unit",
    "DELETE FROM events.troupe_members WHERE troupe_id IN (SELECT id FROM events.troupes WHERE unit_id = :unit)",
    "DELETE FROM events.people WHERE person_id IN (SELECT leader_id FROM events.troupes WHERE unit_id = :unit)",
    "DELETE FROM events.troupes WHERE unit_id = :unit",
    "DELETE FROM events.units WHERE unit_id = :unit",
)


def at_once(transaction, *acts) -> list[str]:
    """What becomes of each: done, or the problem's name."""
    start = Barrier(len(acts))

    def run(act) -> str:
        start.wait()
        try:
            transaction(act)
        except Problem as problem:
            return type(problem).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


def test_a_troupe_that_is_promised_twice_at_once_goes_to_one_of_the_two(transaction, unit):
    def arrange(db) -> list[UUID]:
        person = Person(**a_member("团长"))
        db.add(person)
        db.flush()
        words = {"discipline": "choir", "about": "", "rehearsals": [], "repertoire": []}
        made: Troupe = troupes.found(
            db, name=f"合唱队{uuid4().hex[:6]}", leader_id=person.person_id, unit_id=unit.unit_id, **words
        )
        times = {"starts_at": now() + timedelta(days=3), "ends_at": now() + timedelta(days=3, hours=1)}
        facts: dict[str, Any] = {"title": "联欢会", "place": "小剧场", "wishes": "", "invited_by": None, **times}
        return [invitations.invite(db, made, unit, **facts).id for _ in range(2)]

    first, second = transaction(arrange)

    outcomes = at_once(
        transaction,
        lambda db: invitations.answer(db, first, CLERK, accepted=True),
        lambda db: invitations.answer(db, second, CLERK, accepted=True),
    )

    assert outcomes == [EngagedElsewhere.__name__, "done"]


def test_a_term_that_two_publish_at_once_takes_place_once(transaction, unit):
    def arrange(db) -> UUID:
        facts: dict[str, Any] = {"about": "", "group": "law", "form": "classroom", "months": [], "place": None}
        topics.add(db, code="ATONCE", name="同时", needs_speaker=False, active=True, **facts)
        made = terms.post(db, unit, **wanted())
        terms.plan(db, made.id)
        fixing.fix(db, made.id, number=1, topic="ATONCE")
        return made.id

    term_id = transaction(arrange)

    outcomes = at_once(transaction, *[lambda db: publishing.publish(db, term_id, posted_by="test")] * 2)

    assert outcomes == [AlreadyPublished.__name__, "done"]
    count = text("SELECT count(*) FROM events.activities WHERE unit_id = :unit AND title = '同时'")
    assert transaction(lambda db: db.execute(count, {"unit": unit.unit_id}).scalar()) == 1
