"""One button for an activity: a seat, a place in the waiting list, and back."""

from playwright.sync_api import expect

from tests.browser.phone.conftest import NEIGHBOUR, SECRETARY, WALKER
from tests.stack import until


def test_the_last_seat_the_waiting_list_and_moving_up(who, phone_of, published):
    activity = published(capacity=1)
    first, second = phone_of(WALKER), phone_of(NEIGHBOUR)
    first.goto("/activities")
    first.get_by_role("link", name=activity["title"]).click()

    first.get_by_role("button", name="我要报名").click()
    expect(first.get_by_text("您已报名")).to_be_visible()

    second.goto(f"/activities/{activity['id']}")
    expect(second.get_by_text("名额已满").first).to_be_visible()
    second.get_by_role("button", name="排候补").click()
    expect(second.get_by_text("您排在候补第 1 位，轮到您会马上通知")).to_be_visible()

    first.get_by_role("button", name="取消报名").click()
    first.get_by_role("dialog").get_by_role("button", name="取消报名").click()
    expect(first.get_by_role("button", name="我要报名").or_(first.get_by_role("button", name="排候补"))).to_be_visible()

    assert who(NEIGHBOUR).get(f"/events/activities/{activity['id']}")["mine"] == "going"
    second.reload()
    expect(second.get_by_text("您已报名")).to_be_visible()


def test_an_activity_called_off_says_so_and_has_no_button(who, phone_of, published):
    activity = published()
    reason = {"reason": "场地结冰"}
    who(SECRETARY).post(f"/events/activities/{activity['id']}/call-off", reason, version=activity["version"])
    page = phone_of(WALKER)

    page.goto(f"/activities/{activity['id']}")

    expect(page.get_by_text("场地结冰")).to_be_visible()
    expect(page.get_by_role("button", name="我要报名")).to_have_count(0)


def test_signing_up_from_the_message_about_it(who, phone_of, published):
    activity = published()
    until(lambda: [m for m in who(WALKER).get("/notify/inbox")["items"] if activity["title"] in m["title"]])
    page = phone_of(WALKER)
    page.goto("/inbox")

    page.get_by_role("link", name=activity["title"]).click()
    page.get_by_role("link", name="查看详情").click()
    page.get_by_role("button", name="我要报名").click()

    expect(page.get_by_text("您已报名")).to_be_visible()
