"""A waiting list moves: a seat is given back, who waits is asked, one tap takes it, and what they did is credited."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

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


def test_who_was_there_has_it_in_their_account(product, who, activity):
    clerk, volunteer = who(CLERK), who(VOLUNTEER)
    starts = datetime.now(UTC) + timedelta(seconds=8)  # who comes early is there already
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    posted = clerk.post("/events/activities", activity | times | {"unit": "U02"})
    if posted["state"] == "submitted":
        clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    volunteer.put(f"/events/activities/{posted['id']}/sign-up")
    me = volunteer.get("/members/me")["id"]

    clerk.put(f"/events/activities/{posted['id']}/attendance/{me}", {"id": str(uuid4())})

    shown = clerk.get(f"/events/activities/{posted['id']}/attendance")["items"]
    assert [one["attended"]["source"] for one in shown] == ["leader"]
    until(lambda: datetime.now(UTC) > starts)
    clerk.post(f"/events/activities/{posted['id']}/finish", {"minutes": 45})
    account = "/members/me/hours"
    mine = until(lambda: [one for one in volunteer.get(account)["items"] if one["title"] == activity["title"]])
    assert [(one["minutes"], one["provenance"]) for one in mine] == [(45, "measured")]
