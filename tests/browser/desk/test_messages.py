"""Who got what, why, what failed, and what can be done about it."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER, LIAISON
from tests.stack import until


@pytest.fixture
def broken_sms(product):
    """The SMS gateway refuses for as long as this lasts."""
    requests.post(f"{product.phones}/_behave", json={"channel": "sms", "status": 400}, timeout=5)
    yield
    requests.post(f"{product.phones}/_behave", timeout=5)


def told(who, title: str) -> dict | None:
    return next(
        (one for one in who(CLERK).get("/notify/messages")["items"] if one["title"] and title in one["title"]), None
    )


def test_who_was_told_by_which_channel_and_why(desk_of, who, submitted):
    title = submitted()["title"]
    until(lambda: told(who, title))
    page = desk_of(CLERK)
    page.goto("/desk/messages")

    page.get_by_role("link", name=title).first.click()

    row = page.get_by_role("table", name="通知了谁").get_by_role("row").filter(has_text=CLERK)
    expect(row).to_contain_text("单位提交了活动")
    expect(row).to_contain_text("您是社区干事")
    expect(row).to_contain_text("未读")


def test_what_was_not_delivered_is_listed_in_words_and_sent_again(desk_of, who, walking, broken_sms, product):
    page = desk_of(CLERK)
    people = [member["person_id"] for member in walking["crew"]]
    then = datetime.now(UTC) + timedelta(days=180)
    later = {"starts_at": then.isoformat(), "ends_at": (then + timedelta(hours=1)).isoformat()}
    who(CLERK).post("/patrol/shifts", {"squad_id": walking["squad"]["id"], "crew": people[:1], **later})
    [letter, *_] = until(lambda: who(CLERK).get("/notify/dead-letters")["items"], seconds=60)
    page.goto("/desk/messages/undelivered")

    lost = page.get_by_role("table", name="没送到的消息").get_by_role("row").filter(has_text=letter["title"])
    expect(lost.first).to_be_visible()
    expect(page.get_by_text("短信：").first).to_be_visible()
    requests.post(f"{product.phones}/_behave", timeout=5)
    page.get_by_role("button", name="全部再发一次").click()

    expect(page.get_by_text("没有没送到的消息")).to_be_visible()


def test_a_rule_says_whom_it_would_tell_and_tells_nobody(desk_of, who):
    page = desk_of(CLERK)
    page.goto("/desk/messages/rules")
    row = page.get_by_role("row").filter(has_text="请审核活动")

    row.get_by_role("button", name="试算").click()

    expect(page.locator("[data-would-tell]")).to_have_text("会通知 1 人")
    expect(page.get_by_role("dialog")).to_contain_text(CLERK)
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    row.get_by_role("switch").click()
    page.get_by_role("dialog").get_by_role("button", name="关闭规则").click()
    expect(row.get_by_role("switch")).not_to_be_checked()
    row.get_by_role("switch").click()
    expect(row.get_by_role("switch")).to_be_checked()


def test_new_words_are_seen_before_they_are_saved_as_a_version(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/messages/templates")
    page.get_by_role("link", name="班次取消").click()
    chinese = page.locator("form").first
    expect(chinese).to_contain_text("第 1 版")

    chinese.get_by_label("标题").fill("班次取消了：{starts_at}，{nonsense}")
    expect(chinese.get_by_role("alert").first).to_contain_text("nonsense")
    chinese.get_by_label("标题").fill("不用来了：{squad}")
    expect(chinese.locator("[data-preview]")).to_contain_text("不用来了：夜安一队")
    chinese.get_by_role("button", name="存为新的一版").click()

    expect(page.locator("form").first).to_contain_text("第 2 版")


def test_nobody_but_the_desk_reads_who_got_what(desk_of):
    for name in (LIAISON, LEADER):
        page = desk_of(name)
        page.goto("/desk/messages")
        page.wait_for_url(lambda url: "messages" not in url)
