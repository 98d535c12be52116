"""What people said, at the desk: nothing of few, counts of enough, and slips of paper typed in."""

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER, VOLUNTEER

SAID = {"overall": "good", "followed": "yes", "more": "yes"}


def test_slips_are_typed_in_and_counted_with_what_came_by_phone(who, desk_of, over):
    activity, page = over(VOLUNTEER, LEADER, CLERK), desk_of()
    for name in (VOLUNTEER, LEADER):
        who(name).put(f"/events/activities/{activity['id']}/feedback/mine", SAID)
    page.goto(f"/desk/activities/{activity['id']}")
    box = page.locator("[data-feedback]")
    expect(box.get_by_text("说的人还不够")).to_be_visible()

    box.get_by_role("button", name="记下这张").click()
    expect(box.get_by_text("这张小票什么也没有圈，也没有写。")).to_be_visible()
    box.locator("[data-question=overall]").get_by_text("一般", exact=True).click()
    box.get_by_label("小票上写的话").fill("灯太暗")
    box.get_by_role("button", name="记下这张").click()

    expect(box.locator("[data-counts=overall]")).to_contain_text("好2 人一般1 人不好0 人")
    expect(box.locator("[data-counts=more]")).to_contain_text("想2 人")
    expect(box.get_by_text("灯太暗")).to_be_visible()
    expect(box.get_by_text("到场的人都答过了")).to_be_visible()
