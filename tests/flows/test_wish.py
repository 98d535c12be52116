"""A wish told on a phone comes true: checked, reworded, taken on, brought, closed by whoever made it."""

from uuid import uuid4

from tests.flows.conftest import CLERK, VOLUNTEER
from tests.stack import until

LIAISON, SECOND_CLERK = "刘志远", "白桂芳"
RESIDENT = {"name": "贾宝玉", "phone": "13900000001", "where": "3号楼2单元501"}


def inbox(client, words: str) -> list[dict]:
    return [m for m in client.get("/notify/inbox", limit=100)["items"] if words in m["title"] + m["body"]]


def test_from_the_phone_to_the_residents_word(product, who):
    resident, clerk, second, helper = who(VOLUNTEER), who(CLERK), who(SECOND_CLERK), who(LIAISON)
    title = f"一台收音机 {uuid4().hex[:4].upper()}"
    offer = helper.post(
        "/events/offers", {"kind": "goods", "what": "appliances", "title": f"{title} 备用", "unit_of_amount": "pieces"}
    )
    helper.post(f"/events/offers/{offer['id']}/publish", version=offer["version"])

    wish = resident.post(
        "/events/wishes",
        {"title": title, "text": "送到3号楼贾宝玉家。", "what": "appliances", "whose": RESIDENT, "consent": True},
    )
    until(lambda: inbox(clerk, title))
    found = clerk.post(f"/events/wishes/{wish['id']}/check", {})["findings"]
    assert {each["kind"] for each in found} == {"name", "address"}

    plain = {"kind": "wish", "title": title, "text": "想听听戏。", "what": "appliances"}
    reworded = second.put(f"/events/needs/{wish['id']}", plain, version=wish["version"])
    published = clerk.post(f"/events/needs/{wish['id']}/publish", version=reworded["version"])
    assert published["state"] == "published"
    board = [each for each in helper.get("/events/public/needs", limit=100)["items"] if each["id"] == wish["id"]]
    assert [each["unit"] for each in board] == [None]

    [match] = until(lambda: _with(clerk, wish, offer))
    assert {"code": "same_what", "what": "appliances"} in match["why"]
    until(lambda: inbox(helper, f"对得上：{title}"))

    claim = helper.post(f"/events/needs/{wish['id']}/claims", {"amount": 1, "offer_id": offer["id"]})
    assert claim["state"] == "asked"
    clerk.post(f"/events/claims/{claim['id']}/accept")
    assert helper.get(f"/events/wishes/{wish['id']}/personal")["where"] == RESIDENT["where"]
    helper.post(f"/events/claims/{claim['id']}/deliver")

    until(lambda: inbox(resident, "做好了"))
    closed = resident.put(f"/events/needs/{wish['id']}/confirmation", {})
    assert closed["state"] == "closed"
    until(lambda: inbox(helper, f"谢谢您：{title}"))
    [project] = helper.get("/events/projects", need=wish["id"])["items"]
    assert project["state"] == "confirmed"


def _with(clerk, wish: dict, offer: dict) -> list[dict]:
    found = clerk.get(f"/events/needs/{wish['id']}/matches")["items"]
    return [each for each in found if each["offer"]["id"] == offer["id"]]
