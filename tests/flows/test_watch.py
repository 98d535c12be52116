"""A squad on its way: heard of, silent, in trouble; the right phones ring until somebody answers."""

from datetime import UTC, datetime
from uuid import uuid4

from tests.flows.conftest import CLERK, LEADER, VOLUNTEER
from tests.flows.test_activity import inbox
from tests.stack import until


def upload(client, *items: dict) -> list[dict]:
    now = datetime.now(UTC).isoformat()
    device = {"id": str(uuid4()), "now": now, "page_session": str(uuid4())}
    whole = [{"id": str(uuid4()), "at": now, "seq": n, **item} for n, item in enumerate(items)]
    return client.post("/patrol/uploads", {"device": device, "items": whole})["results"]


def test_trouble_reaches_the_leader_and_the_desk(product, who, shift):
    mine, volunteer = shift(), who(VOLUNTEER)
    words = f"路灯不亮 {uuid4().hex[:6]}"

    results = upload(
        volunteer,
        {"kind": "start", "shift_id": mine["id"]},
        {"kind": "trouble", "shift_id": mine["id"], "trouble": {"kind": "lamp", "place": "体院东门", "words": words}},
    )

    assert [r["outcome"] for r in results] == ["stored", "stored"]
    until(lambda: inbox(who(LEADER), words))
    board = who(CLERK).get("/patrol/board")
    assert words in [trouble["words"] for trouble in board["troubles"]]


def test_a_silent_squad_is_looked_after_until_somebody_says_all_is_well(product, who, shift):
    mine, volunteer, leader = shift(), who(VOLUNTEER), who(LEADER)
    upload(volunteer, {"kind": "start", "shift_id": mine["id"]})
    # With CHECK_IN_EVERY_MINUTES and WELFARE_MINUTES set to seconds, silence begins at once.

    until(lambda: inbox(leader, "夜安一队") and who(CLERK).get("/patrol/board")["shifts"], 60)
    silent = until(
        lambda: [s for s in who(CLERK).get("/patrol/board")["shifts"] if s["id"] == mine["id"] and s["silence"]]
    )
    leader.post(f"/patrol/shifts/{mine['id']}/all-well", {"note": "刚打过电话"})

    assert silent
    board = who(CLERK).get("/patrol/board")["shifts"]
    assert all(s["silence"] is None for s in board if s["id"] == mine["id"])


def test_sos_rings_until_somebody_answers_and_is_stood_down(product, who, shift):
    mine, volunteer, clerk = shift(), who(VOLUNTEER), who(CLERK)
    sos_id = str(uuid4())
    volunteer.put(f"/patrol/sos/{sos_id}", {"at": datetime.now(UTC).isoformat(), "shift_id": mine["id"]})

    [message] = until(lambda: [m for m in inbox(who(LEADER), "") if m["thread"] == sos_id])
    assert message["class"] == "critical"
    who(LEADER).post(f"/notify/inbox/{message['id']}/answer", {"answer": "ack"})

    until(lambda: [s for s in clerk.get("/patrol/board")["sos"] if s["id"] == sos_id and s["acknowledged_at"]])
    clerk.post(f"/patrol/sos/{sos_id}/stand-down", {"note": "平安"})
    until(lambda: sos_id not in [s["id"] for s in clerk.get("/patrol/board")["sos"]])
