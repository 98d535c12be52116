"""Seats on offer, signing up for others, and who was there, route by route."""

from uuid import uuid4

from tests.security.asks.ask import Ask, said

NOTHING = "–"
ACTIVITY = "/api/events/activities/<activity_id>"
PUBLISHED, UNDER_WAY, OFFERED, SHEET = "a published one", "one that has begun", "one with a seat on offer", "a sheet"
MATE = {"person_id": "{our_mate}"}
NEIGHBOUR = {"name": "某人", "phone": "10000000001"}


def _mark() -> dict:
    return {"id": str(uuid4())}


def _upload() -> dict:
    item = {"id": str(uuid4()), "activity_id": "{under_way_activity}", "person_id": "{our_mate}"}
    return {"items": [item]}


def _taken(answer) -> bool:
    return said(answer)["items"][0]["verdict"] != "refused"


ASKS = {
    (f"GET {ACTIVITY}/sign-up", "one's seat"): Ask(thing="seat"),
    (f"POST {ACTIVITY}/sign-up/accept", OFFERED): Ask(thing="offered_seat"),
    (f"POST {ACTIVITY}/sign-up/decline", OFFERED): Ask(thing="offered_seat"),
    (f"PUT {ACTIVITY}/sign-ups/<person_id>", PUBLISHED): Ask(thing="published", path=MATE),
    (f"DELETE {ACTIVITY}/sign-ups/<person_id>", PUBLISHED): Ask(thing="published", path=MATE),
    (f"POST {ACTIVITY}/guests", PUBLISHED): Ask(thing="published", json={"name": "没有账号的人"}),
    (f"POST {ACTIVITY}/neighbours", PUBLISHED): Ask(thing="published", json=NEIGHBOUR),
    (f"GET {ACTIVITY}/attendance", UNDER_WAY): Ask(thing="under_way_activity"),
    (f"PUT {ACTIVITY}/attendance/<person_id>", UNDER_WAY): Ask(thing="under_way_activity", path=MATE, json=_mark),
    (f"DELETE {ACTIVITY}/attendance/<person_id>", UNDER_WAY): Ask(thing="under_way_activity", path=MATE),
    ("PUT /api/events/attendance/uploads", UNDER_WAY): Ask(thing="under_way_activity", json=_upload, effect=_taken),
    (f"GET {ACTIVITY}/code", UNDER_WAY): Ask(thing="under_way_activity"),
    (f"PUT {ACTIVITY}/attend", UNDER_WAY): Ask(thing="under_way_activity", json={"code": "{its_code}"}),
    (f"POST {ACTIVITY}/finish", UNDER_WAY): Ask(thing="under_way_activity"),
    (f"POST {ACTIVITY}/sheets", UNDER_WAY): Ask(thing="under_way_activity"),
    ("GET /api/events/sheets/<number>", SHEET): Ask(thing="sheet"),
    ("GET /api/events/sheets/<number>/paper", SHEET): Ask(thing="sheet"),
    ("POST /api/events/sheets/<number>/rows", SHEET): Ask(thing="sheet", json={"rows": [{"n": 1}]}),
    ("GET /api/events/sheets/sign-in-sheet.css", NOTHING): Ask(),
}
