"""Where and when people, units and group chats are reached."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text

from services.notify.models import Address, Unit
from shared.config import config
from shared.db import now

GOOGLE = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture
def reader(person):
    return person("王秀英", phone="8613800001234", email="wang@example.org")


@pytest.fixture
def headers(reader, token):
    return token(reader.person_id)


@pytest.fixture
def strict(standin, monkeypatch):
    """Addresses on private networks are refused, as where real people are."""
    monkeypatch.setenv("ALLOW_PRIVATE_ADDRESSES", "false")
    config.cache_clear()
    yield
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def unit_id(db):
    """A unit that there is."""
    unit_id = uuid4()
    db.add(Unit(unit_id=unit_id, code="U02", name="体工二大队党支部", active=True, changed_at=now()))
    db.commit()
    return unit_id


@pytest.fixture
def subscribe(notify, standin):
    """Call it to let a browser subscribe."""

    def subscribe(headers, endpoint: str | None = None, **changes):
        subscription = standin.new_phone("window")
        subscription["endpoint"] = endpoint or subscription["endpoint"]
        body = {"subscription": subscription | changes, "label": "我的手机"}
        return notify.put("/me/channels/web_push", json=body, headers=headers)

    return subscribe


def test_people_see_where_they_are_reached_but_masked(notify, headers, subscribe):
    subscribe(headers)

    channels = notify.get("/me/channels", headers=headers).json

    shown = [(item["channel"], item["masked"], item["id"] is None) for item in channels["items"]]
    assert shown == [
        ("sms", "138****1234", True),
        ("email", "w***@example.org", True),
        ("web_push", "127.0.0.1", False),
    ]
    assert len(channels["push_key"]) == 87


def test_the_address_of_a_browser_is_kept_sealed(db, headers, subscribe):
    subscribe(headers)

    [kept] = db.execute(text("SELECT address FROM notify.addresses")).scalars()
    assert kept.startswith("v1.")


def test_the_same_browser_belongs_to_whoever_uses_it_now(db, headers, subscribe, anybody, notify):
    first = subscribe(headers).json
    second = subscribe(anybody).json

    assert first["id"] == second["id"]
    assert [i["channel"] for i in notify.get("/me/channels", headers=headers).json["items"]] == ["sms", "email"]


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("https://evil.example.org/push", "host_not_listed"),
        ("http://fcm.googleapis.com/push", "address_not_https"),
        ("https://fcm.googleapis.com:8443/push", "host_not_listed"),
        ("https://user@fcm.googleapis.com/push", "address_not_https"),
        ("https://127.0.0.1/push", "host_not_listed"),
        ("https://fcm.googleapis.com.evil.example.org/", "host_not_listed"),
    ],
)
def test_a_push_address_outside_the_known_push_services_is_refused(endpoint, code, strict, headers, subscribe):
    refused = subscribe(headers, endpoint)

    assert refused.status_code == 422
    assert refused.json["errors"] == {"subscription.endpoint": [{"code": code}]}


def test_a_known_push_service_is_taken(strict, headers, subscribe):
    assert subscribe(headers, GOOGLE).status_code == 200


@pytest.mark.parametrize(
    "changes", [{"endpoint": "no address"}, {"keys": {}}, {"keys": {"p256dh": "x", "auth": "y"}}, {"keys": None}]
)
def test_a_subscription_that_no_browser_made_is_refused(changes, headers, subscribe):
    assert subscribe(headers, **changes).status_code == 422


def test_a_deleted_address_is_forgotten_and_only_its_owner_deletes_it(db, notify, headers, anybody, subscribe):
    made = subscribe(headers).json

    assert notify.delete(f"/me/channels/{made['id']}", headers=anybody).status_code == 404
    assert notify.delete(f"/me/channels/{made['id']}", headers=headers).status_code == 204
    assert notify.delete(f"/me/channels/{made['id']}", headers=headers).status_code == 404
    assert db.scalars(select(Address.address)).one() is None


def test_a_mailbox_of_ones_own_takes_the_place_of_the_last(notify, headers):
    for mailbox in ("one@example.org", "two@example.org"):
        answer = notify.put("/me/channels/email", json={"email": mailbox}, headers=headers)
        assert answer.json["masked"] == f"{mailbox[0]}***@example.org"

    own = [item for item in notify.get("/me/channels", headers=headers).json["items"] if item["id"]]
    assert [item["masked"] for item in own] == ["t***@example.org"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("email", {"email": "nobody"}),
        ("email", {}),
        ("email", {"email": "a@example.org", "label": "长" * 61}),
        ("wecom", {"user": "有空格 的"}),
        ("wecom", {"user": ""}),
        ("web_push", {"label": "x"}),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(path, body, notify, headers):
    assert notify.put(f"/me/channels/{path}", json=body, headers=headers).status_code == 422


def test_a_trial_message_goes_to_that_address_alone_and_once_a_minute(notify, headers, standin, settle, subscribe):
    before = len(standin.received("web_push", "window"))
    made = subscribe(headers).json
    wecom = notify.put("/me/channels/wecom", json={"user": "wangxiuying"}, headers=headers).json

    assert notify.post(f"/me/channels/{wecom['id']}/test", headers=headers).status_code == 204
    settle()
    again = notify.post(f"/me/channels/{wecom['id']}/test", headers=headers)

    assert (again.status_code, again.headers["Retry-After"]) == (429, "60")
    assert len(standin.received("wecom", "wangxiuying")) == 1
    assert len(standin.received("web_push", "window")) == before
    assert made["id"] != wecom["id"]


def test_nobody_is_reached_in_more_places_than_twenty(notify, headers, standin):
    for number in range(20):
        body = {"subscription": standin.new_phone(f"many{number}")}
        assert notify.put("/me/channels/web_push", json=body, headers=headers).status_code == 200

    refused = notify.put("/me/channels/web_push", json={"subscription": standin.new_phone("late")}, headers=headers)
    assert (refused.status_code, refused.json["title"], refused.json["max"]) == (409, "TooManyAddresses", 20)


def test_wishes_are_kept(notify, headers):
    assert notify.get("/me/preferences", headers=headers).json == {
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "off": {"news": ["web_push", "wecom", "email"]},
        "digest": {},
    }
    wishes = {"quiet_from": "21:30", "quiet_until": "08:00", "off": {"service": ["email"]}}
    together = {"digest": {"news": "both"}}

    assert notify.put("/me/preferences", json=wishes | together, headers=headers).json == wishes | together
    assert notify.put("/me/preferences", json=wishes, headers=headers).json == wishes | together
    assert notify.get("/me/preferences", headers=headers).json == wishes | together


@pytest.mark.parametrize(
    "wrong",
    [
        {"off": {"critical": ["sms"]}},
        {"off": {"duty": ["web_push"]}},
        {"off": {"news": ["sms"]}},
        {"off": {"news": "email"}},
        {"digest": {"duty": "evening"}},
        {"digest": {"news": "at noon"}},
        {"quiet_from": "25:00"},
        {"quiet_from": None},
    ],
)
def test_alarms_and_duty_cannot_be_switched_off(wrong, notify, headers):
    wishes = {"quiet_from": "21:30", "quiet_until": "08:00", "off": {}} | wrong

    assert notify.put("/me/preferences", json=wishes, headers=headers).status_code == 422


def test_a_units_webhook_is_its_own_business(person, grant, token, notify, anybody, clerk, unit_id):
    officer = person("联络员")
    grant(officer.person_id, "liaison", unit_id=unit_id)
    mine = token(officer.person_id)
    path, body = f"/units/{unit_id}/webhook", {"url": "https://unit.example.org/hook"}

    assert notify.get(path, headers=mine).json == {"url": None, "last_ok_at": None, "dead": False}
    first = notify.put(path, json=body, headers=mine).json
    second = notify.put(path, json=body, headers=mine).json
    assert first["secret"] != second["secret"]
    assert "secret" not in notify.get(path, headers=mine).json
    assert notify.get(f"/units/{uuid4()}/webhook", headers=mine).status_code == 404
    assert notify.put(path, json=body, headers=anybody).status_code == 403
    assert notify.delete(path, headers=clerk).status_code == 204
    assert notify.get(path, headers=mine).json["url"] is None


@pytest.mark.parametrize(
    "url", ["http://unit.example.org/", "https://10.0.0.1/", "https://[::1]/", "ftp://x.org/", "x"]
)
def test_a_webhook_into_our_own_network_is_refused(url, strict, notify, clerk, unit_id):
    refused = notify.put(f"/units/{unit_id}/webhook", json={"url": url}, headers=clerk)

    assert refused.status_code == 422
    assert "url" in refused.json["errors"]


def test_robots_are_the_clerks_business(notify, clerk, anybody):
    body = {"channel": "wecom_robot", "role": "duty", "label": "值班群", "key": "a1b2c3d4-0000"}
    key = {"Idempotency-Key": "robots-0001"}

    assert notify.post("/robots", json=body, headers=anybody | key).status_code == 403
    assert notify.post("/robots", json=body, headers=clerk).status_code == 400
    made = notify.post("/robots", json=body, headers=clerk | key).json
    assert [robot["id"] for robot in notify.get("/robots", headers=clerk).json["items"]] == [made["id"]]
    assert notify.delete(f"/robots/{made['id']}", headers=clerk).status_code == 204
    assert notify.delete(f"/robots/{made['id']}", headers=clerk).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"channel": "sms"}, {"role": "liaison"}, {"key": "short"}, {"label": ""}, {"channel": "dingtalk_robot"}],
)
def test_a_robot_that_cannot_write_is_refused(wrong, notify, clerk):
    body = {"channel": "wecom_robot", "role": "duty", "label": "值班群", "key": "a1b2c3d4-0000"} | wrong

    refused = notify.post("/robots", json=body, headers={**clerk, "Idempotency-Key": "robots-0002"})

    assert refused.status_code == 422
