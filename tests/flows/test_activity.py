"""A unit posts an activity with its key; the right people's phones show it; what changes reaches who signed up."""

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.stack import until


def inbox(client, words: str) -> list[dict]:
    return [m for m in client.get("/notify/inbox", limit=100)["items"] if words in m["title"] + m["body"]]


def test_from_the_units_software_to_the_phones(product, who, activity):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)

    posted = unit.post("/events/activities", activity)
    assert posted["state"] == "submitted"
    clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    [message] = until(lambda: inbox(volunteer, activity["title"]))

    assert message["class"] == "news"
    assert message["why"]["topic"] == "events.activity_published.v1"
    assert volunteer.get(f"/events/activities/{posted['id']}")["unit"]["code"] == "U02"


def test_who_signed_up_hears_that_it_is_called_off(product, who, activity):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)
    posted = unit.post("/events/activities", activity)
    published = clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    assert volunteer.put(f"/events/activities/{posted['id']}/sign-up")["state"] == "going"

    last = unit.get(f"/events/activities/{posted['id']}")
    unit.post(f"/events/activities/{posted['id']}/call-off", {"reason": "场地结冰"}, version=last["version"])

    until(lambda: [m for m in inbox(volunteer, activity["title"]) if "场地结冰" in m["body"]])
    assert published["state"] == "published"


def test_a_key_that_is_revoked_is_refused_at_once(product, who, activity):
    clerk = who(CLERK)
    unit = next(u for u in clerk.get("/members/units") if u["code"] == "U02")
    made = clerk.post(
        f"/members/units/{unit['id']}/keys", {"kind": "live", "label": "试", "scopes": ["activities:write"]}
    )

    clerk.ask("DELETE", f"/members/keys/{made['id']}")

    headers = {"Authorization": f"Bearer {made['key']}", "Idempotency-Key": "12345678"}
    answer = clerk.http.post(product.url + "/api/events/activities", json=activity, headers=headers)
    assert answer.status_code == 401
