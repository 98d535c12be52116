"""At the desk: rules of signing up, somebody who calls, who was there, and hours put right by two."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, SECRETARY, VOLUNTEER
from tests.stack import until


@pytest.fixture
def soon(who):
    """Call it for an activity of U01 that begins in an hour."""

    def soon(**sign_up) -> dict:
        at = datetime.now(UTC) + timedelta(hours=1)
        words = {"title": f"腰鼓课 {uuid4().hex[:6]}", "unit": "U01", "kind": "culture", "place": "社区大讲堂"}
        times = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
        posted = who(CLERK).post(
            "/events/activities", words | times | {"audience": {"everyone": True}, "submit": True, "sign_up": sign_up}
        )
        if posted["state"] == "published":
            return posted
        return who(CLERK).post(f"/events/activities/{posted['id']}/publish", version=posted["version"])

    return soon


def test_rules_are_written_with_the_activity(who, desk_of, soon):
    activity, page = soon(), desk_of()
    page.goto(f"/desk/activities/{activity['id']}/edit")
    page.get_by_text("报名规则").click()
    page.locator("input[name=party_most]").fill("4")
    page.get_by_role("button", name="加一个问题").click()
    page.get_by_label("问什么").fill("坐大巴吗？")
    page.get_by_label("怎么回答").select_option("yes_no")
    page.get_by_role("button", name="加一条名额分配").click()
    page.get_by_label("按什么").select_option("age")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写这一项。")).to_be_visible()  # an age needs a bound
    page.get_by_label("从几岁").fill("60")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="谁报了名")).to_be_visible()

    rules = who(CLERK).get(f"/events/activities/{activity['id']}")["sign_up"]
    assert (rules["party_most"], rules["questions"][0]["text"], rules["quotas"][0]["least"]) == (4, "坐大巴吗？", 60)


def test_who_calls_is_signed_up_ticked_and_unticked(who, desk_of, soon):
    activity, page = soon(), desk_of()
    page.goto(f"/desk/activities/{activity['id']}")
    page.get_by_role("button", name="帮人报名").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("没有账号的人").check()
    dialog.locator("input[name=guest_name]").fill("来电的大爷")
    dialog.get_by_role("button", name="报上名").click()
    expect(page.get_by_text("来电的大爷").first).to_be_visible()

    page.reload()
    table = page.locator("[data-attendance]")
    table.get_by_role("button", name="点到").click()
    expect(table.get_by_text("领队点名")).to_be_visible()
    table.get_by_role("button", name="撤销点名").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销点名").click()

    expect(table.get_by_text("未到")).to_be_visible()


def test_a_sheet_of_paper_is_typed_in(who, desk_of, soon):
    activity, page = soon(), desk_of()
    who(VOLUNTEER).put(f"/events/activities/{activity['id']}/sign-up")
    page.goto(f"/desk/activities/{activity['id']}")
    page.get_by_role("button", name="打印签到表").click()
    page.get_by_role("checkbox", name=VOLUNTEER).check()
    page.get_by_placeholder("空白行：写上姓名").first.fill("散步路过的")
    page.get_by_role("button", name="保存签到").click()

    rows = lambda: who(CLERK).get(f"/events/activities/{activity['id']}/attendance")["items"]  # noqa: E731
    assert until(lambda: [one["attended"]["source"] for one in rows() if one["attended"]] == ["sheet", "sheet"])


def test_hours_are_put_right_by_two(who, desk_of):
    member = who(VOLUNTEER).get("/members/me")["id"]
    note = f"包粽子 {uuid4().hex[:6]}"
    first, second = desk_of(), desk_of(SECRETARY)
    first.goto(f"/desk/people/{member}")
    first.get_by_role("button", name="更正时长").click()
    first.locator("input[name=minutes]").fill("90")
    first.locator("input[name=note]").fill(note)
    first.get_by_role("button", name="提交核对").click()
    expect(first.get_by_text("等第二个人核对").first).to_be_visible()

    second.goto("/desk/people/hours")
    second.locator(".panel > div", has_text=note).get_by_role("button", name="计入").click()

    hours = lambda: [one["state"] for one in who(VOLUNTEER).get("/members/me/hours")["items"] if one["note"] == note]  # noqa: E731
    assert until(lambda: hours() == ["counted"])
