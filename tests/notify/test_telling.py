"""From an event through the rules to messages and to the ways that they take."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.domain import catalogue
from services.notify.domain.words import TOPICS
from services.notify.models import Address, Message, Unit
from shared import bus
from shared.schemas import events, members, notify, patrol
from shared.schemas.event import Event
from tests.notify.happenings import EVERYONE, NIGHT, NOON, activity, shift, trouble

OUR_NEWS = [
    kind
    for module in (events, members, notify, patrol)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and "notify" in getattr(kind, "subscribers", ())
]


@pytest.mark.parametrize("event", OUR_NEWS, ids=lambda event: event.topic)
def test_every_event_for_us_is_consumed(event):
    assert ("notify", event.topic) in bus.registry.consumers


def test_every_event_that_rules_speak_of_has_words_for_why():
    assert set(catalogue.known()) <= set(TOPICS)


def test_a_new_activity_is_told_to_its_audience_once(person, happen, settle, messages_of):
    inside, outside = person("王秀英", groups=["photo"]), person("李小明")

    happen(events.ActivityPublished, **activity(audience={**EVERYONE, "everyone": False, "groups": ["photo"]}))
    settle()

    [message] = messages_of(inside)
    assert (message.urgency, message.role, message.topic) == ("news", "audience", "events.activity_published.v1")
    assert messages_of(outside) == []


def test_an_event_that_arrives_twice_is_told_once(db, person, happen, settle, messages_of):
    reader = person()
    event_id = happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id, reader.person_id]))
    settle()

    db.execute(
        text("INSERT INTO bus.deliveries (event_id, subscriber, topic, queue) VALUES (:e, 'notify', :t, 'notify')"),
        {"e": event_id, "t": patrol.ShiftAssigned.topic},
    )
    settle()

    assert len(messages_of(reader)) == 1


@given(
    event=st.uuids(version=4),
    others=st.lists(st.tuples(st.uuids(), st.uuids()), min_size=2, max_size=6, unique=True),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_message_has_one_id_for_event_person_and_rule(db, event, others):
    def id_of(person, rule):
        return db.scalar(select(func.notify.id_of(event, str(rule), str(person))))

    made = [id_of(*pair) for pair in others]

    assert len(set(made)) == len(made)
    assert made == [id_of(*pair) for pair in others]
    assert {each.hex[:12] for each in made} == {event.hex[:12]}  # the event's time, by which months are told apart


def test_an_activity_of_a_test_key_reaches_only_the_units_officers(person, grant, happen, settle, messages_of):
    facts = activity(audience=EVERYONE, reach="guests")
    resident, officer = person("王秀英"), person("李小明")
    grant(officer.person_id, "liaison", unit_id=facts["unit_id"])

    happen(events.ActivityPublished, **facts)
    settle()

    assert messages_of(resident) == []
    assert {message.role for message in messages_of(officer)} == {"audience", "unit_officers"}


def test_an_activity_of_a_team_key_reaches_only_the_units_members(person, happen, settle, messages_of):
    facts = activity(audience=EVERYONE, reach="unit")
    resident, member = person("王秀英"), person("李小明", unit_id=facts["unit_id"])

    happen(events.ActivityPublished, **facts)
    settle()

    assert messages_of(resident) == []
    assert len(messages_of(member)) == 1


def test_a_message_says_in_the_readers_language_what_happened_and_why(
    person, grant, happen, settle, notify, token, standin
):
    reader = person("王秀英", language="en")
    grant(reader.person_id, "duty")
    happen(patrol.TroubleReported, **trouble())
    settle()

    [message] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert message["title"] == "lamp out, 三号楼"
    assert message["why"] == {
        "event": "Trouble was reported",
        "rule": "trouble needs somebody to see to it",
        "role": "you are at the duty desk",
        "topic": "patrol.trouble_reported.v1",
        "together_at": None,
    }


def test_gas_is_more_pressing_than_a_lamp(person, grant, happen, settle, messages_of, standin):
    desk = person()
    grant(desk.person_id, "duty")

    happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    happen(patrol.TroubleReported, **trouble(kind="lamp"))
    settle()

    assert [(m.urgency, m.needs_answer) for m in messages_of(desk)] == [("critical", True), ("duty", False)]


def test_without_anybody_at_the_duty_desk_the_clerks_are_told(person, grant, happen, settle, messages_of):
    clerk = person()
    grant(clerk.person_id, "clerk")

    happen(patrol.TroubleReported, **trouble())
    settle()

    assert len(messages_of(clerk)) == 1


def test_a_rule_that_is_off_tells_nobody(db, person, happen, settle, messages_of, notify, clerk):
    reader = person()
    [rule] = [r for r in notify.get("/rules", headers=clerk).json["items"] if r["code"] == "shift_assigned"]
    headers = {**clerk, "If-Match": '"v1"'}
    assert notify.patch(f"/rules/{rule['id']}", json={"on": False}, headers=headers).status_code == 200

    happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id]))
    settle()

    assert messages_of(reader) == []


def test_who_has_left_is_told_nothing_more(at_night, person, phone_of, happen, settle, ways_of, messages_of, standin):
    leaver = person()
    phone_of(leaver)
    happen(patrol.ShiftAssigned, **shift(person_ids=[leaver.person_id]))
    settle()
    assert ways_of(leaver) == [("web_push", "queued")]

    names = ("person_id", "name", "unit_id", "unit_code", "unit_name", "place_code", "zone_code", "groups", "skills")
    gone = {name: getattr(leaver, name) for name in names}
    gone |= {"phone": None, "email": None, "active": False, "changed_at": NIGHT, "language": "zh"}
    happen(members.PeopleChanged, people=[gone])
    happen(patrol.ShiftAssigned, **shift(person_ids=[leaver.person_id]))
    settle()

    assert ways_of(leaver) == [("web_push", "cancelled")]
    assert len(messages_of(leaver)) == 1


def test_a_hundred_readers_or_more_are_written_in_as_many_statements_as_one(db, person, happen, settle, heard):
    for number in range(30):
        person(f"成员{number}")
    happen(events.ActivityPublished, **activity(audience=EVERYONE))
    with heard() as statements:
        settle()

    written = [each for each in statements if "INSERT INTO notify.messages" in each]
    assert len(written) == 2  # one a rule
    assert db.scalar(select(func.count()).select_from(Message)) == 30


def test_a_units_server_is_told_with_a_signature_that_it_can_check(at_noon, db, happen, settle, standin, notify, clerk):
    facts = activity(audience={**EVERYONE, "everyone": False, "groups": ["none"]})
    hook = standin.new_webhook()
    db.add(Unit(unit_id=facts["unit_id"], code="U06", name="卫生服务站", active=True, changed_at=NOON))
    db.commit()
    made = notify.put(f"/units/{facts['unit_id']}/webhook", json={"url": hook["url"]}, headers=clerk).json
    assert made["secret"].startswith("whsec_")
    [address] = db.scalars(select(Address).where(Address.unit_id == facts["unit_id"])).all()
    address.address = {"url": hook["url"], "secret": hook["secret"]}  # the stand-in knows only its own secret
    db.commit()

    happen(events.ActivityPublished, **facts)
    settle()

    [received] = standin.received("webhook", hook["url"].rpartition("/")[2])
    assert received.content["data"]["title"] == "活动已发布：健康讲座"


def test_the_server_of_a_unit_that_has_left_is_told_nothing(db, happen, settle, standin, notify, clerk):
    facts = activity(audience={**EVERYONE, "everyone": False, "groups": ["none"]})
    unit = {"unit_id": facts["unit_id"], "code": "U06", "name": "卫生服务站", "kind": "health"}
    for active in (True, False):
        happen(members.UnitsChanged, units=[{**unit, "needs_approval": False, "active": active, "changed_at": NOON}])
        settle()
        assert db.scalars(select(Unit.active)).one() is True  # of two pieces of news as old as each other, the first

    db.execute(text("UPDATE notify.units SET active = false"))
    url = standin.new_webhook("left")["url"]
    assert notify.put(f"/units/{facts['unit_id']}/webhook", json={"url": url}, headers=clerk).status_code == 200
    happen(events.ActivityPublished, **facts)
    settle()

    assert db.scalar(select(func.count()).select_from(Message)) == 0


def test_a_group_chat_of_the_duty_desk_hears_what_cannot_wait(at_noon, happen, settle, standin, notify, clerk):
    robot = standin.new_robot()
    body = {
        "channel": "dingtalk_robot",
        "role": "duty",
        "label": "值班群",
        "key": robot["token"],
        **{"secret": robot["secret"]},
    }
    made = notify.post("/robots", json=body, headers={**clerk, "Idempotency-Key": "robot-0001"})
    assert made.status_code == 201

    happen(patrol.TroubleReported, **trouble())
    settle()

    assert len(standin.received("dingtalk_robot", robot["token"])) == 1
