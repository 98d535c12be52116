"""Without an account: the board of needs, and the slip by which a resident closes their wish."""

from uuid import uuid4

from playwright.sync_api import expect

CLERK, HELPER = "赵启明", "刘志远"
WHOSE = {"name": "贾宝玉", "phone": "13900000001", "where": "3号楼2单元501"}


def brought(who) -> tuple[dict, dict]:
    """A wish that a unit brought, and the resident's slip."""
    words = {"title": f"一盏台灯 {uuid4().hex[:4].upper()}", "text": "晚上看报用。", "what": "appliances"}
    clerk, helper = who(CLERK), who(HELPER)
    wish = clerk.post("/events/wishes", words | {"whose": WHOSE, "consent": True, "on_behalf": True})
    clerk.post(f"/events/needs/{wish['id']}/publish", version=wish["version"])
    claim = helper.post(f"/events/needs/{wish['id']}/claims", {"amount": 1})
    clerk.post(f"/events/claims/{claim['id']}/accept")
    slip = clerk.post(f"/events/wishes/{wish['id']}/slip")
    helper.post(f"/events/claims/{claim['id']}/deliver")
    return wish, slip


def test_the_board_shows_a_wish_and_nobody_who_made_it(who, phone_page):
    wish, _ = brought(who)

    phone_page.goto("/needs")

    expect(phone_page.get_by_role("heading", name=wish["title"])).to_be_visible()
    assert not any(word in phone_page.content() for word in WHOSE.values())


def test_a_resident_closes_their_wish_by_the_pin_of_the_slip(who, phone_page):
    wish, slip = brought(who)
    phone_page.goto(f"/w/{slip['url'].rpartition('/')[2]}")
    expect(phone_page.get_by_text(wish["title"])).to_be_visible()

    phone_page.get_by_label("密码").fill(f"{(int(slip['pin']) + 1) % 1_000_000:06}")
    phone_page.get_by_role("button", name="收到了").click()
    expect(phone_page.get_by_text("还可以试 4 次")).to_be_visible()
    phone_page.get_by_label("密码").fill(slip["pin"])
    phone_page.get_by_role("button", name="收到了").click()

    expect(phone_page.get_by_text("谢谢您告诉我们")).to_be_visible()
    assert who(CLERK).get(f"/events/needs/{wish['id']}")["state"] == "closed"
