"""People of the demo set at the desk."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from services.members.domain import workbook

SECRETARY, CLERK, LEADER, LIAISON, VOLUNTEER = "白桂芳", "赵启明", "郭建国", "刘志远", "苏红梅"
#: A busy machine may take its time; what is right appears in the end.
expect.set_options(timeout=20_000)


@pytest.fixture
def desk_of(screen):
    """Call it with a name for a page that this person has open at the desk."""
    return lambda name=CLERK, size="desk": screen(size, name)


@pytest.fixture
def submitted(who):
    """Call it for an activity of U02 that waits for the clerk."""

    def submitted() -> dict:
        starts = datetime.now(UTC) + timedelta(days=3)
        return who(LIAISON).post(
            "/events/activities",
            {
                "title": f"少年篮球课 {uuid4().hex[:6]}",
                "kind": "sport",
                "place": "体工二大队操场",
                "starts_at": starts.isoformat(),
                "ends_at": (starts + timedelta(hours=1)).isoformat(),
                "audience": {"zones": ["C1"]},
                "submit": True,
            },
        )

    return submitted


@pytest.fixture
def walking(who):
    """A shift of 夜安一队 that is under way."""
    now = datetime.now(UTC)
    squad = next(squad for squad in who(CLERK).get("/patrol/squads")["items"] if squad["name"] == "夜安一队")
    crew = [who(name).get("/members/me")["id"] for name in (LEADER, VOLUNTEER)]
    times = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(minutes=5)).isoformat()}
    shift = who(CLERK).post("/patrol/shifts", {"squad_id": squad["id"], "crew": crew, **times})
    who(LEADER).post(f"/patrol/shifts/{shift['id']}/start", {"at": now.isoformat()})
    yield shift
    who(LEADER).post(f"/patrol/shifts/{shift['id']}/end", {"at": datetime.now(UTC).isoformat()})


@pytest.fixture
def written(tmp_path):
    """Call it with members for a workbook that holds them and nothing else; returns its path."""

    def written(*people: dict) -> str:
        path = tmp_path / f"名册 {uuid4().hex[:6]}.xlsx"
        workbook.write({"person": people}, str(path))
        return str(path)

    return written


def member(**facts) -> dict:
    """A member as a row of the workbook."""
    return {
        "name": "测试员",
        "category": "retired",
        "unit": "U01",
        "skills": [],
        "groups": [],
        "language": "zh",
    } | facts
