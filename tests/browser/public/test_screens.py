"""Without signing in: what is open, on any screen, and on one on a wall that nobody touches."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

ALL_DAY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}
CLERK = "赵启明"


@pytest.fixture
def hut(who):
    """A warm room that is open day and night."""
    name = f"暖心屋{uuid4().hex[:4]}"
    made = who(CLERK).post("/events/venues", {"code": name[3:] + "W", "unit": "U02", "name": name, "kind": "warm_room"})
    who(CLERK).put(f"/events/venues/{made['id']}/hours", {"rules": [ALL_DAY]}, version=made["version"])
    return made


def test_anybody_sees_what_is_open_and_why_something_is_closed(phone_page, hut, who):
    phone_page.goto("/board")
    expect(phone_page.locator("#now")).to_contain_text(hut["name"])
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 360

    who(CLERK).post(f"/events/venues/{hut['id']}/closures", {"kind": "works", "reason": "换暖气片"})
    phone_page.reload()

    expect(phone_page.locator("#closed")).to_contain_text("正在施工，换暖气片")
    phone_page.get_by_role("link", name="English").click()
    expect(phone_page.locator("#closed")).to_contain_text("works, 换暖气片")


def test_a_screen_on_a_wall_says_of_when_it_is_when_the_connection_is_lost(desk_page, hut):
    desk_page.goto("/kiosk")
    expect(desk_page.locator("#now")).to_contain_text(hut["name"])
    expect(desk_page.locator("#lost")).to_be_hidden()
    shown = desk_page.locator("header time").inner_text()

    desk_page.context.set_offline(True)
    expect(desk_page.locator("#lost")).to_have_text(f"连接断开了。下面是这个时间的情况： {shown}")
    expect(desk_page.locator("#now")).to_contain_text(hut["name"])

    desk_page.context.set_offline(False)
    expect(desk_page.locator("#lost")).to_be_hidden()
