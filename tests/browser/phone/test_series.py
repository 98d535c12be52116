"""A place kept each time, given back once, and the day that suits."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import NEIGHBOUR, SECRETARY, WALKER

EVERYONE = {"everyone": True}


@pytest.fixture
def series(who):
    """Four weeks of something, from the day after tomorrow on."""
    boss, first = who(SECRETARY), datetime.now(UTC).date() + timedelta(days=2)
    plan = {
        "title": f"晨练太极 {uuid4().hex[:6]}", "unit": "U01", "kind": "sport", "place": "操场", "audience": EVERYONE,
        "rule": "FREQ=WEEKLY", "starts_on": str(first), "ends_on": str(first + timedelta(weeks=3)),
        "start_time": "07:00", "minutes": 60, "submit": True,
    }  # fmt: skip
    posted = boss.post("/events/series", plan)
    if posted["state"] == "submitted":
        posted = boss.post(f"/events/series/{posted['id']}/publish", version=posted["version"])
    return posted


def test_a_place_each_time_and_not_this_week(who, phone_of, series):
    page = phone_of(WALKER)
    page.goto(f"/series/{series['id']}")
    page.get_by_role("button", name="每次都给我留座").click()
    expect(page.get_by_text("每次都有您的座位")).to_be_visible()

    page.goto("/me/places")
    expect(page.get_by_role("link", name=series["title"]).first).to_be_visible()
    mine = page.get_by_role("article", name=series["title"])
    expect(mine).to_have_count(4)
    mine.first.get_by_role("button", name="这次不来").click()
    expect(page.get_by_role("dialog")).to_contain_text("只让出这一次的座位")
    page.get_by_role("dialog").get_by_role("button", name="让给排队的人").click()

    expect(mine).to_have_count(3)
    held = who(WALKER).get("/events/activities", series=series["id"])["items"]
    assert [one["mine"] for one in held] == ["cancelled", "going", "going", "going"]


def test_a_seat_passes_to_a_buddy_who_says_yes(product, who, phone_of, series):
    page = phone_of(WALKER)
    page.goto(f"/series/{series['id']}")
    page.get_by_role("button", name="每次都给我留座").click()
    page.get_by_role("button", name="我的搭档").click()
    page.get_by_role("dialog").get_by_label("姓名").fill(NEIGHBOUR)
    page.get_by_role("dialog").get_by_label("手机号").fill(product.number(NEIGHBOUR))
    page.get_by_role("dialog").get_by_role("button", name="就找这位").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/me/places")
    page.get_by_role("article", name=series["title"]).first.get_by_role("button", name="这次不来").click()
    page.get_by_role("dialog").get_by_role("button", name="让给我的搭档").click()
    expect(page.get_by_text("正在等对方答复")).to_be_visible()

    buddy = phone_of(NEIGHBOUR)
    buddy.goto("/me/places")
    expect(buddy.get_by_text(f"{series['title']}：有个名额让给您")).to_be_visible()
    buddy.get_by_role("button", name="我要").click()

    expect(buddy.get_by_role("article", name=series["title"])).to_have_count(1)
    page.reload()
    expect(page.get_by_role("article", name=series["title"])).to_have_count(3)


def test_who_signed_up_says_which_day_suits(who, phone_of, published):
    activity = published()
    path = f"/events/activities/{activity['id']}"
    who(WALKER).put(f"{path}/sign-up")
    days = [datetime.now(UTC) + timedelta(days=days) for days in (3, 4)]
    options = [{"starts_at": d.isoformat(), "ends_at": (d + timedelta(hours=1)).isoformat()} for d in days]
    version = who(SECRETARY).get(path)["version"]
    who(SECRETARY).post(f"{path}/postpone", {"reason": "停电", "options": options}, version=version)
    page = phone_of(WALKER)
    page.goto(f"/activities/{activity['id']}")

    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="就这样").click()

    expect(page.get_by_text("1 人方便")).to_be_visible()
    assert who(SECRETARY).get(f"{path}/poll")["poll"]["answers"] == 1
