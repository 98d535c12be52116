"""The planning board: a card is dragged or opened, what is in the way is shown, and only then something moves."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER

HERE = ZoneInfo("Asia/Shanghai")


def in_two_weeks(weekday: int, hour: int) -> datetime:
    """A time of the week after next, in which the demo set has little: 0 is its Monday."""
    today = datetime.now(HERE).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=14 - today.weekday() + weekday)


@pytest.fixture
def planned(who):
    """Call it for an activity that everybody sees, on that day at seven."""

    def planned(weekday: int, place: str) -> dict:
        starts, clerk = in_two_weeks(weekday, 19), who(CLERK)
        plan = {
            "title": f"露天电影 {uuid4().hex[:6]}", "unit": "U01", "kind": "show", "place": place, "capacity": 40,
            "starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat(),
            "audience": {"everyone": True}, "submit": True,
        }  # fmt: skip
        posted = clerk.post("/events/activities", plan)
        if posted["state"] == "submitted":
            posted = clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
        return posted

    return planned


def board(page, weekday: int = 0) -> str:
    """Open the board at that week; the day's part of a cell's name."""
    page.goto(f"/desk/activities/planning?week={in_two_weeks(weekday, 19).date()}")
    return str(in_two_weeks(weekday, 19).date())


def test_a_card_is_dragged_to_a_free_day_and_who_signed_up_is_told_only_after_yes(desk_of, who, planned):
    activity = planned(1, f"东院 {uuid4().hex[:4]}")
    who(LEADER).put(f"/events/activities/{activity['id']}/sign-up")
    page = desk_of(CLERK)
    thursday = board(page, 3)
    card = page.get_by_role("button", name=activity["title"])

    card.drag_to(page.locator(f"[data-cell='/{thursday}']"))

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("报了名的 1 人会收到新时间的通知。")
    expect(dialog).to_contain_text("这个时间没有冲突。")
    assert who(CLERK).get(f"/events/activities/{activity['id']}")["version"] == activity["version"]
    dialog.get_by_role("button", name="改时间并通知大家").click()
    expect(page.locator(f"[data-cell='/{thursday}']").get_by_text(activity["title"])).to_be_visible()
    moved = datetime.fromisoformat(who(CLERK).get(f"/events/activities/{activity['id']}")["starts_at"])
    assert moved == in_two_weeks(3, 19)


def test_what_is_in_the_way_is_said_before_and_the_keyboard_moves_it_too(desk_of, who, planned):
    place = f"西院 {uuid4().hex[:4]}"
    first, second = planned(1, place), planned(2, place)
    page = desk_of(CLERK)
    board(page)

    page.get_by_role("button", name=first["title"]).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("改到什么时候开始").fill(f"{in_two_weeks(2, 20):%Y-%m-%dT%H:%M}")

    expect(dialog.locator("[data-conflicts]")).to_contain_text(second["title"])
    dialog.get_by_label("改到什么时候开始").fill(f"{in_two_weeks(4, 20):%Y-%m-%dT%H:%M}")
    expect(dialog.locator("[data-conflicts]")).to_have_count(0)
    dialog.get_by_role("button", name="改到这个时间").click()
    expect(dialog).to_have_count(0)
    moved = datetime.fromisoformat(who(CLERK).get(f"/events/activities/{first['id']}")["starts_at"])
    assert moved == in_two_weeks(4, 20)


def test_a_booking_moves_and_what_has_its_venue_then_stays(desk_of, who):
    clerk = who(CLERK)
    unit = {
        "name": f"排练厅 {uuid4().hex[:4]}",
        "kind": "hall",
        "unit": "U01",
        "bookable": True,
        "needs_approval": False,
    }
    venue = clerk.post("/events/venues", unit | {"code": f"T{uuid4().hex[:6]}"})
    wish = {"venue_id": venue["id"], "people": 10}
    titles = [f"{name} {uuid4().hex[:6]}" for name in ("合唱排练", "书画会")]
    made = []
    for day, title in enumerate(titles):
        times = {"starts_at": in_two_weeks(day, 19).isoformat(), "ends_at": in_two_weeks(day, 21).isoformat()}
        made += clerk.post("/events/bookings", wish | times | {"title": title})["made"]
    page = desk_of(CLERK)
    tuesday = board(page, 1)

    page.get_by_role("button", name=titles[0]).drag_to(page.locator(f"[data-cell='{venue['id']}/{tuesday}']"))

    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-conflicts]")).to_contain_text(titles[1])
    dialog.get_by_role("button", name="改到这个时间").click()
    expect(dialog.get_by_text(f"这个时间是“{titles[1]}”")).to_be_visible()
    dialog.get_by_label("改到什么时候开始").fill(f"{in_two_weeks(2, 9):%Y-%m-%dT%H:%M}")
    dialog.get_by_role("button", name="改到这个时间").click()
    expect(dialog).to_have_count(0)
    assert datetime.fromisoformat(clerk.get(f"/events/bookings/{made[0]['id']}")["starts_at"]) == in_two_weeks(2, 9)
