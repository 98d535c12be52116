"""Somebody wants what is not urgent in the evening: changes of one activity come as one message with one line."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import NEWCOMER, SECRETARY
from tests.stack import until

LOUD = {"quiet_from": "00:00", "quiet_until": "00:00"}


@pytest.fixture
def mailbox(who):
    """Of somebody who is told at once, at any time; afterwards as before."""
    person, address = who(NEWCOMER), f"{uuid4().hex[:8]}@example.org"
    before = person.get("/notify/me/preferences")
    person.put("/notify/me/channels/email", {"email": address})
    person.put("/notify/me/preferences", {**before, **LOUD, "digest": {}})
    yield address
    person.put("/notify/me/preferences", before)


@pytest.fixture
def lecture(who):
    """The newcomer has a seat in it; call it to move it to another place, and for its title."""
    starts, boss = datetime.now(UTC) + timedelta(days=3), who(SECRETARY)
    title = f"健康讲座 {uuid4().hex[:6]}"
    plan = {
        "title": title,
        "kind": "lecture",
        "form": "on_site",
        "place": "社区大讲堂",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
        "capacity": 9,
        "audience": {"everyone": True},
    }
    made = boss.post("/events/activities", {**plan, "unit": "U01", "submit": True})
    path = f"/events/activities/{made['id']}"
    if made["state"] != "published":
        boss.post(f"{path}/publish", version=made["version"])
    who(NEWCOMER).put(f"{path}/sign-up")

    def lecture(place: str) -> str:
        boss.put(path, {**plan, "place": place}, version=boss.get(path)["version"])
        return title

    return lecture


def changes(who, title: str) -> list[dict]:
    return [one for one in who(NEWCOMER).get("/notify/inbox")["items"] if one["title"] == f"活动有变动：{title}"]


def test_two_changes_are_one_line_in_the_evening(product, who, phone_of, mailbox, lecture):
    until(lambda: product.sent("email", mailbox))  # that there is a seat, told at once
    page = phone_of(NEWCOMER)
    page.goto("/me/messages")
    service = page.get_by_role("group", name="服务：报名、活动变动").first
    service.get_by_label("每天傍晚 18:00 一起").check()
    expect(page.get_by_text("已保存。服务：报名、活动变动——每天傍晚 18:00 一起。")).to_be_visible()
    page.reload()
    expect(service.get_by_label("每天傍晚 18:00 一起")).to_be_checked()

    before = len(product.sent("email", mailbox))
    lecture("操场")
    title = lecture("客厅")
    until(lambda: len(changes(who, title)) == 2)
    assert len(product.sent("email", mailbox)) == before
    product.it_is_time_for_digests()

    until(lambda: len(product.sent("email", mailbox)) > before)
    [mail] = product.sent("email", mailbox)[before:]
    assert mail["content"]["subject"] == "有 2 条新消息"
    assert mail["content"]["text"].count(title) == 2  # a line, and the beginning of the newest message
    assert "（2 次更改）" in mail["content"]["text"]
    assert "客厅" in mail["content"]["text"]
    page.goto(f"/inbox/{changes(who, title)[0]['id']}")
    page.get_by_text("为什么我会收到？").click()
    expect(page.get_by_text("和别的消息一起")).to_be_visible()
