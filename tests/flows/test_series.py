"""What comes again: published once, a place kept for somebody, one day skipped and back, all told and in a calendar."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import requests
from icalendar import Calendar

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.stack import until


@pytest.fixture
def series():
    """The facts of a weekly series from the day after tomorrow on."""
    first = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=2)
    return {
        "title": f"晨练太极 {uuid4().hex[:6]}", "kind": "sport", "form": "on_site", "place": "体工二大队操场",
        "audience": {"everyone": True}, "rule": "FREQ=WEEKLY", "starts_on": first.isoformat(), "start_time": "07:00",
        "ends_on": (first + timedelta(weeks=5)).isoformat(), "minutes": 60, "submit": True,
    }  # fmt: skip


def told(client, words: str, topic: str) -> list[dict]:
    inbox = client.get("/notify/inbox", limit=100)["items"]
    return [one for one in inbox if words in one["title"] + one["body"] and one["why"]["topic"] == topic]


def in_calendar(url: str, title: str) -> list[tuple[str, Any]]:
    """The days of it in somebody's calendar: their state and their sequence."""
    answer = requests.get(url, timeout=30)
    answer.raise_for_status()
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(one["STATUS"]), one["SEQUENCE"]) for one in entries if title in str(one["SUMMARY"])]


def test_a_weekly_series_with_a_place_kept_and_a_day_that_is_skipped_and_comes_back(product, who, series):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)
    title = series["title"]
    posted = unit.post("/events/series", series)
    clerk.post(f"/events/series/{posted['id']}/publish", version=posted["version"])
    [_] = until(lambda: told(volunteer, title, "events.series_published.v1"))

    volunteer.put(f"/events/series/{posted['id']}/standing-place")
    calendar = volunteer.post("/events/me/calendar")["url"]
    assert [state for state, _ in in_calendar(calendar, title)] == ["CONFIRMED"] * 6

    second = volunteer.get(f"/events/series/{posted['id']}")["next"][1]
    path = f"/events/activities/{second['id']}"
    skipped = clerk.post(f"{path}/call-off", {"reason": "场地画线"}, version=clerk.get(path)["version"])
    until(lambda: [one for one in told(volunteer, title, "events.activity_called_off.v1") if "场地画线" in one["body"]])
    off = in_calendar(calendar, title)
    assert [state for state, _ in off] == ["CONFIRMED", "CANCELLED", *["CONFIRMED"] * 4]

    clerk.post(f"{path}/restore", version=skipped["version"])
    until(lambda: told(volunteer, title, "events.activity_restored.v1"))
    back = in_calendar(calendar, title)
    assert [state for state, _ in back] == ["CONFIRMED"] * 6
    assert back[1][1] > off[1][1]
    assert volunteer.get(path)["mine"] == "going"
