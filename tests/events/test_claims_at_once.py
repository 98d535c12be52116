"""Many take on the same need at the same moment, on connections of their own."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain import claims, needs, offers
from services.events.domain.lists import NotNow, OnlyLeft
from services.events.models import Claim, Need, Offer, Unit
from shared.db import now
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


@pytest.fixture
def units(rush) -> Iterator[list[UUID]]:
    """The unit that needs something, and those that could give it."""
    ids = [uuid4() for _ in range(CROWD + 1)]
    facts = {"name": "抢", "kind": "test", "needs_approval": False, "active": True, "changed_at": now()}
    rush.do(lambda db: db.add_all(Unit(unit_id=id, code=f"R{n}", **facts) for n, id in enumerate(ids)))
    yield ids
    rush.sweep(*SWEEP)


@pytest.fixture
def need(rush, units) -> Callable[[int], UUID]:
    """Call it for a need of so many that is published."""

    def need(amount: int) -> UUID:
        words = LINE | NOWHERE | {"title": "抢", "amount": amount, "unit_id": units[0]}
        return rush.do(lambda db: needs.publish(db, needs.write(db, written_by=None, **words).id, asker=DESK).id)

    return need


def claim(need_id: UUID, unit_id: UUID, amount: int, **facts: Any) -> Callable[[Session], UUID]:
    return lambda db: claims.claim(db, need_id, amount=amount, unit_id=unit_id, **facts).id


def test_of_five_things_that_many_want_at_once_exactly_five_are_taken(rush, units, need):
    need_id = need(5)

    came = rush.at_once(*(claim(need_id, units[number + 1], 1) for number in range(CROWD)))

    refused = [each for each in came if isinstance(each, OnlyLeft)]
    assert (len(came) - len(refused), {each.facts["left"] for each in refused}) == (5, {0})
    now_is = rush.do(lambda db: db.get(Need, need_id))
    assert (now_is.left, now_is.state) == (0, "claimed")


def test_two_who_want_three_of_five_at_once_are_not_both_served(rush, units, need):
    need_id = need(5)

    came = rush.at_once(claim(need_id, units[1], 3), claim(need_id, units[2], 3))

    [refused] = [each for each in came if isinstance(each, OnlyLeft)]
    assert refused.facts == {"left": 2}


@pytest.mark.parametrize("_", range(5))
def test_a_need_that_is_withdrawn_while_it_is_claimed_leaves_no_claim_behind(rush, units, need, _):
    need_id = need(5)

    claimed, withdrawn = rush.at_once(
        claim(need_id, units[1], 2), lambda db: needs.withdraw(db, need_id, reason="不要了").state
    )

    states = rush.do(lambda db: db.scalars(select(Claim.state).where(Claim.need_id == need_id)).all())
    assert withdrawn == "withdrawn"
    assert states == ([] if isinstance(claimed, NotNow) else ["withdrawn"])
    assert rush.do(lambda db: db.get(Need, need_id)).left == 5


def test_an_offer_is_not_given_to_two_needs_at_once(rush, units, need):
    first, second = need(5), need(5)
    words = LINE | NOWHERE | {"title": "抢", "amount": 5, "unit_id": units[1]}

    def arrange(db: Any) -> UUID:
        return offers.publish(db, offers.write(db, written_by=None, **words).id).id

    offer_id = rush.do(arrange)

    came = rush.at_once(*(claim(each, units[1], 4, offer_id=offer_id) for each in (first, second)))

    [refused] = [each for each in came if isinstance(each, OnlyLeft)]
    assert refused.facts == {"left": 1, "of": "offer"}
    assert rush.do(lambda db: db.get(Offer, offer_id)).left == 1


def test_a_clerks_approval_and_the_owners_withdrawal_at_once_end_in_one_of_the_two(rush, units):
    words = LINE | NOWHERE | {"title": "抢", "amount": 1, "unit_id": units[0]}
    need_id = rush.do(lambda db: needs.write(db, written_by=None, **words).id)

    came = rush.at_once(
        lambda db: needs.publish(db, need_id, asker=DESK).state,
        lambda db: needs.withdraw(db, need_id, reason="x").state,
    )

    assert came[1] == "withdrawn"
    assert came[0] == "published" or isinstance(came[0], NotNow)
    assert rush.do(lambda db: db.get(Need, need_id)).state == "withdrawn"
