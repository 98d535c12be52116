"""The last place, a part, an offer: wanted by two at the same moment, on connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from services.events.domain import activities, sign_ups
from services.events.domain.sign_ups import offers
from services.events.domain.sign_ups.seats import PartTaken
from services.events.models import Activity
from shared.db import now
from shared.errors import Invalid
from tests.events.places import quota, rules
from tests.events.test_seats_at_once import CROWD, SEATS, crowd  # noqa: F401  a fixture


@pytest.fixture
def with_rules(rush, crowd):  # noqa: F811
    """Call it to give the crowd's activity rules."""
    activity_id, _ = crowd

    def with_rules(**facts) -> None:
        def change(db) -> None:
            activity = db.get_one(Activity, activity_id)
            activity.sign_up, activity.starts_at = rules(**facts), now() + timedelta(days=5)
            activity.ends_at = activity.starts_at + timedelta(hours=1)

        rush.do(change)

    return with_rules


def test_a_quota_is_not_exceeded_by_a_crowd(rush, crowd, with_rules):  # noqa: F811
    activity_id, people = crowd
    with_rules(quotas=[quota("unit", "UX", seats=2)])
    join = text("UPDATE events.people SET unit_code = 'UX' WHERE person_id = ANY (:people)")
    rush.do(lambda db: db.execute(join, {"people": people}))

    states = rush.at_once(
        *[lambda db, one=one: sign_ups.sign_up(db, activity_id, person_id=one).state for one in people]
    )

    assert sorted(states) == ["going"] * 2 + ["waiting"] * (CROWD - 2)


def test_a_part_that_one_does_is_done_by_one_of_a_crowd(rush, crowd, with_rules):  # noqa: F811
    activity_id, people = crowd
    with_rules(parts=[{"code": "photographer", "most": 1}])

    def reach(db, one) -> str | None:
        return sign_ups.sign_up(db, activity_id, person_id=one, asked={"part": "photographer"}).part

    got = rush.at_once(*[partial(reach, one=one) for one in people])

    assert got.count("photographer") == 1
    assert sum(isinstance(each, PartTaken) for each in got) == CROWD - 1


def test_an_offer_is_taken_or_passed_on_but_not_both(rush, crowd, with_rules):  # noqa: F811
    """The person taps just as the clock finds that the time has passed."""
    activity_id, people = crowd
    with_rules()
    for one in people:
        rush.do(lambda db, one=one: sign_ups.sign_up(db, activity_id, person_id=one))
    rush.do(lambda db: sign_ups.cancel(db, activity_id, person_id=people[0]))
    asked = people[SEATS]
    rush.do(lambda db: db.execute(text("UPDATE events.sign_ups SET offer_until = now() WHERE state = 'offered'")))

    def accept(db) -> str:
        return offers.accept(db, activity_id, person_id=asked).state

    tapped, *_ = rush.at_once(accept, offers.expire, offers.expire)

    found = text("SELECT person_id, state FROM events.sign_ups WHERE activity_id = :id")
    held = dict(rush.do(lambda db: db.execute(found, {"id": activity_id}).all()))
    assert sum(state in ("going", "offered") for state in held.values()) == SEATS
    assert held[asked] == ("going" if tapped == "going" else "cancelled")


def test_shrinking_while_a_crowd_signs_up_never_leaves_more_than_there_are_seats(rush, crowd):  # noqa: F811
    activity_id, people = crowd

    def reach(db, one) -> str:
        return sign_ups.sign_up(db, activity_id, person_id=one).state

    def shrink(db) -> str:
        activity = db.get_one(Activity, activity_id)
        plan = {"title": activity.title, "starts_at": activity.starts_at, "ends_at": activity.ends_at}
        return activities.edit(db, activity_id, **plan, audience=activity.audience, capacity=3).state

    acts: list[Callable] = [partial(reach, one=one) for one in people]
    came = rush.at_once(*acts[:10], shrink, *acts[10:])

    capacity = rush.do(lambda db: db.get_one(Activity, activity_id).capacity)
    assert came.count("going") == rush.do(lambda db: sign_ups.taken_count(db, activity_id)) <= capacity
    assert any(isinstance(each, Invalid) for each in came) == (capacity == SEATS)
