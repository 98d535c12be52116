"""Cases when many act at the same moment, on connections of their own."""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.patrol.domain.cases import merging, moving, opening
from services.patrol.domain.cases.opening import Told
from services.patrol.domain.cases.steps import NotNow
from services.patrol.domain.limits import HOUR, Limit
from services.patrol.models import Case
from shared.errors import Problem

CROWD = 12
DESK = UUID(int=1)
OURS = "(SELECT id FROM patrol.cases WHERE words = '抢')"
SWEEP = (
    f"DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.subject IN {OURS}",
    f"DELETE FROM bus.events WHERE subject IN {OURS}",
    f"DELETE FROM patrol.case_steps WHERE case_id IN {OURS}",
    f"DELETE FROM patrol.case_reports WHERE case_id IN {OURS}",
    "UPDATE patrol.cases SET state = 'closed', merged_into = NULL WHERE words = '抢'",
    "DELETE FROM patrol.cases WHERE words = '抢'",
    "DELETE FROM patrol.knocks",
)


@pytest.fixture(autouse=True)
def swept(rush) -> Iterator[None]:
    yield
    rush.sweep(*SWEEP)


def tell(place: str) -> Callable[[Session], UUID]:
    told = partial(Told, kind="lamp", place=place, words="抢", channel="member", person_id=uuid4())
    return lambda db: opening.take_in(db, told(id=uuid4())).case.id


def test_what_many_tell_at_once_is_one_case(rush):
    assert len(set(rush.at_once(*[tell("一号楼")] * CROWD))) == 1


@pytest.mark.parametrize("turn", range(4))
def test_merged_into_one_that_is_being_closed_one_of_the_two_holds(rush, turn):
    one, other = rush.do(tell(f"二号楼{turn}")), rush.do(tell(f"三号楼{turn}"))

    merged, closed = rush.at_once(
        lambda db: merging.merge(db, other, one, by=DESK).id,
        lambda db: moving.close(db, db.get(Case, one, with_for_update=True), by=DESK, words="看过").id,
    )

    states = rush.do(lambda db: dict(db.execute(select(Case.id, Case.state).where(Case.id.in_([one, other]))).all()))
    assert closed == one
    assert states[one] == "closed"
    assert states[other] == ("received" if isinstance(merged, NotNow) else "merged")


def test_merged_into_each_other_at_once_one_is_left(rush):
    one, other = rush.do(tell("四号楼")), rush.do(tell("五号楼"))

    came = rush.at_once(
        lambda db: merging.merge(db, one, other, by=DESK).id, lambda db: merging.merge(db, other, one, by=DESK).id
    )

    assert sorted(isinstance(each, NotNow) for each in came) == [False, True]


def test_of_many_at_once_no_more_pass_than_may(rush):
    limit = Limit("test", 5, HOUR)

    came = rush.at_once(*[lambda db: limit.pass_once(db, "203.0.113.9")] * CROWD)

    assert sum(isinstance(each, Problem) for each in came) == CROWD - 5
    assert rush.do(lambda db: db.scalar(select(func.count()).select_from(Case).where(Case.words == "抢"))) == 0
