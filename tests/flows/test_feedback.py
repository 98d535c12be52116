"""A lecture from being there to what the speaker reads: present, over, asked, three taps, counts without names."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.flows.conftest import CLERK, LEADER, VOLUNTEER
from tests.stack import SECRETARY, until

LISTENERS = (VOLUNTEER, CLERK, SECRETARY)
PLAN = ("title", "summary", "kind", "form", "place", "capacity", "audience")


@pytest.fixture
def lecture(who):
    """A lecture of which the leader speaks, moved to begin in a few seconds."""
    clerk, mark = who(CLERK), uuid4().hex[:5].upper()
    clerk.post("/events/topics", {"code": f"F{mark}", "name": f"用药安全{mark}", "group": "health"})
    willing = {"topics": [f"F{mark}"], "load_cap": 2, "announced": True, "consent": True}
    speaker = who(LEADER).put("/events/me/speaker", willing)
    first = datetime.now(UTC).date() + timedelta(days=300)
    weekly = [{"weekday": first.isoweekday(), "start_time": "19:00", "minutes": 90}]
    facts = {"name": f"学期{mark}", "starts_on": first.isoformat(), "ends_on": (first + timedelta(6)).isoformat()}
    term = clerk.post("/events/terms", facts | {"unit": "U01", "wanted": weekly, "rooms": [{"name": f"讲堂{mark}"}]})
    path = f"/events/terms/{term['id']}"
    term = clerk.post(f"{path}/plan", version=term["version"])
    decided = {"number": term["slots"][0]["number"], "topic": f"F{mark}", "speaker_id": speaker["id"]}
    term = clerk.put(f"{path}/slots", decided | {"place": f"讲堂{mark}"}, version=term["version"])
    term = clerk.post(f"{path}/publish", version=term["version"])
    return begins_soon(clerk, term["slots"][0]["activity_id"])


def begins_soon(clerk, activity_id: str) -> dict:
    path, starts = f"/events/activities/{activity_id}", datetime.now(UTC) + timedelta(seconds=8)
    activity = clerk.get(path)
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    return clerk.put(path, {name: activity[name] for name in PLAN} | times, version=activity["version"])


def inbox(client, words: str) -> list[dict]:
    return [one for one in client.get("/notify/inbox", limit=100)["items"] if one["title"] == words]


def test_a_speaker_reads_what_people_said_and_not_who(product, who, lecture):
    clerk, path = who(CLERK), f"/events/activities/{lecture['id']}"
    for name in LISTENERS:
        clerk.put(f"{path}/attendance/{who(name).get('/members/me')['id']}", {"id": str(uuid4())})
    until(lambda: datetime.now(UTC) > datetime.fromisoformat(lecture["starts_at"]))

    clerk.post(f"{path}/finish")

    [asked] = until(lambda: inbox(who(VOLUNTEER), f"怎么样？{lecture['title']}"))
    assert asked["link"] == f"/activities/{lecture['id']}/feedback"
    for name, overall in zip(LISTENERS, ("good", "good", "fair"), strict=True):
        said = {"overall": overall, "followed": "yes", "more": "yes", "words": f"{overall}的话"}
        assert who(name).put(f"{path}/feedback/mine", said)["mine"]["overall"] == overall
    [given] = [one for one in who(LEADER).get("/events/me/speaker")["given"] if one["activity_id"] == lecture["id"]]
    read = who(LEADER).get(f"/events/activities/{given['activity_id']}/feedback")
    assert read["counts"]["overall"] == {"good": 2, "fair": 1, "poor": 0}
    assert sorted(read["words"]) == ["fair的话", "good的话", "good的话"]
    assert not [name for name in LISTENERS if name in str(read)]
