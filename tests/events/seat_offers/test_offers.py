"""Who waits is asked whether they still want the seat: they take it, leave it, or let its time pass."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from services.events.domain import activities, sign_ups, swaps
from services.events.domain.sign_ups.seats import NoRoom
from shared.db import now
from tests.events.places import later, quota, rules, sign_up_of


def test_a_free_seat_is_held_for_the_first_who_waits_until_they_answer(queue, give_up, states, db, published):
    activity, goes, first, second = queue("甲", "乙")

    give_up(activity, goes)

    assert states(activity, goes, first, second) == ["cancelled", "offered", "waiting"]
    [(_, told)] = published("events.seat_offered.v1")
    held = sign_up_of(db, activity, first.person_id)
    assert (told["person_id"], told["offer_id"]) == (str(first.person_id), str(held.asked_id))
    assert held.why == [{"code": "your_turn"}]
    assert held.offer_until
    assert timedelta(hours=11) < held.offer_until - now() <= timedelta(hours=12)


def test_a_seat_that_is_held_is_nobody_elses(queue, give_up, states, db, person):
    activity, goes, first = queue("甲")
    give_up(activity, goes)
    newcomer = person("后来的")

    sign_ups.sign_up(db, activity.id, person_id=newcomer.person_id)

    assert states(activity, first, newcomer) == ["offered", "waiting"]


def test_whoever_is_asked_takes_the_seat_and_twice_is_once(events, queue, give_up, token, published):
    activity, goes, first = queue("甲")
    give_up(activity, goes)
    path, headers = f"/activities/{activity.id}/sign-up", token(first.person_id)
    assert events.get(path, headers=headers).json["offer_until"]

    answers = [events.post(f"{path}/accept", headers=headers) for _ in range(2)]

    assert [answer.json["state"] for answer in answers] == ["going", "going"]
    assert [ended["outcome"] for _, ended in published("events.seat_offer_ended.v1")] == ["accepted"]


def test_whoever_leaves_the_seat_leaves_it_to_the_next(events, queue, give_up, states, token, published):
    activity, goes, first, second = queue("甲", "乙")
    give_up(activity, goes)

    answer = events.post(f"/activities/{activity.id}/sign-up/decline", headers=token(first.person_id))

    assert answer.status_code == 204
    assert states(activity, first, second) == ["cancelled", "offered"]
    assert [ended["outcome"] for _, ended in published("events.seat_offer_ended.v1")] == ["declined"]


def test_who_was_not_asked_cannot_take_a_seat(events, queue, token):
    activity, _, first = queue("甲")

    answer = events.post(f"/activities/{activity.id}/sign-up/accept", headers=token(first.person_id))

    assert (answer.status_code, answer.json["title"], answer.json["state"]) == (409, "NoOffer", "waiting")


def test_when_the_time_has_passed_the_clock_asks_the_next_one(queue, give_up, states, db, tick, published):
    activity, goes, first, second = queue("甲", "乙")
    give_up(activity, goes)
    db.execute(text("UPDATE events.sign_ups SET offer_until = now() - interval '1 minute' WHERE state = 'offered'"))

    tick("events", "pass_on_seats_that_nobody_took")
    tick("events", "pass_on_seats_that_nobody_took")

    assert states(activity, first, second) == ["cancelled", "offered"]
    assert sign_up_of(db, activity, first.person_id).why == [{"code": "offer_expired"}]
    assert [ended["outcome"] for _, ended in published("events.seat_offer_ended.v1")] == ["expired"]


def test_who_let_the_time_pass_reads_why_they_have_no_seat(events, queue, give_up, db, tick, token):
    activity, goes, first = queue("甲")
    give_up(activity, goes)
    db.execute(text("UPDATE events.sign_ups SET offer_until = now() WHERE state = 'offered'"))
    tick("events", "pass_on_seats_that_nobody_took")

    shown = events.get(f"/activities/{activity.id}/sign-up", headers=token(first.person_id)).json

    assert (shown["state"], shown["why"]) == ("cancelled", [{"code": "offer_expired"}])


def test_a_day_before_the_start_nobody_is_asked_first(queue, give_up, states, published):
    activity, goes, first = queue("甲", starts_at=now() + timedelta(hours=20))

    give_up(activity, goes)

    assert states(activity, first) == ["going"]
    assert published("events.seat_offered.v1") == []


def test_an_offer_ends_well_before_the_start(queue, give_up, db):
    activity, goes, first = queue("甲", starts_at=now() + timedelta(hours=25), sign_up=rules(offer_minutes=2000))

    give_up(activity, goes)

    assert sign_up_of(db, activity, first.person_id).offer_until == activity.starts_at - timedelta(hours=12)


def test_a_unit_that_asks_nobody_lets_people_move_up(queue, give_up, states):
    activity, goes, first = queue("甲", sign_up=rules(offer_minutes=0))

    give_up(activity, goes)

    assert states(activity, first) == ["going"]


def test_a_seat_is_not_passed_on_into_a_full_quota(db, unit, hold, person):
    unit("U92")
    activity = hold(capacity=9, sign_up=rules(quotas=[quota("unit", "U92", seats=1)]), **later())
    inside, giver, taker = person("甲", unit_code="U92"), person("乙"), person("丙", unit_code="U92")
    for somebody in (inside, giver):
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    swap = swaps.offer(db, activity.id, from_id=giver.person_id, to_id=taker.person_id)

    with pytest.raises(NoRoom):
        swaps.accept(db, swap.id, person_id=taker.person_id)


def test_a_larger_capacity_asks_those_who_wait(queue, db, states):
    activity, _, first, second = queue("甲", "乙")
    plan = {"title": "羽毛球赛", "starts_at": activity.starts_at, "ends_at": activity.ends_at}

    activities.edit(db, activity.id, **plan, audience=activity.audience, capacity=2)

    assert states(activity, first, second) == ["offered", "waiting"]


def test_capacity_does_not_shrink_below_seats_that_are_held(queue, give_up, db):
    activity, _goes, _first = queue("甲")
    plan = {"title": "羽毛球赛", "starts_at": activity.starts_at, "ends_at": activity.ends_at}
    activities.edit(db, activity.id, **plan, audience=activity.audience, capacity=2)

    with pytest.raises(activities.Invalid) as refused:
        activities.edit(db, activity.id, **plan, audience=activity.audience, capacity=1)

    assert refused.value.errors == {"capacity": [{"code": "seats_taken", "min": 2}]}
