"""Postponed, taken back, on again; which date suits; and seats that pass from one to another."""

from datetime import timedelta

import pytest

from services.events.domain import activities, changes, polls, sign_ups, swaps
from services.events.domain.series import life, standing
from services.events.models import SignUp, StandingPlace
from shared.db import now
from shared.errors import Forbidden, Invalid
from shared.schemas.members import PeopleChanged
from tests.events.conftest import once, plan, seen
from tests.events.series import series_plan

DAY = timedelta(days=1)


def times(days: int) -> dict:
    starts_at = now() + days * DAY
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}


@pytest.fixture
def goes(db):
    """Call it to let somebody sign up."""

    def goes(activity, somebody):
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        db.commit()
        return somebody

    return goes


def state_of(db, activity, somebody) -> str:
    return db.get(SignUp, (activity.id, somebody.person_id), populate_existing=True).state


def test_to_another_day_seats_are_kept_and_everyone_hears_why(db, hold, goes, person, published):
    activity, somebody = hold(), person()
    goes(activity, somebody)

    changes.postpone(db, activity.id, reason="下大雪", **times(8))

    assert (activity.state, state_of(db, activity, somebody)) == ("published", "going")
    [(_, news)] = published("events.activity_postponed.v1")
    assert (news["reason"], news["dated"], news["person_ids"]) == ("下大雪", True, [str(somebody.person_id)])


def test_without_a_date_it_is_postponed_and_takes_no_new_sign_ups(events, db, hold, person, token, clerk):
    activity = hold()
    answer = events.post(f"/activities/{activity.id}/postpone", json={"reason": "停电"}, headers=seen(clerk, activity))
    assert answer.json["state"] == "postponed"

    answer = events.put(f"/activities/{activity.id}/sign-up", headers=token(person().person_id))

    assert (answer.status_code, answer.json["title"]) == (409, "WrongState")


def test_into_the_past_or_backwards_is_refused_at_its_field(db, hold):
    activity = hold()

    with pytest.raises(Invalid) as refused:
        changes.postpone(db, activity.id, reason="x", starts_at=now() - DAY, ends_at=now() - 2 * DAY)

    assert set(refused.value.errors or {}) == {"starts_at", "ends_at"}


def test_those_who_signed_up_say_which_date_suits_and_the_unit_chooses(db, hold, goes, person, published):
    activity = hold()
    people = [goes(activity, person(name)) for name in ("甲", "乙", "丙")]
    changes.postpone(db, activity.id, reason="停电", options=[times(5), times(6)])
    for somebody, suits in zip(people, ([0, 1], [1], []), strict=True):
        polls.answer(db, activity.id, person_id=somebody.person_id, options=suits)
    polls.answer(db, activity.id, person_id=people[2].person_id, options=[1])

    counted = polls.counted(db, activity.id, people[0].person_id)
    assert counted
    assert [option["suits"] for option in counted["options"]] == [1, 3]
    assert (counted["answers"], counted["mine"]) == (3, [0, 1])
    wanted = counted["options"][1]["starts_at"]
    polls.choose(db, activity.id, option=1)

    assert (activity.state, activity.starts_at) == ("published", wanted)
    assert polls.counted(db, activity.id, None) is None
    assert [news["dated"] for _, news in published("events.activity_postponed.v1")] == [False, True]


def test_only_who_signed_up_is_asked_and_only_about_dates_on_offer(db, hold, goes, person):
    activity = hold()
    asked, stranger = goes(activity, person("甲")), person("乙")
    changes.postpone(db, activity.id, reason="停电", options=[times(5)])

    with pytest.raises(Forbidden):
        polls.answer(db, activity.id, person_id=stranger.person_id, options=[0])
    with pytest.raises(Invalid):
        polls.answer(db, activity.id, person_id=asked.person_id, options=[3])


def test_taken_back_it_is_a_draft_again_and_seats_are_kept(events, db, hold, goes, person, clerk):
    activity, somebody = hold(), person()
    goes(activity, somebody)
    answer = events.post(
        f"/activities/{activity.id}/withdraw", json={"reason": "写错了"}, headers=seen(clerk, activity)
    )
    assert (answer.json["state"], answer.json["published_at"]) == ("draft", None)
    db.expire_all()

    activities.submit(db, activity.id)

    assert state_of(db, activity, somebody) == "going"


def test_published_again_it_tells_those_who_were_there_before(db, hold, goes, person, published):
    activity, somebody = hold(), person()
    goes(activity, somebody)
    changes.withdraw(db, activity.id, reason="写错了")
    assert published("events.activity_withdrawn.v1")[0][1]["person_ids"] == [str(somebody.person_id)]

    activities.submit(db, activity.id)

    assert published("events.activity_restored.v1")[0][1]["person_ids"] == [str(somebody.person_id)]


def test_what_was_called_off_is_on_again_but_not_once_it_should_have_begun(events, db, hold, clerk, move):
    activity = hold()
    activities.call_off(db, activity.id, reason="没有暖气")
    db.commit()
    answer = events.post(f"/activities/{activity.id}/restore", headers=seen(clerk, activity))
    assert answer.json["state"] == "published"
    db.expire_all()
    activities.call_off(db, activity.id, reason="又坏了")
    move(activity, days=-3)

    answer = events.post(f"/activities/{activity.id}/restore", headers=clerk | {"If-Match": "*"})

    assert (answer.status_code, answer.json["title"]) == (409, "AlreadyStarted")


def test_a_seat_passes_to_whom_one_names_if_they_want_it(db, hold, goes, person, published):
    activity, giver, taker = hold(capacity=1), person("甲"), person("乙")
    goes(activity, giver)
    swap = swaps.offer(db, activity.id, from_id=giver.person_id, to_id=taker.person_id)
    assert published("events.swap_offered.v1")[0][1]["from_name"] == "甲"

    swaps.accept(db, swap.id, person_id=taker.person_id)

    assert (state_of(db, activity, giver), state_of(db, activity, taker)) == ("cancelled", "going")


def test_nobody_who_waits_is_passed_over(db, hold, goes, person):
    activity, giver = hold(capacity=1), person("甲")
    goes(activity, giver)
    goes(activity, person("等的人"))

    with pytest.raises(swaps.PeopleWait):
        swaps.offer(db, activity.id, from_id=giver.person_id, to_id=person("朋友").person_id)


def test_a_seat_given_back_meanwhile_cannot_be_taken_and_who_has_none_offers_none(db, hold, goes, person):
    activity, giver, taker = hold(), person("甲"), person("乙")
    goes(activity, giver)
    swap = swaps.offer(db, activity.id, from_id=giver.person_id, to_id=taker.person_id)
    sign_ups.cancel(db, activity.id, person_id=giver.person_id)

    with pytest.raises(swaps.SwapOver):
        swaps.accept(db, swap.id, person_id=taker.person_id)
    with pytest.raises(swaps.NoSeat):
        swaps.offer(db, activity.id, from_id=giver.person_id, to_id=taker.person_id)


def test_who_says_no_leaves_the_seat_where_it_is(db, hold, goes, person):
    activity, giver, taker = hold(), person("甲"), person("乙")
    goes(activity, giver)
    swap = swaps.offer(db, activity.id, from_id=giver.person_id, to_id=taker.person_id)

    swaps.decline(db, swap.id, person_id=taker.person_id)

    assert state_of(db, activity, giver) == "going"
    with pytest.raises(swaps.SwapOver):
        swaps.accept(db, swap.id, person_id=taker.person_id)


@pytest.fixture
def series(db, unit):
    made = life.post(db, unit(), reach="all", posted_by="test", submit_it=True, **series_plan(capacity=2))
    db.commit()
    return made


def next_of(db, series):
    from services.events.domain.series import making

    return making.with_next(db, [series])[0].next


def test_a_standing_place_is_a_seat_in_all_that_is_to_come(db, series, person):
    somebody = person()
    standing.take(db, series.id, person_id=somebody.person_id)

    assert {state_of(db, one, somebody) for one in next_of(db, series)} == {"going"}


def test_not_this_week_holds_for_this_week_only_even_when_the_clock_seats_again(db, series, person):
    somebody = person()
    standing.take(db, series.id, person_id=somebody.person_id)
    first, second, *_ = next_of(db, series)

    sign_ups.cancel(db, first.id, person_id=somebody.person_id)
    standing.seat(db, series)

    assert (state_of(db, first, somebody), state_of(db, second, somebody)) == ("cancelled", "going")


def test_there_are_no_more_standing_places_than_seats(db, series, person):
    for name in ("甲", "乙"):
        standing.take(db, series.id, person_id=person(name).person_id)

    with pytest.raises(standing.NoStandingPlace):
        standing.take(db, series.id, person_id=person("丙").person_id)


def test_where_it_is_full_on_a_day_the_holder_waits_that_day(db, series, person):
    first = next_of(db, series)[0]
    for name in ("甲", "乙"):
        sign_ups.sign_up(db, first.id, person_id=person(name).person_id)
    somebody = person("丙")

    standing.take(db, series.id, person_id=somebody.person_id)

    assert [state_of(db, one, somebody) for one in next_of(db, series)[:2]] == ["waiting", "going"]


def test_given_back_the_seats_are_offered_to_those_who_wait(db, series, person):
    first = next_of(db, series)[0]
    holder, other, waits = person("甲"), person("乙"), person("丙")
    standing.take(db, series.id, person_id=holder.person_id)
    for somebody in (other, waits):
        sign_ups.sign_up(db, first.id, person_id=somebody.person_id)
    assert state_of(db, first, waits) == "waiting"

    standing.give_back(db, series.id, person_id=holder.person_id)

    assert state_of(db, first, waits) == "offered"


def test_the_buddy_is_asked_first(events, db, series, person, token):
    holder, buddy = person("甲"), person("乙")
    headers = token(holder.person_id)
    place = f"/series/{series.id}/standing-place"
    assert events.put(place, json={"buddy_id": str(buddy.person_id)}, headers=headers).status_code == 200
    first = next_of(db, series)[0]

    answer = events.put(f"/activities/{first.id}/swap", json={}, headers=headers)

    assert (answer.status_code, answer.json["from_me"]) == (200, True)
    assert [one["id"] for one in events.get("/me/swaps", headers=token(buddy.person_id)).json["items"]] == [
        answer.json["id"]
    ]


def test_oneself_and_strangers_are_no_buddies(events, series, person, token):
    holder = person()
    answer = events.put(
        f"/series/{series.id}/standing-place", json={"buddy_id": str(holder.person_id)}, headers=token(holder.person_id)
    )

    assert (answer.status_code, answer.json["errors"]) == (422, {"buddy_id": [{"code": "unknown"}]})


def test_who_leaves_holds_no_place_any_more(db, series, person, hear):
    somebody = person()
    standing.take(db, series.id, person_id=somebody.person_id)
    facts = {name: getattr(somebody, name) for name in ("person_id", "name", "unit_id", "unit_code", "unit_name")}
    facts |= {"place_code": None, "zone_code": None, "groups": [], "skills": [], "language": "zh", "phone": None}

    hear(PeopleChanged, people=[{**facts, "email": None, "active": False, "changed_at": now()}])

    assert db.get(StandingPlace, (series.id, somebody.person_id), populate_existing=True) is None
    assert {state_of(db, one, somebody) for one in next_of(db, series)} == {"cancelled"}


def test_a_plan_kept_under_a_name_is_the_units_own(events, unit, liaison):
    mine, theirs = unit("U02"), unit("U03")
    words = {"name": "讲座", "plan": {"title": "健康讲座", "kind": "lecture"}}
    kept = events.post("/templates", json=words, headers=once(liaison(mine))).json

    assert events.get("/templates", headers=liaison(mine)).json["items"] == [kept]
    assert events.get("/templates", headers=liaison(theirs)).json["items"] == []
    wrong = words | {"plan": plan(points=5)}
    answer = events.post("/templates", json=wrong, headers=once(liaison(mine)))
    assert "plan.points" in answer.json["errors"]
