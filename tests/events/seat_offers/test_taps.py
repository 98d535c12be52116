"""A seat is answered by one tap on a message."""

import pytest
from sqlalchemy import text

from services.events.domain import activities
from services.events.domain.sign_ups import offers
from shared.db import now
from shared.schemas.events import SeatOffered, SignedUpFor
from shared.schemas.notify import AnswerGiven
from tests.events.places import later, sign_up_of


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
