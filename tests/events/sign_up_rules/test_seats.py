"""For how many one signs up: quotas, parties, and parts with a maximum, each no with its reason."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.events.domain import sign_ups
from services.events.domain.sign_ups.seats import NoRoom, PartTaken
from services.events.models import SignUp
from tests.events.places import later, quota, rules, sign_up_of
from tests.events.sign_up_rules.conftest import codes


def test_a_full_quota_lets_people_wait_although_there_are_seats_and_says_which(attempt, hold, person):
    activity = hold(capacity=10, sign_up=rules(quotas=[quota("zone", "C1", seats=1)]), **later())
    inside, also, outside = person("甲", place_code="C1"), person("乙", zone_code="C1"), person("丙", place_code="C2")

    first, second, third = (attempt(activity, one).json for one in (inside, also, outside))

    assert [one["state"] for one in (first, second, third)] == ["going", "waiting", "going"]
    assert second["why"][0] | {"least": None, "most": None} == {"code": "quota_full"} | quota(
        "zone", "C1", seats=1, least=None, most=None
    )


def test_a_seat_of_a_quota_that_comes_free_goes_to_the_first_whom_the_quotas_let_in(db, hold, person):
    activity = hold(capacity=2, sign_up=rules(quotas=[quota("unit", "U92", seats=1)], offer_minutes=0), **later())
    people = [
        person(name, unit_code=code) for name, code in (("甲", "U92"), ("乙", "U03"), ("丙", "U92"), ("丁", "U03"))
    ]
    for somebody in people:
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)

    sign_ups.cancel(db, activity.id, person_id=people[1].person_id)

    assert [sign_up_of(db, activity, one.person_id).state for one in people] == [
        "going",
        "cancelled",
        "waiting",
        "going",
    ]


def test_a_party_takes_as_many_seats_as_it_has_people(events, attempt, hold, person, token):
    activity = hold(capacity=4, sign_up=rules(party_most=3), **later())
    first, second = person("甲"), person("乙")
    attempt(activity, first, party=[{"name": "孙女", "age": 6}, {"name": "老伴"}])

    answer = attempt(activity, second, party_size=2).json

    assert (answer["state"], answer["why"][0]) == ("waiting", {"code": "party_too_large", "left": 1})
    shown = events.get(f"/activities/{activity.id}", headers=token(first.person_id)).json
    assert (shown["going_count"], shown["waiting_count"], shown["seats_left"]) == (3, 2, 1)
    assert codes(attempt(activity, person("丙"), party_size=4)) == {"party_size": ["out_of_range"]}


def test_a_party_that_becomes_smaller_gives_seats_back_and_one_that_does_not_fit_stays_as_it_was(db, hold, person):
    activity = hold(capacity=3, sign_up=rules(party_most=3, offer_minutes=0), **later())
    first, second = person("甲"), person("乙")
    sign_ups.sign_up(db, activity.id, person_id=first.person_id, asked={"party_size": 3})
    sign_ups.sign_up(db, activity.id, person_id=second.person_id)
    assert sign_up_of(db, activity, second.person_id).state == "waiting"

    sign_ups.sign_up(db, activity.id, person_id=first.person_id, asked={"party_size": 2})

    assert sign_up_of(db, activity, second.person_id).state == "going"
    with pytest.raises(NoRoom):
        sign_ups.sign_up(db, activity.id, person_id=first.person_id, asked={"party_size": 3})
    assert sign_up_of(db, activity, first.person_id).party_size == 2


DRIVER = {"code": "driver", "most": 1, "needs": ["driving"]}


def test_a_part_is_for_those_who_can_do_it_and_takes_no_seat(db, attempt, hold, person):
    activity = hold(capacity=1, sign_up=rules(parts=[DRIVER]), **later())
    attempt(activity, person("来的人"))

    assert codes(attempt(activity, person("不会开车"), part="driver")) == {"part": ["needs_skills"]}
    answer = attempt(activity, person("司机", skills=["driving"]), part="driver").json
    assert (answer["state"], answer["part"], answer["why"]) == ("going", "driver", [{"code": "part", "part": "driver"}])
    assert sign_ups.taken_count(db, activity.id) == 1


def test_no_more_people_do_a_part_than_are_needed(db, hold, person):
    activity = hold(sign_up=rules(parts=[DRIVER]), **later())
    sign_ups.sign_up(db, activity.id, person_id=person("甲", skills=["driving"]).person_id, asked={"part": "driver"})

    with pytest.raises(PartTaken):
        sign_ups.sign_up(
            db, activity.id, person_id=person("乙", skills=["driving"]).person_id, asked={"part": "driver"}
        )


def test_who_takes_a_part_leaves_the_seat_to_who_waits(db, hold, person):
    activity = hold(capacity=1, sign_up=rules(parts=[DRIVER], offer_minutes=0), **later())
    driver, waits = person("甲", skills=["driving"]), person("乙")
    for somebody in (driver, waits):
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)

    sign_ups.sign_up(db, activity.id, person_id=driver.person_id, asked={"part": "driver"})

    assert sign_up_of(db, activity, waits.person_id).state == "going"


def test_nobody_makes_themselves_the_leader(attempt, hold, person):
    activity = hold(sign_up=rules(parts=[{"code": "leader", "most": 1}]), **later())

    assert codes(attempt(activity, person(), part="leader")) == {"part": ["named_by_unit"]}


def test_a_part_that_nobody_needs_is_unknown(attempt, hold, person):
    assert codes(attempt(hold(**later()), person(), part="driver")) == {"part": ["unknown"]}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    capacity=st.integers(1, 8),
    limit=st.integers(1, 4),
    parties=st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=8),
    leave=st.lists(st.integers(0, 7), max_size=6),
)
def test_neither_the_seats_nor_a_quota_are_ever_exceeded_and_nobody_waits_for_nothing(
    db, hold, person, capacity, limit, parties, leave
):
    wanted = rules(quotas=[quota("unit", "U92", seats=limit)], party_most=3, offer_minutes=0)
    activity = hold(capacity=capacity, sign_up=wanted, **later())
    people = [person(str(n), unit_code="U92" if inside else None).person_id for n, (_, inside) in enumerate(parties)]
    for one, (size, _) in zip(people, parties, strict=True):
        sign_ups.sign_up(db, activity.id, person_id=one, asked={"party_size": size})
    for n in leave:
        sign_ups.cancel(db, activity.id, person_id=people[n % len(people)])

    held = db.query(SignUp).filter_by(activity_id=activity.id).populate_existing().all()
    free = capacity - sum(one.party_size for one in held if one.state == "going")
    of_quota = limit - sum(one.party_size for one in held if one.state == "going" and one.quotas)
    assert free >= 0
    assert of_quota >= 0
    for one in held:
        if one.state == "waiting":
            assert one.party_size > free or (one.quotas and one.party_size > of_quota)
            assert one.why
