"""Two people decide at the same moment, on connections of their own: one of them is first."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.events.domain import invitations, topics, troupes
from services.events.domain.hall import fixing, publishing, terms
from services.events.domain.hall.terms import AlreadyPublished
from services.events.domain.invitations import EngagedElsewhere
from services.events.domain.scope import Asker
from services.events.models import Person, Troupe, Unit
from shared.db import now
from shared.errors import Problem
from tests.events.conftest import a_member
from tests.events.hall import wanted

CLERK = Asker(clerk=True)


@pytest.fixture
def unit(rush) -> Iterator[Unit]:
    """A unit; gone afterwards, with everything that it did."""
    unit = Unit(unit_id=uuid4(), code="ATONCE", name="同时", kind="test", needs_approval=False, active=True)
    unit.changed_at = now()
    rush.do(lambda db: db.add(unit))
    yield unit
    rush.sweep(*SWEEP, unit=unit.unit_id)


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


def names(outcomes: list[Any]) -> list[str]:
    return sorted(type(one).__name__ if isinstance(one, Problem) else "done" for one in outcomes)


def test_a_troupe_that_is_promised_twice_at_once_goes_to_one_of_the_two(rush, unit):
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

    first, second = rush.do(arrange)

    outcomes = rush.at_once(
        lambda db: invitations.answer(db, first, CLERK, accepted=True),
        lambda db: invitations.answer(db, second, CLERK, accepted=True),
    )

    assert names(outcomes) == [EngagedElsewhere.__name__, "done"]


def test_a_term_that_two_publish_at_once_takes_place_once(rush, unit):
    def arrange(db) -> UUID:
        facts: dict[str, Any] = {"about": "", "group": "law", "form": "classroom", "months": [], "place": None}
        topics.add(db, code="ATONCE", name="同时", needs_speaker=False, active=True, **facts)
        made = terms.post(db, unit, **wanted())
        terms.plan(db, made.id)
        fixing.fix(db, made.id, number=1, topic="ATONCE")
        return made.id

    term_id = rush.do(arrange)

    outcomes = rush.at_once(*[lambda db: publishing.publish(db, term_id, posted_by="test")] * 2)

    assert names(outcomes) == [AlreadyPublished.__name__, "done"]
    count = text("SELECT count(*) FROM events.activities WHERE unit_id = :unit AND title = '同时'")
    assert rush.do(lambda db: db.execute(count, {"unit": unit.unit_id}).scalar()) == 1
