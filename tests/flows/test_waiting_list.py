"""A waiting list moves: a seat is given back, who waits is asked, one tap takes it."""

from datetime import UTC, datetime, timedelta

from tests.flows.conftest import CLERK, LEADER, VOLUNTEER
from tests.stack import until


def test_a_seat_given_back_is_taken_by_one_tap_of_who_waits(product, who, activity):
    clerk, first, second = who(CLERK), who(VOLUNTEER), who(LEADER)
    starts = datetime.now(UTC) + timedelta(days=4)
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    posted = clerk.post("/events/activities", activity | times | {"capacity": 1, "unit": "U02"})
    if posted["state"] == "submitted":
        clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    path = f"/events/activities/{posted['id']}/sign-up"
    assert first.put(path)["state"] == "going"
    assert second.put(path)["state"] == "waiting"

    first.ask("DELETE", path)
    inbox = lambda: [m for m in second.get("/notify/inbox")["items"] if activity["title"] in m["body"]]  # noqa: E731
    [asked] = until(lambda: [message for message in inbox() if message["needs_answer"]])
    second.post(f"/notify/inbox/{asked['id']}/answer", {"answer": "ack"})

    until(lambda: second.get(path)["state"] == "going")
