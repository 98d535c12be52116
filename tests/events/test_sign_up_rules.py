"""Who may sign up, for how many, and what they are asked: the unit's rules, each no with its reason."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.events.domain import activities, sign_ups
from services.events.domain.sign_ups import forgetting, wishes
from services.events.domain.sign_ups.seats import NoRoom, PartTaken
from services.events.models import SignUp
from shared.errors import Invalid
from tests.events.conftest import once, plan, seen
from tests.events.places import born, later, quota, rules, sign_up_of
from tests.events.series import series_plan


@pytest.fixture(autouse=True)
def known(unit, labels):
    """What quotas are of exists."""
    unit("U92")
    labels("place", "C1")


@pytest.fixture
def attempt(events, token):
    """Call it to let somebody ask for a seat over HTTP."""

    def attempt(activity, somebody, **asked):
        path = f"/activities/{activity.id}/sign-up"
        return events.put(path, json=asked or None, headers=token(somebody.person_id))

    return attempt


def codes(answer) -> dict[str, list[str]]:
    return {field: [error["code"] for error in errors] for field, errors in answer.json["errors"].items()}


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


def test_ages_are_asked_only_where_a_rule_needs_them(db, attempt, hold, person):
    plain, by_age = hold(**later()), hold(sign_up=rules(least_age=60), **later())
    somebody = person()

    attempt(plain, somebody, birth_year=born(70))
    refused = attempt(by_age, somebody)

    assert sign_up_of(db, plain, somebody.person_id).details is None
    assert codes(refused) == {"birth_year": ["required"]}


@pytest.mark.parametrize(("age", "code"), [(59, "too_young"), (81, "too_old")])
def test_outside_the_ages_nobody_signs_up(attempt, hold, person, age, code):
    activity = hold(sign_up=rules(least_age=60, most_age=80), **later())

    assert codes(attempt(activity, person(), birth_year=born(age))) == {"birth_year": [code]}
    assert attempt(activity, person("乙"), birth_year=born(60)).json["state"] == "going"


def test_quotas_by_age_count_by_the_year_of_birth(attempt, hold, person):
    activity = hold(capacity=9, sign_up=rules(quotas=[quota("age", least=60, seats=1)]), **later())

    answers = [attempt(activity, person(str(age)), birth_year=born(age)).json["state"] for age in (70, 65, 30)]

    assert answers == ["going", "waiting", "going"]


def test_the_year_of_birth_is_kept_sealed(db, attempt, hold, person):
    activity, somebody = hold(sign_up=rules(least_age=10), **later()), person()
    attempt(activity, somebody, birth_year=born(43))

    kept = db.scalar(text("SELECT details FROM events.sign_ups WHERE activity_id = :id"), {"id": activity.id})

    assert kept.startswith("v1.")
    assert sign_up_of(db, activity, somebody.person_id).details == {"birth_year": born(43)}


def test_a_child_needs_a_guardian(attempt, hold, person):
    activity, child = hold(sign_up=rules(guardian_under=14), **later()), person()
    guardian = {"name": "妈妈", "phone": "10000000001", "birth_year": born(35)}

    assert codes(attempt(activity, child, birth_year=born(9))) == {"guardian": ["required"]}
    assert attempt(activity, child, birth_year=born(9), guardian=guardian).json["state"] == "going"


def test_a_guardian_who_is_a_minor_is_none(attempt, hold, person):
    activity = hold(sign_up=rules(guardian_under=14), **later())
    sister = {"name": "姐姐", "phone": "10000000001", "birth_year": born(17)}

    assert codes(attempt(activity, person(), birth_year=born(9), guardian=sister)) == {"guardian.birth_year": ["minor"]}


def test_a_grown_up_needs_no_guardian_and_one_that_is_sent_is_not_kept(db, attempt, hold, person):
    activity, somebody = hold(sign_up=rules(guardian_under=14), **later()), person()

    attempt(activity, somebody, birth_year=born(14), guardian={"name": "x", "phone": "123", "birth_year": born(40)})

    assert sign_up_of(db, activity, somebody.person_id).details == {"birth_year": born(14)}


QUESTIONS = [
    {"id": "bus", "text": "坐大巴吗？", "kind": "yes_no", "required": True},
    {"id": "size", "text": "衣服尺码", "kind": "choice", "choices": ["M", "L"]},
    {"id": "note", "text": "还有什么要说的？", "kind": "text"},
]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, {"answers.bus": ["required"]}),
        ({"bus": "是"}, {"answers.bus": ["invalid"]}),
        ({"bus": True, "size": "XL"}, {"answers.size": ["not_one_of"]}),
        ({"bus": True, "note": 5}, {"answers.note": ["invalid"]}),
        ({"bus": True, "note": "长" * 501}, {"answers.note": ["too_long"]}),
        ({"bus": True, "other": "x"}, {"answers.other": ["unknown_field"]}),
    ],
)
def test_a_question_wants_its_kind_of_answer(attempt, hold, person, answers, wrong):
    activity = hold(sign_up=rules(questions=QUESTIONS), **later())

    assert codes(attempt(activity, person(), answers=answers)) == wrong


def test_the_unit_reads_the_answers_and_others_do_not(events, attempt, unit, liaison, hold, person, token):
    owner, somebody = unit(), person()
    activity = hold(owner, sign_up=rules(questions=QUESTIONS), **later())
    attempt(activity, somebody, answers={"bus": True, "size": "M"})
    path = f"/activities/{activity.id}/sign-ups"

    [shown] = events.get(path, headers=liaison(owner)).json["items"]

    assert shown["told"]["answers"] == {"bus": True, "size": "M"}
    assert events.get(path, headers=token(somebody.person_id)).status_code == 403


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


def test_after_the_list_is_closed_only_the_unit_adds_somebody(events, attempt, hold, person, clerk):
    activity = hold(sign_up=rules(closes_minutes_before=2880))  # it begins in a day
    late = person()

    assert attempt(activity, late).json["title"] == "SignUpClosed"
    answer = events.put(f"/activities/{activity.id}/sign-ups/{late.person_id}", json={}, headers=clerk)
    assert (answer.status_code, answer.json["state"], answer.json["by"]) == (200, "going", "clerk")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quotas": [{"by": "zone", "seats": 3}]}, "sign_up.quotas.0.of"),
        ({"quotas": [{"by": "age", "seats": 3}]}, "sign_up.quotas.0.least"),
        ({"quotas": [{"by": "age", "least": 9, "most": 3, "seats": 3}]}, "sign_up.quotas.0.most"),
        ({"quotas": [{"by": "zone", "of": ["NOWHERE"], "seats": 3}]}, "sign_up.quotas.0.of"),
        ({"questions": [{"id": "q", "text": "?", "kind": "choice"}]}, "sign_up.questions.0.choices"),
        ({"questions": [QUESTIONS[0], QUESTIONS[0]]}, "sign_up.questions"),
        ({"parts": [{"code": "king", "most": 1}]}, "sign_up.parts.0.code"),
        ({"party_most": 21}, "sign_up.party_most"),
        ({"offer_minutes": -1}, "sign_up.offer_minutes"),
    ],
)
def test_rules_that_make_no_sense_are_refused_at_their_field(events, unit, liaison, wrong, field):
    answer = events.post("/activities", json=plan(sign_up=wrong), headers=once(liaison(unit())))

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_a_change_that_says_nothing_of_the_rules_leaves_them(events, hold, clerk):
    activity = hold(sign_up=rules(party_most=5))
    same = plan(starts_at=activity.starts_at.isoformat(), ends_at=activity.ends_at.isoformat(), title="新名字")

    answer = events.put(f"/activities/{activity.id}", json=same, headers=seen(clerk, activity))

    assert (answer.json["title"], answer.json["sign_up"]["party_most"]) == ("新名字", 5)


def test_shrinking_a_quota_below_what_is_taken_of_it_is_refused(db, hold, person):
    activity = hold(capacity=9, sign_up=rules(quotas=[quota("unit", "U92", seats=3)]), **later())
    for name in ("甲", "乙"):
        sign_ups.sign_up(db, activity.id, person_id=person(name, unit_code="U92").person_id)
    same = {"title": "x", "starts_at": activity.starts_at, "ends_at": activity.ends_at, "audience": activity.audience}
    same |= {"capacity": 9}

    with pytest.raises(Invalid) as refused:
        activities.edit(db, activity.id, **same, sign_up=rules(quotas=[quota("unit", "U92", seats=1)]))

    assert refused.value.errors == {"sign_up.quotas.0.seats": [{"code": "seats_taken", "min": 2}]}


def test_new_rules_that_let_more_in_let_those_in_who_wait(db, hold, person):
    activity = hold(capacity=9, sign_up=rules(quotas=[quota("unit", "U92", seats=1)], offer_minutes=0), **later())
    people = [person(name, unit_code="U92").person_id for name in ("甲", "乙")]
    for one in people:
        sign_ups.sign_up(db, activity.id, person_id=one)
    same = {"title": "x", "starts_at": activity.starts_at, "ends_at": activity.ends_at, "audience": activity.audience}

    activities.edit(db, activity.id, **same, capacity=9, sign_up=rules(offer_minutes=0))

    assert {sign_up_of(db, activity, one).state for one in people} == {"going"}


def test_occurrences_of_a_series_have_its_rules(db, unit):
    from services.events.domain.series import life, making

    wanted = rules(party_most=4)
    series = life.post(db, unit(), reach="all", posted_by="test", submit_it=True, sign_up=wanted, **series_plan())

    [made] = making.with_next(db, [series], 1)

    assert [one.sign_up for one in made.next or []] == [wanted]


def test_what_people_told_is_forgotten_a_month_after(db, attempt, hold, person, move, tick):
    activity, somebody = (
        hold(sign_up=rules(least_age=10, quotas=[quota("age", least=60, seats=3)]), **later()),
        person(),
    )
    attempt(activity, somebody, birth_year=born(70))
    assert sign_up_of(db, activity, somebody.person_id).quotas == [0]
    move(activity, days=-40)

    forgetting.forget_old(db)

    kept = sign_up_of(db, activity, somebody.person_id)
    assert (kept.state, kept.details, kept.quotas) == ("going", None, [])


def test_who_gives_the_seat_back_takes_what_they_told_with_them(db, attempt, hold, person):
    activity, somebody = hold(sign_up=rules(least_age=10), **later()), person()
    attempt(activity, somebody, birth_year=born(70))

    sign_ups.cancel(db, activity.id, person_id=somebody.person_id)

    assert sign_up_of(db, activity, somebody.person_id).details is None


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


def test_the_age_that_counts_is_the_one_reached_in_the_year_of_the_activity(hold):
    activity = hold(sign_up=rules(least_age=18), **later())

    assert wishes.checked(activity, {"birth_year": born(18)}).age == 18
