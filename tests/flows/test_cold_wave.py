"""The cold wave: one switch, and everybody does their part; it is over, and everything is as before."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.flows.conftest import CLERK, LEADER, VOLUNTEER
from tests.flows.test_activity import inbox
from tests.stack import until

ALL_DAY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "24:00"}


@pytest.fixture
def place(who):
    """Call it for a place of this kind, open by these rules."""
    clerk = who(CLERK)

    def place(kind: str, *rules: dict) -> dict:
        facts = {"code": f"V{uuid4().hex[:6]}", "unit": "U02", "name": f"{kind} {uuid4().hex[:4]}", "kind": kind}
        made = clerk.post("/events/venues", facts)
        if rules:
            clerk.put(f"/events/venues/{made['id']}/hours", {"rules": list(rules)}, version=made["version"])
        return made

    return place


@pytest.fixture
def patrol_tomorrow(who):
    """A shift of 夜安一队 under the open sky, at an hour at which nobody else walks."""
    clerk = who(CLERK)
    squad = next(s for s in clerk.get("/patrol/squads")["items"] if s["name"] == "夜安一队")
    starts = (datetime.now(UTC) + timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
    crew = [who(name).get("/members/me")["id"] for name in (LEADER, VOLUNTEER)]
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    shift = clerk.post("/patrol/shifts", {"squad_id": squad["id"], "crew": crew, **times})
    yield shift
    if clerk.get(f"/patrol/shifts/{shift['id']}")["state"] == "planned":
        clerk.post(f"/patrol/shifts/{shift['id']}/cancel", {"reason": "测试"}, version=shift["version"])


@pytest.fixture
def cold(who):
    """Call it to switch the cold wave on; it is off with the test."""
    clerk, made = who(CLERK), []

    def cold(words: str) -> dict:
        made.append(clerk.post("/patrol/weather", {"weather": "cold", "level": "orange", "words": words}))
        return made[-1]

    yield cold
    for mode in made:
        clerk.put(f"/patrol/weather/{mode['id']}/off")


def test_a_cold_wave(product, who, place, patrol_tomorrow, cold):
    clerk, volunteer = who(CLERK), who(VOLUNTEER)
    ground, shelter = place("ground", ALL_DAY), place("warm_room")
    state = lambda: clerk.get(f"/patrol/shifts/{patrol_tomorrow['id']}")["state"]  # noqa: E731
    tomorrow = (datetime.now(UTC) + timedelta(days=1, hours=8)).date().isoformat()
    words = f"零下二十八度 {uuid4().hex[:6]}。"

    def is_open(venue: dict) -> bool:
        days = clerk.get(f"/events/venues/{venue['id']}/opening", **{"from": tomorrow, "to": tomorrow})["items"]
        return any(day["spans"] for day in days)

    assert (state(), is_open(ground), is_open(shelter)) == ("planned", True, False)
    would = clerk.get("/patrol/weather/effects")["shifts"]
    assert patrol_tomorrow["id"] in [shift["id"] for shift in would]

    mode = cold(words)

    assert state() == "cancelled"  # the outdoor patrol pauses,
    until(lambda: not is_open(ground))  # the ground closes,
    until(lambda: is_open(shelter))  # the warm room opens,
    [advice] = until(lambda: [m for m in inbox(volunteer, words) if "一氧化碳" in m["body"]])  # and all are advised.
    assert advice["title"] == "寒潮橙色预警"
    until(lambda: [m for m in inbox(volunteer, words) if "不用来了" in m["body"]])

    clerk.put(f"/patrol/weather/{mode['id']}/off")

    assert state() == "planned"
    until(lambda: is_open(ground))
    until(lambda: not is_open(shelter))
    until(lambda: [m for m in inbox(volunteer, "照常进行") if m["thread"] == patrol_tomorrow["id"]])
    until(lambda: [m for m in inbox(volunteer, "寒潮解除了") if m["thread"] == mode["id"]])
