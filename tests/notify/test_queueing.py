"""Which ways a message takes, and when: channels, quiet hours, duty."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.models import Sending
from shared.schemas import events, patrol
from tests.notify.happenings import EVERYONE, NIGHT, NOON, activity, shift, trouble


def test_each_class_takes_its_channels(at_noon, person, phone_of, grant, happen, settle, ways_of, standin):
    facts = {"phone": "8610000000001", "email": "wang@example.org"}
    desk = person(**facts)
    grant(desk.person_id, "duty")
    phone_of(desk)

    happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    settle()
    assert ways_of(desk) == [("email", "sent"), ("sms", "sent"), ("web_push", "sent")]

    happen(patrol.TroubleReported, **trouble(kind="lamp"))
    settle()
    of_both = [("email", "sent"), ("sms", "queued"), ("sms", "sent"), ("web_push", "sent"), ("web_push", "sent")]
    assert ways_of(desk) == of_both


def test_a_message_of_duty_becomes_an_sms_when_nobody_opens_it(
    at_noon, person, grant, happen, settle, let_pass, tick, standin, notify, token, messages_of, ways_of
):
    lazy, quick = person("王秀英", phone="8610000000002"), person("李小明", phone="8610000000003")
    for reader in (lazy, quick):
        grant(reader.person_id, "duty")
    happen(patrol.TroubleReported, **trouble())
    settle()
    [message] = messages_of(quick)
    assert notify.post(f"/inbox/{message.id}/read", headers=token(quick.person_id)).status_code == 204

    let_pass(minutes=5)
    tick("notify", "send_late_messages")

    assert [r.to for r in standin.received("sms") if r.to in ("8610000000002", "8610000000003")] == ["8610000000002"]
    assert ways_of(quick) == [("sms", "cancelled")]


def test_news_is_pushed_only_to_those_who_want_it(at_noon, person, phone_of, happen, settle, standin, notify, token):
    eager, calm = person("王秀英"), person("李小明")
    phones = {phone_of(eager), quiet_phone := phone_of(calm)}
    wishes = {"quiet_from": "22:00", "quiet_until": "07:00", "off": {}, "digest": {}}
    assert notify.put("/me/preferences", json=wishes, headers=token(eager.person_id)).json == wishes

    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    settle()

    assert {r.to for r in standin.received("web_push") if r.to in phones} == phones - {quiet_phone}


def test_at_night_only_what_is_critical_or_of_those_on_duty_passes(
    at_night, db, person, phone_of, happen, settle, standin
):
    asleep, walking = person("王秀英"), person("李小明")
    phones = {phone_of(asleep): asleep, phone_of(walking): walking}
    on_way = shift(person_ids=[walking.person_id], starts_at=NIGHT, ends_at=NIGHT + timedelta(hours=2))
    happen(patrol.ShiftStarted, **on_way)
    happen(patrol.ShiftAssigned, **shift(person_ids=[asleep.person_id, walking.person_id]))
    settle()

    assert [phones[r.to].name for r in standin.received("web_push") if r.to in phones] == ["李小明"]
    waits = db.scalars(select(Sending.due_at).where(Sending.state == "queued")).all()
    assert [due.astimezone(NIGHT.tzinfo).hour for due in waits] == [7]


def test_a_shift_that_is_over_does_not_begin_again(at_night, db, person, phone_of, happen, settle, standin):
    back = person()
    phone = phone_of(back)
    facts = shift(person_ids=[back.person_id], ends_at=NIGHT)
    happen(patrol.ShiftEnded, **facts)
    happen(patrol.ShiftStarted, **facts)
    happen(patrol.ShiftAssigned, **shift(person_ids=[back.person_id]))
    settle()

    assert standin.received("web_push", phone) == []


@given(
    moment=st.datetimes(min_value=NOON.replace(tzinfo=None), max_value=NOON.replace(tzinfo=None) + timedelta(days=400)),
    quiet=st.tuples(st.times(), st.times()),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_quiet_hours_end_within_a_day_and_nothing_comes_inside_them(db, moment, quiet):
    start, end = (each.replace(microsecond=0) for each in quiet)
    moment = moment.replace(tzinfo=NOON.tzinfo, microsecond=0)

    after = db.scalar(select(func.notify.after_quiet(moment, start, end))).astimezone(NOON.tzinfo)

    clock = after.time()
    inside = start <= clock < end if start < end else (clock >= start or clock < end) if start > end else False
    assert moment <= after < moment + timedelta(days=1)
    assert not inside
    assert after == moment or clock == end
