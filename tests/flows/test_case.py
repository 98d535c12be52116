"""Found, fixed, seen again: from a resident without an account to the next patrol's first task, and their word."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from demo.company import officer_of
from tests.flows.conftest import CLERK, LEADER
from tests.stack import Client, until

PHONE = "13900000007"


@pytest.fixture
def resident(product):
    """Somebody without an account."""
    return Client(product.url)


def inbox(client, words: str) -> list[dict]:
    return [m for m in client.get("/notify/inbox", limit=100)["items"] if words in m["title"] + m["body"]]


def test_from_a_resident_to_the_next_patrol(product, who, resident, shift):
    clerk, officer, leader = who(CLERK), who(officer_of("U09").name), who(LEADER)
    place = f"{uuid4().hex[:6]}号楼门口"
    told = {"kind": "heating", "zone": "C1", "place": place, "words": "家里暖气不热", "phone": PHONE, "consent": True}
    report = uuid4()
    slip = resident.put(f"/patrol/public/reports/{report}", told)
    assert resident.put(f"/patrol/public/reports/{report}", told) == slip

    [message] = until(lambda: inbox(officer, place))
    assert "暖气" in message["title"]
    case = next(c for c in officer.get("/patrol/cases", group="open")["items"] if c["place"] == place)
    officer.post(f"/patrol/cases/{case['id']}/take")
    officer.post(f"/patrol/cases/{case['id']}/fix", {"words": "放了气"})

    assert state(resident, slip)["fixed_words"] == "放了气"
    answer(resident, slip, fixed=False, words="还是不热")
    until(lambda: inbox(officer, f"{place} 暖气问题：还没修好"))
    officer.post(f"/patrol/cases/{case['id']}/fix", {"words": "换了阀门"})

    squad = next(s for s in clerk.get("/patrol/squads")["items"] if s["name"] == "夜安一队")
    if squad["zone"] != "C1":
        facts = {name: squad[name] for name in ("code", "name", "leader_id", "colour", "members", "route", "active")}
        facts["members"] = [{k: m[k] for k in ("person_id", "vest", "buddy_id")} for m in squad["members"]]
        clerk.put(f"/patrol/squads/{squad['id']}", facts | {"zone": "C1"}, version=squad["version"])
    walk = shift()
    leader.post(f"/patrol/shifts/{walk['id']}/start", {"at": datetime.now(UTC).isoformat()})
    again = next(s for s in leader.get("/patrol/me/shifts")["items"] if s["id"] == walk["id"])["again"]
    [task] = [one for one in again if one["case_id"] == case["id"]]
    look = {"id": str(uuid4()), "kind": "second_look", "shift_id": walk["id"], "case_id": task["case_id"]}
    item = look | {"fixed": True, "at": datetime.now(UTC).isoformat()}
    for outcome in ("stored", "duplicate"):
        said = leader.post("/patrol/uploads", {"device": {"id": "phone"}, "items": [item]})
        assert [one["outcome"] for one in said["results"]] == [outcome]

    assert "looked_again" in [one["step"] for one in officer.get(f"/patrol/cases/{case['id']}")["steps"]]
    assert answer(resident, slip, fixed=True)["state"] == "confirmed"
    until(lambda: inbox(officer, "确认修好了"))
    assert not [one for one in product.sent("sms") if "暖气不热" in str(one) or slip["pin"] in str(one["content"])]


def state(resident, slip: dict) -> dict:
    return resident.post("/patrol/public/case", {"number": slip["number"], "pin": slip["pin"]})["case"]


def answer(resident, slip: dict, **word) -> dict:
    key = {"number": slip["number"], "pin": slip["pin"]}
    return resident.put("/patrol/public/case/confirmation", key | word)["case"]
