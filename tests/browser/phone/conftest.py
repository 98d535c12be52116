"""Members of the demo set before their phones. Each signs in once: codes are few, in a minute and in an hour."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest

from tests.browser.conftest import SIZES

SECRETARY, WALKER, MATE, NEIGHBOUR, NEWCOMER = "白桂芳", "王金凤", "何雨桐", "乌云其其格", "齐国栋"


@pytest.fixture
def phone_of(screen):
    """Call it with a name for a page on that person's phone, whose clock is set to another part of the world."""

    def phone_of(name: str, width: int = 360):
        size = {"width": width, "height": SIZES["phone"]["height"]}
        return screen("phone", name, viewport=size, timezone_id="America/New_York")

    return phone_of


@pytest.fixture(scope="session")
def next_start():
    """Call it for a start: shifts do not overlap, and all can begin now, since crews meet an hour early."""
    first, turn = datetime.now(UTC), count()
    return lambda: first + next(turn) * timedelta(minutes=3)


@pytest.fixture
def shift(who, next_start):
    """A shift of 夜安一队 that the two of them walk."""
    boss, starts = who(SECRETARY), next_start()
    squad = next(squad for squad in boss.get("/patrol/squads")["items"] if squad["name"] == "夜安一队")
    made = boss.post(
        "/patrol/shifts",
        {
            "squad_id": squad["id"],
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(minutes=3)).isoformat(),
            "crew": [who(WALKER).get("/members/me")["id"], who(MATE).get("/members/me")["id"]],
        },
    )
    yield made
    last = next(one for one in who(WALKER).get("/patrol/me/shifts")["items"] if one["id"] == made["id"])
    if last["state"] == "planned":
        boss.post(f"/patrol/shifts/{made['id']}/cancel", {"reason": "测试"}, version=last["version"])
    if last["state"] == "active":
        who(WALKER).post(f"/patrol/shifts/{made['id']}/end", {"at": datetime.now(UTC).isoformat()})


@pytest.fixture
def published(who):
    """Call it for an activity that everybody sees, in an hour from now."""

    def published(capacity: int | None) -> dict:
        starts = datetime.now(UTC) + timedelta(hours=1)
        return who(SECRETARY).post(
            "/events/activities",
            {
                "title": f"操场健身课 {uuid4().hex[:6]}",
                "unit": "U01",
                "kind": "sport",
                "form": "on_site",
                "place": "体工二大队操场",
                "starts_at": starts.isoformat(),
                "ends_at": (starts + timedelta(hours=1)).isoformat(),
                "capacity": capacity,
                "audience": {"everyone": True},
                "submit": True,
            },
        )

    def and_publish(capacity: int | None = None) -> dict:
        posted = published(capacity)
        if posted["state"] == "published":
            return posted
        return who(SECRETARY).post(f"/events/activities/{posted['id']}/publish", version=posted["version"])

    return and_publish
