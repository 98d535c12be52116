"""What the desk sees and does: who was told what and why, what is left over, which rules and words there are."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from services.notify.domain import defaults
from services.notify.domain.rendering import fill, names, when
from services.notify.models import Message
from shared.schemas import events, patrol
from tests.notify.happenings import EVERYONE, NOON, activity, ids, shift, trouble


@pytest.fixture
def told(person, grant, happen, settle, standin):
    """Somebody at the duty desk who was told of trouble, by SMS too; somebody who cannot be reached; the event."""
    reached, unreachable = person("王秀英", phone="8610000000051", unit_name="文化馆党支部"), person("李小明")
    for reader in (reached, unreachable):
        grant(reader.person_id, "duty")
    event_id = happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    settle()
    return reached, unreachable, event_id


def test_the_desk_sees_how_many_were_told_and_how_it_went(told, notify, clerk):
    _, _, event_id = told

    [row] = notify.get("/messages", headers=clerk).json["items"]

    assert (row["event_id"], row["title"], row["class"]) == (str(event_id), "紧急：三号楼 闻到燃气味", "critical")
    assert row["counts"] == {
        "people": 2, "queued": 0, "sent": 1, "delivered": 0, "failed": 0, "answered": 0, "unreachable": 1,
    }  # fmt: skip


def test_the_desk_sees_who_was_told_why_and_who_cannot_be_reached(told, notify, token, clerk):
    reached, _, event_id = told
    [message] = notify.get("/inbox", headers=token(reached.person_id)).json["items"]
    notify.post(f"/inbox/{message['id']}/answer", json={"answer": "call_me"}, headers=token(reached.person_id))

    rows = notify.get(f"/messages/{event_id}/recipients", headers=clerk).json["items"]

    by_name = {row["person"]["name"]: row for row in rows}
    assert by_name["王秀英"]["person"]["unit"] == "文化馆党支部"
    assert by_name["王秀英"]["why"]["role"] == "您在值班台"
    assert (by_name["王秀英"]["state"], by_name["王秀英"]["answer"]) == ("answered", "call_me")
    assert [(s["channel"], s["state"]) for s in by_name["王秀英"]["sendings"]] == [("sms", "acknowledged")]
    assert by_name["李小明"]["reachable"] is False


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("class=critical", 1),
        ("class=news", 0),
        ("state=sent", 1),
        ("state=unknown", 0),
        ("event={event_id}", 1),
        ("person={person_id}", 1),
        ("person=00000000-0000-7000-8000-000000000009", 0),
    ],
)
def test_the_desk_finds_messages(asked, found, told, notify, clerk):
    reached, _, event_id = told

    path = "/messages?" + asked.format(event_id=event_id, person_id=reached.person_id)

    assert len(notify.get(path, headers=clerk).json["items"]) == found


@pytest.mark.parametrize("bad", ["class=loud", "state=lost", "event=x", "person=x", "cursor=x", "limit=1000"])
def test_the_desk_asks_properly(bad, notify, clerk):
    assert notify.get(f"/messages?{bad}", headers=clerk).status_code == 422


def test_the_desk_pages_through_events(person, happen, settle, standin, notify, clerk):
    reader = person()
    for _ in range(3):
        happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id]))
    settle()

    first = notify.get("/messages?limit=2", headers=clerk).json
    second = notify.get(f"/messages?limit=2&cursor={first['next']}", headers=clerk).json

    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)


def test_members_without_a_role_see_nothing_of_the_desk(notify, anybody):
    for path in ("/messages", f"/messages/{uuid4()}/recipients", "/dead-letters", "/rules", "/templates", "/robots"):
        assert notify.get(path, headers=anybody).status_code == 403


def test_what_waits_can_be_cancelled_and_what_is_sent_cannot(person, grant, happen, settle, standin, notify, clerk):
    desk = person(phone="8610000000052")
    grant(desk.person_id, "duty")
    event_id = happen(patrol.TroubleReported, **trouble(kind="lamp"))
    settle()
    [row] = notify.get(f"/messages/{event_id}/recipients", headers=clerk).json["items"]
    [sending] = row["sendings"]

    for _ in range(2):
        assert notify.post(f"/sendings/{sending['id']}/cancel", headers=clerk).json["state"] == "cancelled"
    assert notify.post(f"/sendings/{uuid4()}/cancel", headers=clerk).status_code == 404

    event_id = happen(patrol.TroubleReported, **trouble(kind="gas_smell"))
    settle()
    [row] = notify.get(f"/messages/{event_id}/recipients", headers=clerk).json["items"]
    refused = notify.post(f"/sendings/{row['sendings'][0]['id']}/cancel", headers=clerk)
    assert (refused.status_code, refused.json["title"], refused.json["state"]) == (409, "TooLate", "sent")


def test_an_event_that_notify_could_not_read_is_shown_and_replayed(db, happen, notify, clerk, settle, person, standin):
    reader = person()
    happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id]))
    db.execute(text("UPDATE bus.deliveries SET quarantined_at = now(), last_error = 'KeyError', attempts = 8"))
    db.commit()

    [waiting] = notify.get("/dead-letters", headers=clerk).json["quarantined"]
    assert (waiting["topic"], waiting["last_error"]) == ("patrol.shift_assigned.v1", "KeyError")
    body = {"delivery_ids": [waiting["delivery_id"]]}
    assert notify.post("/dead-letters/replay", json=body, headers=clerk).json["deliveries"] == 1
    settle()

    assert db.scalar(select(func.count()).where(Message.person_id == reader.person_id)) == 1


def test_a_dry_run_says_who_would_get_what_and_writes_nothing(db, person, grant, notify, clerk):
    desk, leader = person("值班"), person("队长")
    grant(desk.person_id, "duty")
    facts = {"kind": "gas_smell", "place": "三号楼", "leader_ids": [str(leader.person_id)]}

    answer = notify.post("/rules/dry-run", json={"topic": "patrol.trouble_reported.v1", "facts": facts}, headers=clerk)

    [rule] = answer.json["items"]
    assert (rule["rule"], rule["title"], rule["count"]) == ("danger", "紧急：三号楼 闻到燃气味", 2)
    assert {person["name"]: person["role"] for person in rule["people"]} == {"值班": "duty", "队长": "leader_ids"}
    assert db.scalar(select(func.count()).select_from(Message)) == 0


def test_a_dry_run_climbs_the_whole_ladder(person, grant, notify, clerk):
    desk, buddy = person("值班"), person("队员")
    grant(desk.person_id, "duty")
    facts = {"crew_ids": [str(buddy.person_id)]}

    answer = notify.post("/rules/dry-run", json={"topic": "patrol.sos_raised.v1", "facts": facts}, headers=clerk)

    assert answer.json["items"][0]["count"] == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"topic": "what.ever.v1"}, "topic"),
        ({"topic": "members.sign_in_code_made.v1"}, "topic"),
        ({"topic": "patrol.trouble_reported.v1", "facts": {"colour": "red"}}, "facts.colour"),
        ({"topic": "patrol.trouble_reported.v1", "facts": {"trouble_id": "x"}}, "facts.trouble_id"),
        ({}, "topic"),
    ],
)
def test_a_dry_run_of_what_cannot_happen_is_refused(asked, field, notify, clerk):
    refused = notify.post("/rules/dry-run", json=asked, headers=clerk)

    assert refused.status_code == 422
    assert field in refused.json["errors"]


def test_a_rule_is_switched_by_whoever_saw_its_last_version(notify, clerk):
    rule = notify.get("/rules", headers=clerk).json["items"][0]
    path = f"/rules/{rule['id']}"

    assert notify.patch(path, json={"on": False}, headers=clerk).status_code == 428
    assert notify.patch(path, json={"on": False}, headers=clerk | {"If-Match": '"v9"'}).status_code == 412
    seen = notify.get(path, headers=clerk).headers["ETag"]
    changed = notify.patch(path, json={"on": False}, headers=clerk | {"If-Match": seen})
    assert (changed.json["on"], changed.headers["ETag"]) == (False, '"v2"')
    assert notify.patch(f"/rules/{uuid4()}", json={"on": False}, headers=clerk | {"If-Match": seen}).status_code == 404


def test_new_words_are_a_new_version_and_are_used_from_then_on(person, happen, settle, standin, notify, clerk, token):
    reader = person()
    path = "/templates/shift_assigned"
    seen = notify.get("/templates", headers=clerk) and notify.get(path, headers=clerk).headers["ETag"]
    words = {"language": "zh", "title": "请来 {squad}", "body": "{starts_at} 见。"}

    renewed = notify.put(path, json=words, headers=clerk | {"If-Match": seen})
    happen(patrol.ShiftAssigned, **shift(person_ids=ids([reader])))
    settle()

    assert (renewed.json["version"], renewed.json["created_by"]) == (2, "赵干事")
    assert notify.put(path, json=words, headers=clerk | {"If-Match": seen}).status_code == 412
    assert notify.get("/inbox", headers=token(reader.person_id)).json["items"][0]["title"] == "请来 夜安一队"


def test_words_that_ask_for_unknown_facts_are_refused(notify, clerk):
    seen = notify.get("/templates", headers=clerk) and '"v1"'
    words = {"language": "zh", "title": "{squad}", "body": "{colour} {__class__}"}

    refused = notify.put("/templates/shift_assigned", json=words, headers=clerk | {"If-Match": seen})

    assert refused.status_code == 422
    assert refused.json["errors"] == {"body": [{"code": "unknown", "values": ["__class__", "colour"]}]}


def test_a_preview_shows_what_readers_would_see(notify, clerk):
    notify.get("/templates", headers=clerk)
    words = {"code": "shift_assigned", "language": "en", "title": "Join {squad}", "body": "See you."}

    assert notify.post("/templates/preview", json=words, headers=clerk).json == {
        "title": "Join 夜安一队",
        "body": "See you.",
        "length": 17,
    }
    assert notify.post("/templates/preview", json=words | {"code": "none"}, headers=clerk).status_code == 404


@pytest.mark.parametrize("code", sorted(defaults.TEMPLATES))
def test_the_first_words_come_in_both_languages_and_their_titles_name_nobody(code):
    assert set(defaults.TEMPLATES[code]) == {"zh", "en"}
    for title, body in defaults.TEMPLATES[code].values():
        assert not names(title) & {"person_name", "by_name", "reporter", "said_by"}
        assert body


def test_moments_are_said_as_people_say_them():
    monday = NOON.replace(year=2026, month=11, day=23, hour=20, minute=5)

    assert when(monday, "zh") == "11月23日（周一）20:05"
    assert when(monday, "en") == "Mon 23 Nov 20:05"


def test_what_people_wrote_is_not_read_as_a_template(person, happen, settle, standin, notify, token):
    facts = activity(audience=EVERYONE, title="讲座 {place} {0.__class__} <b>")
    reader = person()
    happen(events.ActivityPublished, **facts)
    settle()

    [message] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert message["title"] == "新活动：讲座 {place} {0.__class__} <b>"
    assert fill("{place}", {}) == ""


def test_words_that_are_old_are_forgotten_but_not_that_somebody_was_told(db, told, tick, notify, token, clerk):
    reached, *_ = told
    db.execute(text("UPDATE notify.texts SET created_at = now() - interval '31 days'"))

    tick("notify", "forget")

    assert notify.get("/inbox", headers=token(reached.person_id)).json["items"] == []
    [row] = notify.get("/messages", headers=clerk).json["items"]
    assert (row["title"], row["counts"]["people"]) == (None, 2)
