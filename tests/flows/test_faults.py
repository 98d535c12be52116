"""What breaks is mended, and nothing is lost: on the running product, with kill -9."""

import os
import signal
from contextlib import suppress
from uuid import uuid4

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.flows.test_activity import inbox
from tests.stack import until

HELPER = "刘志远"


def test_redis_gone_while_a_unit_posts(product, who, activity):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)
    for pid in product.pids("valkey-server"):
        os.kill(pid, signal.SIGKILL)

    posted = unit.post("/events/activities", activity)
    clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])

    until(lambda: inbox(volunteer, activity["title"]), 60)


def test_postgres_killed_under_load(product, who, activity):
    unit = product.key("U02")
    keys = [str(uuid4()) for _ in range(40)]
    for n, key in enumerate(keys):
        if n == 20:
            [postmaster] = product.pids("bin/postgres\0-D")
            os.kill(postmaster, signal.SIGKILL)
        body = activity | {"title": f"{activity['title']} {n}", "submit": False}
        until(lambda body=body, key=key: _posted(unit, body, key), 60)

    found = unit.get("/events/activities", q=activity["title"], state="draft", limit=100)["items"]
    assert len(found) == len(keys)


def test_worker_and_relay_killed_while_messages_flow(product, who, activity):
    unit, clerk, volunteer = product.key("U02"), who(CLERK), who(VOLUNTEER)
    posted = unit.post("/events/activities", activity)

    clerk.post(f"/events/activities/{posted['id']}/publish", version=posted["version"])
    for name in ("celery", "shared.relay"):
        for pid in product.pids(name):
            os.kill(pid, signal.SIGKILL)

    messages = until(lambda: inbox(volunteer, activity["title"]), 90)
    assert len(messages) == 1


def test_consumers_that_were_away_catch_up_on_what_was_told_meanwhile(product, who):
    """However long: what waits for them waits in Postgres, and waiting is no failure (tests/shared/test_bus.py)."""
    clerk, helper = who(CLERK), who(HELPER)
    words = {"what": "furniture", "unit_of_amount": "pieces"}
    away = product.pids("celery")
    for pid in away:
        os.kill(pid, signal.SIGSTOP)
    try:
        offer = published(helper, "offers", words | {"title": "折叠椅，可以借出", "kind": "goods"})
        need = published(clerk, "needs", words | {"title": "春节联欢用的椅子", "kind": "goods", "amount": 20})
        assert matched(clerk, need) == []
    finally:
        for pid in away:
            with suppress(ProcessLookupError):  # whoever hangs too long is replaced
                os.kill(pid, signal.SIGCONT)

    until(lambda: offer["id"] in matched(clerk, need), 90)
    assert matched(clerk, need).count(offer["id"]) == 1


def test_stopped_and_started_again_nothing_is_lost(product, who, activity):
    unit, volunteer = product.key("U02"), who(VOLUNTEER)
    posted = unit.post("/events/activities", activity)
    unread = volunteer.get("/notify/inbox/count")["unread"]

    product.stop()
    product.start()

    assert unit.get(f"/events/activities/{posted['id']}")["title"] == activity["title"]
    assert volunteer.get("/notify/inbox/count")["unread"] >= unread


def published(client, what: str, words: dict) -> dict:
    """A line of one of the lists, for everybody to read."""
    line = client.post(f"/events/{what}", words)
    return client.post(f"/events/{what}/{line['id']}/publish", version=line["version"])


def matched(client, need: dict) -> list[str]:
    """The offers that were found for it."""
    return [match["offer"]["id"] for match in client.get(f"/events/needs/{need['id']}/matches")["items"]]


def _posted(unit, body: dict, key: str) -> bool:
    """Post until it is done, as a unit's software would: the same key, however often."""
    try:
        answer = unit.http.post(
            unit.url + "/events/activities", json=body, headers={"Idempotency-Key": key}, timeout=30
        )
    except OSError:
        return False
    assert answer.status_code in (201, 503, 500), answer.text
    return answer.status_code == 201
