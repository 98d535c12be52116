"""A term of the lecture hall: planned in one sitting, published, signed up for; each speaker is told of theirs."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.flows.conftest import CLERK, LEADER, VOLUNTEER
from tests.stack import until

GROUPS = ("law", "manners", "health", "family")


def inbox(client, words: str) -> list[dict]:
    return [m for m in client.get("/notify/inbox", limit=100)["items"] if words in m["title"] + m["body"]]


@pytest.fixture
def term(who):
    """A term of fifteen weeks, two evenings each, in a venue of its own; 24 topics, of one of which a member speaks."""
    clerk, mark = who(CLERK), uuid4().hex[:5].upper()
    venue = clerk.post(
        "/events/venues",
        {"code": f"H{mark}", "unit": "U01", "name": f"讲堂{mark}", "kind": "hall", "bookable": True, "capacity": 50},
    )
    for number in range(24):
        topic = {"code": f"T{mark}{number}", "name": f"{mark}第{number}讲", "group": GROUPS[number % 4]}
        clerk.post("/events/topics", topic | {"needs_speaker": number == 0})
    who(VOLUNTEER).put(f"/events/topics/T{mark}0/vote")
    who(LEADER).put("/events/me/speaker", {"topics": [f"T{mark}0"], "load_cap": 2, "announced": True, "consent": True})
    monday = datetime.now(UTC).date() + timedelta(days=200)
    monday -= timedelta(days=monday.weekday())
    weekly = [{"weekday": day, "start_time": "19:00", "minutes": 90} for day in (2, 4)]
    facts = {"name": f"学期{mark}", "starts_on": monday.isoformat(), "ends_on": (monday + timedelta(104)).isoformat()}
    rooms = [{"venue_id": venue["id"]}]
    return clerk.post("/events/terms", facts | {"unit": "U01", "wanted": weekly, "rooms": rooms}), venue


def test_a_term_from_votes_to_lectures_with_sign_up(product, who, term):
    clerk, leader, volunteer = who(CLERK), who(LEADER), who(VOLUNTEER)
    made, venue = term
    path = f"/events/terms/{made['id']}"

    planned = clerk.post(f"{path}/plan", version=made["version"])
    filled = [slot for slot in planned["slots"] if slot["topic"]]
    assert len(filled) >= 24
    assert all(slot["why"] for slot in planned["slots"])
    spoken = next(slot for slot in filled if slot["speaker"] and slot["speaker"]["name"] == LEADER)
    published = clerk.post(f"{path}/publish", version=planned["version"])

    lectures = [slot["activity_id"] for slot in published["slots"] if slot["activity_id"]]
    assert len(lectures) == len(filled)
    [told] = until(lambda: inbox(leader, spoken["topic"]["name"]))
    assert told["why"]["topic"] == "events.speaker_booked.v1"
    until(lambda: inbox(volunteer, made["name"]))
    assert volunteer.put(f"/events/activities/{lectures[0]}/sign-up")["state"] == "going"
    mine = leader.get("/events/me/speaker")["lectures"]
    own = next(lecture for lecture in mine if lecture["topic"]["name"] == spoken["topic"]["name"])
    booked = clerk.get("/events/bookings", venue=venue["id"], limit=200)["items"]
    assert {booking["state"] for booking in booked} == {"confirmed"}

    leader.ask("DELETE", f"/events/me/lectures/{own['activity_id']}")

    until(lambda: inbox(clerk, spoken["topic"]["name"]))
    left = clerk.get(path)["slots"]
    assert next(slot for slot in left if slot["number"] == spoken["number"])["speaker"] is None
