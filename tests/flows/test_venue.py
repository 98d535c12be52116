"""A unit books a venue, the cold closes it, it opens again: whoever booked it hears of each, and the board says it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import requests

from tests.flows.conftest import CLERK
from tests.stack import until

OFFICER = "刘志远"
ALL_DAY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}


@pytest.fixture
def venue(who):
    """A hall of U03 that is open day and night; its unit decides about bookings."""
    facts = {"code": f"V{uuid4().hex[:6]}", "unit": "U03", "name": f"小剧场{uuid4().hex[:4]}", "kind": "hall"}
    made = who(CLERK).post("/events/venues", facts | {"bookable": True})
    who(CLERK).put(f"/events/venues/{made['id']}/hours", {"rules": [ALL_DAY]}, version=made["version"])
    return made


def told(client, venue: dict, *words: str) -> bool:
    """Whether somebody has a message about this venue that says all of these words."""
    bodies = [one["body"] for one in client.get("/notify/inbox")["items"] if venue["name"] in one["body"]]
    return any(all(word in body for word in words) for body in bodies)


def test_what_the_cold_takes_comes_back_and_its_people_are_told(product, who, venue):
    clerk, officer = who(CLERK), who(OFFICER)
    board = lambda: requests.get(f"{product.url}/board", timeout=30).text  # noqa: E731
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    times = {"starts_at": tomorrow.isoformat(), "ends_at": (tomorrow + timedelta(hours=2)).isoformat()}
    wish = {"venue_id": venue["id"], "title": "合唱排练", "unit": "U02", **times}

    [asked] = officer.post("/events/bookings", wish)["made"]
    state = lambda: officer.get(f"/events/bookings/{asked['id']}")["state"]  # noqa: E731
    assert asked["state"] == "asked"
    until(lambda: told(clerk, venue, "合唱排练"))
    clerk.post(f"/events/bookings/{asked['id']}/approve")
    until(lambda: told(officer, venue, "合唱排练", "给您留好了"))

    closure = clerk.post(f"/events/venues/{venue['id']}/closures", {"kind": "cold", "reason": "零下二十五度"})
    assert closure["suspended"] == 1
    assert state() == "suspended"
    until(lambda: told(officer, venue, "零下二十五度"))
    assert "天气太冷，零下二十五度" in board()

    clerk.ask("DELETE", f"/events/closures/{closure['id']}")
    assert state() == "confirmed"
    until(lambda: told(officer, venue, "恢复开放"))
    assert "零下二十五度" not in board()
    assert venue["name"] in board()
