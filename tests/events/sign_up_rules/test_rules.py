"""The rules that a unit makes, and how they change."""

import pytest

from services.events.domain import activities, sign_ups
from shared.errors import Invalid
from tests.events.conftest import once, plan, seen
from tests.events.places import later, quota, rules, sign_up_of
from tests.events.series import series_plan
from tests.events.sign_up_rules.conftest import QUESTIONS


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
