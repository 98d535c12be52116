"""A venue's evening on the phone; booking it; what to do when somebody else has it; giving it back."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, NEIGHBOUR, SECRETARY, WALKER

HERE = ZoneInfo("Asia/Shanghai")
expect.set_options(timeout=20_000)


def day(ahead: int) -> str:
    return f"{datetime.now(HERE) + timedelta(days=ahead):%Y-%m-%d}"


@pytest.fixture
def room(who):
    """Call it for a room of U03 that everybody may book, every day from two to nine."""
    made = {}
    facts = {"unit": "U03", "kind": "room", "step_free": "yes", "access_note": "北门有坡道", "capacity": 30}
    every_day = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "14:00", "closes": "21:00"}

    def room(name: str) -> dict:
        code = uuid4().hex[:6]
        more = {"code": f"R{code}", "name": f"{name}{code}", "bookable": True, "needs_approval": False}
        made[name] = who(SECRETARY).post("/events/venues", facts | more)
        version = made[name]["version"]
        who(SECRETARY).put(f"/events/venues/{made[name]['id']}/hours", {"rules": [every_day]}, version=version)
        return made[name]

    return room


def book(page, room: dict, on: str, title: str, begin: str = "19:00", end: str = "20:30") -> None:
    page.goto(f"/venues/{room['id']}/book")
    page.get_by_label("日期").fill(on)
    expect(page.locator("[data-free]")).to_contain_text("14:00")
    page.get_by_label("从几点").select_option(label=begin)
    page.get_by_label("到几点").select_option(label=end)
    page.get_by_label("做什么用").fill(title)


def test_a_venue_is_looked_at_booked_and_given_back(phone_of, room):
    page, hall = phone_of(WALKER), room("排练厅")
    page.goto(f"/venues/{hall['id']}")
    expect(page.get_by_text("北门有坡道")).to_be_visible()
    expect(page.get_by_text("14:00–21:00").first).to_be_visible()
    page.get_by_role("link", name="预订").click()
    page.get_by_role("button", name="预订").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()

    book(page, hall, day(3), "合唱排练")
    page.get_by_role("button", name="预订", exact=True).click()

    expect(page.get_by_text("已订好")).to_be_visible()
    expect(page.get_by_text("19:00–20:30")).to_be_visible()
    page.get_by_role("button", name="不用了，让给别人").click()
    page.get_by_role("dialog").get_by_role("button", name="不用了，让给别人").click()
    expect(page.get_by_text("已取消")).to_be_visible()


def test_what_somebody_else_has_is_one_tap_from_something_as_good(phone_of, room, who):
    hall = room("活动室")
    page = phone_of(NEIGHBOUR)
    times = {"starts_at": f"{day(4)}T19:00:00+08:00", "ends_at": f"{day(4)}T20:30:00+08:00"}
    who(MATE).post("/events/bookings", {"venue_id": hall["id"], "title": "书法课", **times})

    book(page, hall, day(4), "太极", begin="19:00（有人）", end="20:30（有人）")
    page.get_by_role("button", name="预订", exact=True).click()

    expect(page.get_by_text("这个时间已经有人了")).to_be_visible()
    expect(page.get_by_role("button", name="排队等候")).to_be_visible()
    page.locator("[data-conflict]").get_by_role("button").filter(has_text="17:30–19:00").click()
    expect(page.get_by_text("已订好")).to_be_visible()
    expect(page.get_by_text("17:30–19:00")).to_be_visible()


def test_of_a_series_one_is_told_which_dates_are_taken_and_books_the_others(phone_of, room, who):
    hall = room("舞蹈室")
    page = phone_of(NEIGHBOUR)
    times = {"starts_at": f"{day(9)}T19:00:00+08:00", "ends_at": f"{day(9)}T20:30:00+08:00"}
    who(MATE).post("/events/bookings", {"venue_id": hall["id"], "title": "书法课", **times})

    book(page, hall, day(2), "交谊舞")
    page.get_by_label("要不要重复").select_option("weekly")
    page.get_by_label("到哪一天为止").fill(day(16))
    page.get_by_role("button", name="预订", exact=True).click()
    expect(page.get_by_role("heading", name="有 1 个时间订不上")).to_be_visible()
    page.get_by_role("button", name="订其余的日子").click()

    expect(page.locator("[data-result]")).to_have_text("已订 2 次。")
    expect(page.locator("[data-conflict]")).to_have_count(1)
    page.locator("[data-conflict]").get_by_role("button").filter(has_text="17:30–19:00").click()
    expect(page.locator("[data-result]")).to_have_text("已订 3 次。")
