"""Stories across services, on the running product: real processes, a real queue, real time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

CLERK, VOLUNTEER, LEADER = "赵启明", "苏红梅", "郭建国"


@pytest.fixture
def activity():
    """The facts of a new activity, in an hour from now."""
    starts = datetime.now(UTC) + timedelta(hours=1)
    return {
        "title": f"操场健身课 {uuid4().hex[:6]}",
        "kind": "sport",
        "form": "on_site",
        "place": "体工二大队操场",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
        "capacity": 30,
        "audience": {"everyone": True},
        "submit": True,
    }


@pytest.fixture
def shift(who):
    """Call it for a new shift of 夜安一队, from now on, with its leader and the volunteer on it; over with the test."""
    clerk, made = who(CLERK), []

    def shift():
        squad = next(s for s in clerk.get("/patrol/squads")["items"] if s["name"] == "夜安一队")
        span = {"from": datetime.now(UTC).isoformat(), "to": (datetime.now(UTC) + timedelta(hours=3)).isoformat()}
        for planned in clerk.get("/patrol/shifts", state="planned", squad=squad["id"], **span)["items"]:
            clerk.post(f"/patrol/shifts/{planned['id']}/cancel", {"reason": "测试"}, version=planned["version"])
        now = datetime.now(UTC)
        plan = {
            "squad_id": squad["id"],
            "starts_at": now.isoformat(),
            "ends_at": (now + timedelta(hours=2)).isoformat(),
            "crew": [who(name).get("/members/me")["id"] for name in (LEADER, VOLUNTEER)],
        }
        made.append(clerk.post("/patrol/shifts", plan))
        return made[-1]

    yield shift
    for last in made:
        mine = clerk.get(f"/patrol/shifts/{last['id']}")
        if mine["state"] == "planned":
            clerk.post(f"/patrol/shifts/{last['id']}/cancel", {"reason": "测试"}, version=mine["version"])
        if mine["state"] == "active":
            at = datetime.now(UTC).isoformat()
            who(VOLUNTEER).post(f"/patrol/shifts/{last['id']}/end", {"at": at, "handover": "", "device_id": "test"})
