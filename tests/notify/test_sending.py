"""Out of the house through the real channels, to providers that hang, refuse, and forget."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from services.notify.domain import sending
from services.notify.models import Address, Message, Sending
from shared.db import now
from shared.schemas import patrol
from tests.conftest import COMMITTEE
from tests.notify.happenings import shift, sos, trouble

#: The stand-in begins before its day is made noon.
pytestmark = pytest.mark.usefixtures("standin", "at_noon")


@pytest.fixture
def told(person, phone_of, grant, happen, settle):
    """Call it to tell somebody at the duty desk of trouble, whose push service behaves as it was told to."""

    def told(**facts):
        reader = person(**facts)
        grant(reader.person_id, "duty")
        phone = phone_of(reader)
        happen(patrol.TroubleReported, **trouble())
        return reader, phone

    return told


@pytest.fixture
def send(db, gateway):
    """Call it to send what is due, with little patience for providers."""

    def send(**how) -> None:
        db.commit()
        sending.send_due(COMMITTEE, gateway=gateway, **how)

    return send


def test_what_the_push_service_takes_is_sent(told, settle, standin, only, db):
    _, phone = told()

    settle()

    [push] = standin.received("web_push", phone)
    assert push.content["title"] == "三号楼 路灯不亮"
    assert only().state == "sent"
    assert db.scalars(select(Address.last_ok_at)).one() is not None


def test_a_push_service_that_hangs_is_asked_again_later(told, settle, standin, send, only, let_pass):
    _, phone = told()
    standin.behave("web_push", phone, 500)
    settle()
    standin.behave("web_push", phone, "hang")
    let_pass(hours=2)
    send()
    assert (only().state, only().attempts) == ("failed", 2)

    standin.well()
    let_pass(hours=2)
    send()
    assert (only().state, only().attempts) == ("sent", 3)
    assert len(standin.received("web_push", phone)) == 1


def test_a_phone_that_is_gone_is_never_asked_again(told, settle, happen, standin, only, db):
    _, phone = told()
    standin.behave("web_push", phone, 410)

    settle()
    assert only().state == "gave_up"
    assert db.scalars(select(Address.dead_at)).one() is not None

    happen(patrol.TroubleReported, **trouble())
    settle()
    assert db.scalar(select(func.count()).select_from(Sending)) == 1


def test_a_push_service_that_asks_us_to_wait_is_given_its_time(told, settle, standin, only):
    _, phone = told()
    standin.behave("web_push", phone, 429, retry_after=1800)

    settle()

    assert only().state == "failed"
    assert only().due_at > now() + timedelta(minutes=29)


def test_a_push_service_that_is_broken_is_asked_again_soon(told, settle, standin, only):
    _, phone = told()
    standin.behave("web_push", phone, 500)

    settle()

    assert only().state == "failed"
    assert "500" in only().detail
    assert only().due_at < now() + timedelta(minutes=1)


def test_what_fails_for_three_days_becomes_a_dead_letter_and_can_be_replayed(
    told, settle, standin, send, only, db, notify, clerk
):
    reader, phone = told()
    standin.behave("web_push", phone, 500)
    settle()
    db.execute(update(Sending).values(due_at=now(), expires_at=now()))
    send()

    assert only().state == "gave_up"
    [letter] = notify.get("/dead-letters", headers=clerk).json["items"]
    assert (letter["state"], letter["person"]["name"]) == ("gave_up", reader.name)

    standin.well()
    replayed = notify.post("/dead-letters/replay", json={"sending_ids": [letter["id"]]}, headers=clerk)
    assert replayed.json == {"sendings": 1, "deliveries": 0}
    send()
    assert only().state == "sent"


def test_one_host_that_hangs_keeps_no_other_waiting(db, person, phone_of, happen, settle, standin, ways_of):
    healthy = [person(f"健康{n}", phone=f"86100000{n:05}") for n in range(5)]
    slow = [person(f"缓慢{n}") for n in range(30)]
    for reader in slow:
        standin.behave("web_push", phone_of(reader), "hang")
    happen(patrol.SosRaised, **sos(person("求助"), crew=[*healthy, *slow]))

    settle()

    assert all(ways_of(reader) == [("sms", "sent")] for reader in healthy)
    states = db.execute(
        select(Sending.state, func.count()).where(Sending.channel == "web_push").group_by(Sending.state)
    )
    assert set(dict(states.all())) <= {"failed", "queued"}


def test_an_sms_that_was_cut_off_is_not_sent_again_by_itself(db, told, settle, standin, send):
    told(phone="8610000000011")
    settle()
    db.execute(update(Sending).where(Sending.channel == "web_push").values(state="cancelled"))
    sms = Sending.channel == "sms"
    db.execute(update(Sending).where(sms).values(state="sending", lease_until=now() - timedelta(seconds=1)))

    send()

    assert db.scalars(select(Sending.state).where(sms)).one() == "unknown"
    assert standin.received("sms", "8610000000011") == []


def test_a_push_that_was_cut_off_is_sent_again(db, told, settle, standin, send, only):
    _, phone = told()
    settle()
    db.execute(update(Sending).values(state="sending", lease_until=now() - timedelta(seconds=1)))

    send()

    assert only().state == "sent"
    first, second = standin.received("web_push", phone)
    assert first.headers["topic"] == second.headers["topic"]  # so that the second takes the first one's place


def test_an_alarm_by_sms_that_was_cut_off_is_sent_again(db, person, happen, settle, standin, send):
    helper = person(phone="8610000000012")
    happen(patrol.SosRaised, **sos(person("求助"), crew=[helper]))
    settle()
    db.execute(update(Sending).values(state="sending", lease_until=now() - timedelta(seconds=1)))

    send(urgent=True)

    assert len(standin.received("sms", "8610000000012")) == 2


def test_a_push_that_was_cut_off_goes_out_again_with_the_next_turn_and_does_not_wait_for_its_lease(
    db, told, settle, standin, send, only
):
    _, phone = told()
    settle()
    db.execute(update(Sending).values(state="sending", lease_until=now() + timedelta(minutes=1)))

    send()

    assert only().state == "sent"
    assert len(standin.received("web_push", phone)) == 2


def test_an_alarm_waits_for_its_lease_since_another_process_may_still_be_sending_it(db, told, settle, send, only):
    told()
    settle()
    db.execute(update(Sending).values(state="sending", priority=0, lease_until=now() + timedelta(minutes=1)))

    send()

    assert only().state == "sending"


def test_an_sms_whose_answer_was_lost_is_unknown_unless_it_is_an_alarm(
    db, person, grant, happen, settle, standin, let_pass, send
):
    desk = person(phone="8610000000013")
    grant(desk.person_id, "duty")
    standin.behave("sms", "8610000000013", "close_after_accepting")
    happen(patrol.TroubleReported, **trouble(kind="lamp"))
    happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    settle()
    let_pass(minutes=5)
    send()

    states = dict(
        db.execute(select(Message.urgency, Sending.state).join(Message, Message.id == Sending.message_id)).all()
    )
    assert states == {"duty": "unknown", "critical": "failed"}


def test_what_somebody_has_seen_to_meanwhile_is_not_sent(db, person, happen, settle, standin, send, only, let_pass):
    helper = person(phone="8610000000017")
    standin.behave("sms", "8610000000017", 200, errcode="isp.SYSTEM_ERROR")
    happen(patrol.SosRaised, **sos(person("求助"), crew=[helper]))
    settle()
    assert only().state == "failed"
    db.execute(update(Message).values(cancelled_at=now(), settled_by="王秀英"))
    standin.well()
    let_pass(hours=1)

    send()

    assert (only().state, only().detail) == ("cancelled", "settled")


def test_many_messages_leave_in_batches_and_none_twice(db, person, phone_of, happen, settle, standin):
    phones = {phone_of(person(f"成员{number}")) for number in range(120)}
    happen(patrol.ShiftAssigned, **shift(person_ids=list(db.scalars(select(Address.person_id)))))

    settle()
    db.execute(update(Sending).values(due_at=now()))
    db.commit()
    sending.send_due(COMMITTEE)

    assert sorted(r.to for r in standin.received("web_push") if r.to in phones) == sorted(phones)


@given(attempt=st.integers(1, 200), critical=st.booleans(), asked=st.none() | st.floats(0, 86_400))
def test_waiting_grows_within_bounds_and_respects_what_was_asked(attempt, critical, asked):
    wait = sending.wait_before(attempt, critical=critical, asked=asked)

    assert (asked or 0) <= wait <= max(asked or 0, 60 if critical else 3600)
    assert wait <= max(asked or 0, (2 if critical else 10) * 2 ** min(attempt, 20))
