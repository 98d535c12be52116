"""The last one is wanted, handed out or brought back by several at the same moment, on connections of their own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.events.domain import equipment
from services.events.domain.loans import asking, handing, steps
from services.events.domain.scope import Asker
from services.events.models import Equipment, Loan, Unit
from shared.db import now
from shared.errors import Problem
from tests.events.loans import FACTS, LENDER, wish

CROWD = 12
THERE_ARE = 5
ROUNDS = 6
SWEEP = (
    """DELETE FROM bus.deliveries d USING bus.events e
       WHERE e.id = d.event_id AND e.payload ->> 'unit_id' = CAST(:unit AS text)""",
    "DELETE FROM bus.events WHERE payload ->> 'unit_id' = CAST(:unit AS text)",
    "DELETE FROM events.loans WHERE equipment_id IN (SELECT id FROM events.equipment WHERE unit_id = :unit)",
    "DELETE FROM events.equipment WHERE unit_id = :unit",
    "DELETE FROM events.units WHERE unit_id = :unit",
)


@pytest.fixture
def lent(rush) -> Iterator[Equipment]:
    """Five of something; gone afterwards, with whoever borrowed it."""
    unit = Unit(unit_id=uuid4(), code="LENDS", name="借", kind="t", needs_approval=False, active=True, changed_at=now())

    def arrange(db) -> Equipment:
        db.add(unit)
        return equipment.enter(db, unit, count=THERE_ARE, **FACTS)

    yield rush.do(arrange)
    rush.sweep(*SWEEP, unit=unit.unit_id)


def asks(lent: Equipment, count: int):
    wanted = wish(count)
    return lambda db: asking.ask(db, lent.id, wanted, Asker(person_id=wanted.person_id))


def test_of_two_who_want_the_last_one_is_refused_and_told_when_it_is_back(rush, lent):
    for _ in range(ROUNDS):
        held = rush.do(asks(lent, THERE_ARE - 1))

        said = rush.at_once(asks(lent, 1), asks(lent, 1))

        [won] = [one for one in said if isinstance(one, Loan)]
        [refused] = [one for one in said if isinstance(one, Problem)]
        assert type(refused).__name__ == "NotEnough"
        assert (refused.facts["free"], refused.facts["next"]["starts_at"]) == (0, held.ends_at)
        for loan in (held, won):
            rush.do(lambda db, loan=loan: steps.withdraw(db, loan.id, LENDER))


def test_a_crowd_gets_as_many_as_there_are(rush, lent):
    said = rush.at_once(*(asks(lent, 1) for _ in range(CROWD)))

    assert sum(isinstance(one, Loan) for one in said) == THERE_ARE


def test_what_is_brought_back_twice_at_once_is_back_once(rush, lent):
    loan = rush.do(asks(lent, 3))
    rush.do(lambda db: steps.approve(db, loan.id, LENDER))
    rush.do(lambda db: handing.hand_out(db, loan.id, LENDER, count=3, condition="good"))

    said = rush.at_once(*[lambda db: handing.take_back(db, loan.id, LENDER, count=3, condition="good")] * 2)

    assert sorted(type(one).__name__ for one in said) == ["Loan", "WrongState"]
    assert rush.do(lambda db: db.get_one(Equipment, lent.id).out_now) == 0
