"""Wishes, yeses, hand-overs and returns in whatever order: never more are out than there are, nor promised at once."""

from contextlib import suppress
from datetime import datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain.loans import handing, steps
from services.events.models import HOLDING, Equipment, Loan
from shared.errors import Problem
from tests.events.loans import LENDER, ask, thing
from tests.fuzz.depth import tries

THERE_ARE = 4
WISHES = st.tuples(st.just("ask"), st.integers(1, 5), st.integers(0, 9), st.integers(1, 8))
STEPS = st.tuples(
    st.sampled_from(["approve", "refuse", "withdraw", "out", "in", "part"]), st.integers(0, 12), st.integers(0, 3)
)


@pytest.fixture
def fresh(db, unit):
    """Call it for something new to lend: each example begins with it."""
    owner, number = unit("U01"), count()
    return lambda: thing(db, owner, name=f"桌{next(number)}", count=THERE_ARE)


@given(acts=st.lists(st.one_of(WISHES, STEPS), min_size=3, max_size=25))
@tries(40, 2000)
def test_never_more_are_out_or_promised_than_there_are(db, fresh, acts):
    lent, loans = fresh(), list[Loan]()
    for act in acts:
        with suppress(Problem):
            loans += _do(db, lent, loans, act)

        db.refresh(lent)
        left = sum(loan.left for loan in loans if loan.state == "out")
        assert left == lent.out_now <= lent.lendable
        assert most_at_once(loans) + lent.missing <= THERE_ARE


def _do(db, lent: Equipment, loans: list[Loan], act: tuple) -> list[Loan]:
    what, n, *more = act
    if what == "ask":
        return [ask(db, lent, n, after=more[0], hours=more[1])]
    if loans:
        _step(db, loans[n % len(loans)], what, more[0])
    return []


def _step(db, loan: Loan, what: str, missing: int) -> None:
    if what == "approve":
        steps.approve(db, loan.id, LENDER)
    elif what == "refuse":
        steps.refuse(db, loan.id, LENDER, reason="不行")
    elif what == "withdraw":
        steps.withdraw(db, loan.id, LENDER)
    elif what == "out":
        handing.hand_out(db, loan.id, LENDER, count=max(1, loan.count - missing), condition="good")
    elif what == "part":
        handing.take_back(db, loan.id, LENDER, count=1, condition="worn")
    else:
        handing.take_back(db, loan.id, LENDER, count=loan.left - missing, missing=missing, condition="good")


def most_at_once(loans: list[Loan]) -> int:
    """Counted by hand: at each beginning, all that lie over it."""
    spans = [_span(loan) for loan in loans if loan.state in HOLDING]
    return max((sum(n for begins, ends, n in spans if begins <= at < ends) for at, _, _ in spans), default=0)


def _span(loan: Loan) -> tuple[datetime, datetime, int]:
    begins = min(loan.starts_at, loan.out_at or datetime.max.replace(tzinfo=loan.starts_at.tzinfo))
    return begins, loan.ends_at, loan.left if loan.state == "out" else loan.count
