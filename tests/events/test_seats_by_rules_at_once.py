"""The last place, a part, an offer: wanted by two at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.events.domain import activities, sign_ups
from services.events.domain.sign_ups import offers
from services.events.domain.sign_ups.seats import PartTaken
from services.events.models import Activity
from shared.db import now
from shared.errors import Invalid, Problem
from tests.events.places import quota, rules
from tests.events.test_seats_at_once import CROWD, SEATS, crowd, transaction  # noqa: F401  fixtures


@pytest.fixture
def at_once():
    """Call it to let all of these do something at the same moment; what became of each, problems included."""

    def at_once(act, people) -> list:
        def safely(one):
            try:
                return act(one)
            except Problem as problem:
                return type(problem)

        with ThreadPoolExecutor(len(people)) as threads:
            return list(threads.map(safely, people))

    return at_once


@pytest.fixture
def with_rules(transaction, crowd):  # noqa: F811
    """Call it to give the crowd's activity rules."""
    activity_id, _ = crowd

    def with_rules(**facts) -> None:
        def change(db) -> None:
            activity = db.get_one(Activity, activity_id)
            activity.sign_up, activity.starts_at = rules(**facts), now() + timedelta(days=5)
            activity.ends_at = activity.starts_at + timedelta(hours=1)

        transaction(change)

    return with_rules


def test_a_quota_is_not_exceeded_by_a_crowd(transaction, crowd, with_rules, at_once):  # noqa: F811
    activity_id, people = crowd
    with_rules(quotas=[quota("unit", "UX", seats=2)])
    join = text("UPDATE events.people SET unit_code = 'UX' WHERE person_id = ANY (:people)")
    transaction(lambda db: db.execute(join, {"people": people}))

    states = at_once(lambda one: transaction(lambda db: sign_ups.sign_up(db, activity_id, person_id=one).state), people)

    assert sorted(states) == ["going"] * 2 + ["waiting"] * (CROWD - 2)


def test_a_part_that_one_does_is_done_by_one_of_a_crowd(transaction, crowd, with_rules, at_once):  # noqa: F811
    activity_id, people = crowd
    with_rules(parts=[{"code": "photographer", "most": 1}])

    def reach(one):
        return transaction(
            lambda db: sign_ups.sign_up(db, activity_id, person_id=one, asked={"part": "photographer"}).part
        )

    got = at_once(reach, people)

    assert got.count("photographer") == 1
    assert got.count(PartTaken) == CROWD - 1


def test_an_offer_is_taken_or_passed_on_but_not_both(transaction, crowd, with_rules, at_once):  # noqa: F811
    """The person taps just as the clock finds that the time has passed."""
    activity_id, people = crowd
    with_rules()
    for one in people:
        transaction(lambda db, one=one: sign_ups.sign_up(db, activity_id, person_id=one))
    transaction(lambda db: sign_ups.cancel(db, activity_id, person_id=people[0]))
    asked = people[SEATS]
    transaction(lambda db: db.execute(text("UPDATE events.sign_ups SET offer_until = now() WHERE state = 'offered'")))

    def accept_or_expire(tap: bool):
        act = (lambda db: offers.accept(db, activity_id, person_id=asked).state) if tap else offers.expire
        return transaction(act)

    tapped = at_once(accept_or_expire, [True, False, False])[0]

    found = text("SELECT person_id, state FROM events.sign_ups WHERE activity_id = :id")
    held = dict(transaction(lambda db: db.execute(found, {"id": activity_id}).all()))
    assert sum(state in ("going", "offered") for state in held.values()) == SEATS
    assert held[asked] == ("going" if tapped == "going" else "cancelled")


def test_shrinking_while_a_crowd_signs_up_never_leaves_more_than_there_are_seats(transaction, crowd, at_once):  # noqa: F811
    activity_id, people = crowd

    def act(one):
        if one is not None:
            return transaction(lambda db: sign_ups.sign_up(db, activity_id, person_id=one).state)
        return transaction(shrink)

    def shrink(db) -> str:
        activity = db.get_one(Activity, activity_id)
        plan = {"title": activity.title, "starts_at": activity.starts_at, "ends_at": activity.ends_at}
        return activities.edit(db, activity_id, **plan, audience=activity.audience, capacity=3).state

    came = at_once(act, [*people[:10], None, *people[10:]])

    capacity = transaction(lambda db: db.get_one(Activity, activity_id).capacity)
    assert came.count("going") == transaction(lambda db: sign_ups.taken_count(db, activity_id)) <= capacity
    assert (Invalid in came) == (capacity == SEATS)
