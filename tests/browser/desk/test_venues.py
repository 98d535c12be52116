"""A venue at the desk: registered, its hours laid down, closed by one button and opened again, its bookings decided."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON, SECRETARY

EVERY_DAY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}


@pytest.fixture
def ground(who):
    """A sports ground of U03 that is open day and night, and asks for approval."""
    name = f"操场{uuid4().hex[:6]}"
    facts = {"code": name[2:] + "G", "unit": "U03", "name": name, "kind": "ground", "bookable": True}
    made = who(CLERK).post("/events/venues", facts | {"stewards_needed": 1})
    who(CLERK).put(f"/events/venues/{made['id']}/hours", {"rules": [EVERY_DAY]}, version=made["version"])
    return made


@pytest.fixture
def asked(who, ground):
    """What an officer of another unit asks for, tomorrow."""
    on = f"{datetime.now(ZoneInfo('Asia/Shanghai')) + timedelta(days=1):%Y-%m-%d}"
    times = {"starts_at": f"{on}T19:00:00+08:00", "ends_at": f"{on}T20:00:00+08:00"}
    wish = {"venue_id": ground["id"], "title": "拔河比赛", "unit": "U02", **times}
    return who(LIAISON).post("/events/bookings", wish)["made"][0]


def test_a_venue_is_registered_and_hours_that_overlap_are_said_at_their_row(desk_of):
    page, name = desk_of(CLERK), f"阅览室{uuid4().hex[:6]}"
    page.goto("/desk/venues/new")
    page.get_by_label("名称").fill(name)
    page.get_by_label("编号").fill(f"V{name[3:]}")
    page.locator("select[name=unit]").select_option("U03")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", name=f"{name}：开放时间")).to_be_visible()
    for n in (1, 2):
        page.get_by_role("button", name="加一条").click()
        expect(page.locator("[data-rule]")).to_have_count(n)
    second = page.locator("[data-rule]").nth(1)
    second.get_by_label("几点开").fill("20:00")
    page.get_by_role("button", name="保存").click()
    expect(second.get_by_role("alert")).to_contain_text("和第 1 条的时间重叠")

    second.get_by_label("几点开").fill("21:30")
    second.get_by_label("几点关").fill("00:00")
    second.get_by_label("说明").select_option("quiet")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("21:30–24:00").first).to_be_visible()


def test_closed_by_cold_with_one_button_and_opened_again(desk_of, ground, asked, who):
    who(CLERK).post(f"/events/bookings/{asked['id']}/approve")
    page = desk_of(CLERK)
    page.goto(f"/desk/venues/{ground['id']}")
    page.get_by_role("button", name="因寒冷关闭").click()
    page.get_by_role("dialog").get_by_label("到什么时候").fill("")
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()

    expect(page.locator("[data-closure]")).to_contain_text("暂停了 1 次预订")
    page.get_by_role("button", name="恢复开放").click()
    page.get_by_role("dialog").get_by_role("button", name="恢复开放").click()
    expect(page.locator("[data-closure]")).to_have_count(0)
    expect(page.get_by_text("已订好")).to_be_visible()


def test_a_booking_is_turned_down_with_a_reason_that_the_other_reads(desk_of, asked, who):
    page = desk_of(CLERK)
    page.goto("/desk/bookings")
    page.get_by_role("row").filter(has_text=asked["venue"]["name"]).get_by_role("link").click()
    page.get_by_role("button", name="不同意").click()
    page.get_by_role("dialog").get_by_role("button", name="不同意").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("请填写这一项。")
    page.get_by_role("dialog").get_by_label("原因").fill("那天操场要浇冰")
    page.get_by_role("dialog").get_by_role("button", name="不同意").click()

    expect(page.get_by_text("没有同意")).to_be_visible()
    assert who(LIAISON).get(f"/events/bookings/{asked['id']}")["reason"] == "那天操场要浇冰"


def test_days_that_lack_a_steward_stand_out_until_somebody_is_there(desk_of, ground, who):
    steward = who(SECRETARY).get("/members/me")["id"]
    version = who(CLERK).get(f"/events/venues/{ground['id']}")["version"]
    facts = {"name": ground["name"], "kind": "ground", "stewards_needed": 1, "stewards": [steward], "bookable": True}
    who(CLERK).put(f"/events/venues/{ground['id']}", facts, version=version)
    page = desk_of(CLERK)
    page.goto("/desk/venues/stewards")
    page.get_by_role("row").filter(has_text=ground["name"]).first.get_by_role("link").click()

    first = page.locator("[data-day]").first
    expect(first).to_contain_text("还缺 1 人")
    first.get_by_label(SECRETARY).check()
    expect(first).to_contain_text("人齐了")
    page.get_by_role("button", name="保存").click()
    page.reload()
    expect(page.locator("[data-day]").first).to_contain_text("人齐了")
