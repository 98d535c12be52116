"""Who waits is asked whether they still want the seat: they take it, leave it, or let its time pass."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import activities, sign_ups, swaps
from services.events.domain.sign_ups import offers
from services.events.domain.sign_ups.seats import NoRoom
from services.events.models import Attendance
from shared.db import now
from shared.schemas.events import SeatOffered, SignedUpFor
from shared.schemas.notify import AnswerGiven
from tests.events.places import later, quota, rules, sign_up_of


@pytest.fixture
def queue(db, hold, person):
    """Call it for an activity with one seat, whose it is, and those who wait, in their order."""

    def queue(*names: str, **facts):
        activity = hold(capacity=1, **later() | facts)
        people = [person(name) for name in ("有座的", *names)]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        db.commit()
        return activity, *people

    return queue


@pytest.fixture
def give_up(db):
    """Call it to let somebody give their seat back."""

    def give_up(activity, somebody) -> None:
        sign_ups.cancel(db, activity.id, person_id=somebody.person_id)
        db.commit()

    return give_up


@pytest.fixture
def states(db):
    def states(activity, *people) -> list[str]:
        return [sign_up_of(db, activity, one.person_id).state for one in people]

    return states


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


@pytest.fixture
def was_somewhere(db, hold):
    """Call it to let somebody have been at so many activities in the last year."""

    def was_somewhere(somebody, times: int, days_ago: int = 30) -> None:
        for _ in range(times):
            at = now() - timedelta(days=days_ago)
            db.add(Attendance(id=uuid4(), activity_id=hold().id, person_id=somebody.person_id, source="leader", at=at))
        db.commit()

    return was_somewhere


def test_where_newcomers_come_first_who_was_nowhere_is_asked_before_who_often_was(
    events, queue, give_up, states, was_somewhere, db, token
):
    wanted = rules(newcomers_first=True)
    activity, goes, regular, rare, newcomer = queue("常来的", "来过的", "没来过的", sign_up=wanted)
    was_somewhere(regular, 3)
    was_somewhere(rare, 1)
    assert events.get(f"/activities/{activity.id}/sign-up", headers=token(regular.person_id)).json["position"] == 3

    give_up(activity, goes)

    assert states(activity, regular, rare, newcomer) == ["waiting", "waiting", "offered"]
    why = sign_up_of(db, activity, newcomer.person_id).why
    assert why == [{"code": "your_turn"}, {"code": "newcomers_first", "times": 0}]
    give_up(activity, newcomer)
    assert states(activity, regular, rare) == ["waiting", "offered"]


def test_what_was_more_than_a_year_ago_does_not_count(queue, give_up, states, was_somewhere):
    activity, goes, once_regular, other = queue("早先常来的", "别人", sign_up=rules(newcomers_first=True))
    was_somewhere(once_regular, 5, days_ago=400)

    give_up(activity, goes)

    assert states(activity, once_regular, other) == ["offered", "waiting"]


@pytest.fixture
def tap(hear_answer):
    """Call it to let somebody answer by one tap what they were asked about a sign-up."""

    def tap(about, mine, answer: str) -> None:
        facts = {"person_id": mine.person_id, "answer": answer, "answered_at": now()}
        hear_answer(AnswerGiven, thread=mine.asked_id, about=about.topic, **facts)

    return tap


@pytest.fixture
def hear_answer(db, connection):
    """Call it to let notify publish an answer, and this service hear it."""
    from services.events import consumers  # noqa: F401  importing registers
    from shared import bus
    from shared import db as database
    from shared.outbox import publish

    def hear_answer(event, **facts) -> None:
        db.commit()
        with database.transaction("notify") as tx:
            event_id = publish(tx, event, **facts)
        delivery = text("SELECT id FROM bus.deliveries WHERE event_id = :id AND subscriber = 'events'")
        bus.receive("events", db.execute(delivery, {"id": event_id}).scalar_one())
        failed = db.execute(text("SELECT last_error FROM bus.deliveries WHERE failures > 0")).scalars().all()
        assert not failed, failed
        db.expire_all()

    return hear_answer


@pytest.mark.parametrize(("answer", "state"), [("ack", "going"), ("decline", "cancelled"), ("call_me", "offered")])
def test_one_tap_takes_the_seat_or_leaves_it(queue, give_up, states, db, tap, answer, state):
    activity, goes, first = queue("甲")
    give_up(activity, goes)

    tap(SeatOffered, sign_up_of(db, activity, first.person_id), answer)

    assert states(activity, first) == [state]


def test_a_tap_that_comes_too_late_is_answered_too(queue, give_up, states, db, tap, published):
    activity, goes, first = queue("甲")
    give_up(activity, goes)
    mine = sign_up_of(db, activity, first.person_id)
    db.execute(text("UPDATE events.sign_ups SET offer_until = now() WHERE state = 'offered'"))
    offers.expire(db)

    tap(SeatOffered, mine, "ack")

    assert states(activity, first) == ["cancelled"]
    assert published("events.sign_up_changed.v1")[-1][1]["state"] == "offer_over"


def test_a_tap_after_it_was_called_off_is_answered_too(queue, give_up, db, tap, published):
    activity, goes, first = queue("甲")
    give_up(activity, goes)
    activities.call_off(db, activity.id, reason="下雪")

    tap(SeatOffered, sign_up_of(db, activity, first.person_id), "ack")

    assert published("events.sign_up_changed.v1")[-1][1]["state"] == "offer_over"


def test_somebody_elses_tap_takes_nothing(queue, give_up, states, db, hear_answer):
    activity, goes, first, second = queue("甲", "乙")
    give_up(activity, goes)
    asked = sign_up_of(db, activity, first.person_id).asked_id

    facts = {"person_id": second.person_id, "answer": "ack", "answered_at": now()}
    hear_answer(AnswerGiven, thread=asked, about=SeatOffered.topic, **facts)

    assert states(activity, first, second) == ["offered", "waiting"]


def test_whom_somebody_signed_up_says_no_by_one_tap(db, hold, person, tap, states, clerk, events):
    activity, somebody = hold(**later()), person()
    events.put(f"/activities/{activity.id}/sign-ups/{somebody.person_id}", json={"by": "phone"}, headers=clerk)

    tap(SignedUpFor, sign_up_of(db, activity, somebody.person_id), "decline")

    assert states(activity, somebody) == ["cancelled"]


def test_whom_somebody_signed_up_says_yes_and_stays(db, hold, person, tap, states, clerk, events):
    activity, somebody = hold(**later()), person()
    events.put(f"/activities/{activity.id}/sign-ups/{somebody.person_id}", json={"by": "phone"}, headers=clerk)

    tap(SignedUpFor, sign_up_of(db, activity, somebody.person_id), "ack")

    assert states(activity, somebody) == ["going"]


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
