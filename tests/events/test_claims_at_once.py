"""Many take on the same need at the same moment, on connections of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import sessionmaker

from services.events.domain import claims, needs, offers
from services.events.domain.lists import NotNow, OnlyLeft
from services.events.models import Claim, Need, Offer, Unit
from shared.db import enter, now
from shared.errors import Problem
from tests.conftest import COMMITTEE
from tests.events.lists_fixtures import DESK, LINE, NOWHERE

CROWD = 16
OURS = "(SELECT id FROM events.needs WHERE title = '抢' UNION ALL SELECT id FROM events.offers WHERE title = '抢')"
SWEEP = (
    f"DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.subject IN {OURS}",
    f"DELETE FROM bus.events WHERE subject IN {OURS}",
    f"DELETE FROM events.projects WHERE need_id IN {OURS}",
    f"DELETE FROM events.claims WHERE need_id IN {OURS}",
    "DELETE FROM events.offers WHERE title = '抢'",
    "DELETE FROM events.needs WHERE title = '抢'",
    "DELETE FROM events.units WHERE name = '抢'",
)


@dataclass
class Rush:
    """Transactions that are really committed, each on a connection of its own."""

    sessions: sessionmaker
    units: list[UUID] = field(default_factory=list)

    def do(self, act: Callable) -> Any:
        with self.sessions.begin() as db:
            enter(db, COMMITTEE)
            return act(db)

    def at_once(self, *acts: Callable) -> list[Any]:
        """What came of each: its answer, or its problem."""
        gate = Barrier(len(acts))

        def run(act: Callable) -> Any:
            gate.wait()
            try:
                return self.do(act)
            except Problem as problem:
                return problem

        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(run, acts))

    def need(self, amount: int) -> UUID:
        words = LINE | NOWHERE | {"title": "抢", "amount": amount, "unit_id": self.units[0]}

        def arrange(db: Any) -> UUID:
            made = needs.write(db, written_by=None, **words)
            return needs.publish(db, made.id, asker=DESK).id

        return self.do(arrange)

    def claim(self, need_id: UUID, number: int, amount: int, **facts: Any) -> Callable:
        return lambda db: claims.claim(db, need_id, amount=amount, unit_id=self.units[number], **facts).id


@pytest.fixture
def rush(server) -> Iterator[Rush]:
    engine = create_engine(server.url, pool_size=CROWD + 1)
    rush = Rush(sessionmaker(engine, expire_on_commit=False), [uuid4() for _ in range(CROWD + 1)])
    facts = {"name": "抢", "kind": "test", "needs_approval": False, "active": True, "changed_at": now()}
    rush.do(lambda db: db.add_all(Unit(unit_id=id, code=f"R{n}", **facts) for n, id in enumerate(rush.units)))
    yield rush
    rush.do(lambda db: [db.execute(text(statement)) for statement in SWEEP])
    engine.dispose()


def test_of_five_things_that_many_want_at_once_exactly_five_are_taken(rush):
    need_id = rush.need(5)

    came = rush.at_once(*(rush.claim(need_id, number + 1, 1) for number in range(CROWD)))

    refused = [each for each in came if isinstance(each, OnlyLeft)]
    assert (len(came) - len(refused), {each.facts["left"] for each in refused}) == (5, {0})
    need = rush.do(lambda db: db.get(Need, need_id))
    assert (need.left, need.state) == (0, "claimed")


def test_two_who_want_three_of_five_at_once_are_not_both_served(rush):
    need_id = rush.need(5)

    came = rush.at_once(rush.claim(need_id, 1, 3), rush.claim(need_id, 2, 3))

    [refused] = [each for each in came if isinstance(each, OnlyLeft)]
    assert refused.facts == {"left": 2}


@pytest.mark.parametrize("_", range(5))
def test_a_need_that_is_withdrawn_while_it_is_claimed_leaves_no_claim_behind(rush, _):
    need_id = rush.need(5)

    claimed, withdrawn = rush.at_once(
        rush.claim(need_id, 1, 2), lambda db: needs.withdraw(db, need_id, reason="不要了").state
    )

    states = rush.do(lambda db: db.scalars(select(Claim.state).where(Claim.need_id == need_id)).all())
    assert withdrawn == "withdrawn"
    assert states == ([] if isinstance(claimed, NotNow) else ["withdrawn"])
    assert rush.do(lambda db: db.get(Need, need_id)).left == 5


def test_an_offer_is_not_given_to_two_needs_at_once(rush):
    first, second = rush.need(5), rush.need(5)
    words = LINE | NOWHERE | {"title": "抢", "amount": 5, "unit_id": rush.units[1]}

    def arrange(db: Any) -> UUID:
        return offers.publish(db, offers.write(db, written_by=None, **words).id).id

    offer_id = rush.do(arrange)

    came = rush.at_once(*(rush.claim(each, 1, 4, offer_id=offer_id) for each in (first, second)))

    [refused] = [each for each in came if isinstance(each, OnlyLeft)]
    assert refused.facts == {"left": 1, "of": "offer"}
    assert rush.do(lambda db: db.get(Offer, offer_id)).left == 1


def test_a_clerks_approval_and_the_owners_withdrawal_at_once_end_in_one_of_the_two(rush):
    words = LINE | NOWHERE | {"title": "抢", "amount": 1, "unit_id": rush.units[0]}
    need_id = rush.do(lambda db: needs.write(db, written_by=None, **words).id)

    came = rush.at_once(
        lambda db: needs.publish(db, need_id, asker=DESK).state,
        lambda db: needs.withdraw(db, need_id, reason="x").state,
    )

    assert came[1] == "withdrawn"
    assert came[0] == "published" or isinstance(came[0], NotNow)
    assert rush.do(lambda db: db.get(Need, need_id)).state == "withdrawn"
