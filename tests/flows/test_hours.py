"""What somebody did is in their account: a seat, being there, the end of it, the credit."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.stack import until


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
