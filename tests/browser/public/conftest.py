"""What everybody sees, made by the secretary of the demo set."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

SECRETARY, NEIGHBOUR = "白桂芳", "乌云其其格"


@pytest.fixture
def held(who):
    """Call it for an activity for everybody that begins in an hour."""

    def held(**facts) -> dict:
        boss, starts = who(SECRETARY), datetime.now(UTC) + timedelta(hours=1)
        times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}
        words = {"title": f"院里下棋 {uuid4().hex[:6]}", "kind": "culture", "form": "on_site", "place": "凉亭"}
        plan = {**words, **times, "unit": "U01", "audience": {"everyone": True}, "submit": True, **facts}
        made = boss.post("/events/activities", plan)
        if made["state"] == "submitted":
            made = boss.post(f"/events/activities/{made['id']}/publish", version=made["version"])
        return made

    return held


@pytest.fixture
def secretary_page(screen):
    """The secretary's screen."""
    return screen("desk", SECRETARY, viewport={"width": 1440, "height": 900})
