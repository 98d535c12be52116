"""What people are asked when they sign up: ages, guardians, questions; and when it is forgotten."""

import pytest
from sqlalchemy import text

from services.events.domain import sign_ups
from services.events.domain.sign_ups import forgetting, wishes
from tests.events.places import born, later, quota, rules, sign_up_of
from tests.events.sign_up_rules.conftest import QUESTIONS, codes


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


def test_the_age_that_counts_is_the_one_reached_in_the_year_of_the_activity(hold):
    activity = hold(sign_up=rules(least_age=18), **later())

    assert wishes.checked(activity, {"birth_year": born(18)}).age == 18
