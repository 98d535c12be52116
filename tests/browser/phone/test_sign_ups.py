"""Signing up with rules, a seat that is held, and being there: at the door without a network, and by code."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, NEIGHBOUR, SECRETARY, WALKER
from tests.stack import until

RULES = {
    "party_most": 3,
    "guardian_under": 14,
    "questions": [{"id": "size", "text": "衣服尺码", "kind": "choice", "choices": ["M", "L"], "required": True}],
}


@pytest.fixture
def held(who):
    """Call it for an activity that is published, with its rules of signing up."""

    def held(starts: timedelta, capacity: int | None = None, **sign_up) -> dict:
        at = datetime.now(UTC) + starts
        words = {"title": f"亲子运动会 {uuid4().hex[:6]}", "unit": "U01", "kind": "sport", "place": "体工二大队操场"}
        times = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
        plan = words | times | {"capacity": capacity, "audience": {"everyone": True}, "submit": True}
        posted = who(SECRETARY).post("/events/activities", plan | {"sign_up": sign_up})
        if posted["state"] == "published":
            return posted
        return who(SECRETARY).post(f"/events/activities/{posted['id']}/publish", version=posted["version"])

    return held


def test_the_sheet_asks_what_the_unit_wants_to_know_and_says_what_is_missing(who, phone_of, held):
    activity, page = held(timedelta(days=3), **RULES), phone_of(WALKER)
    page.goto(f"/activities/{activity['id']}")
    page.get_by_role("button", name="我要报名").click()

    page.get_by_label("出生年份").fill(str(datetime.now(UTC).year - 9))
    page.get_by_role("button", name="我要报名").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()
    page.get_by_label("监护人姓名").fill("妈妈")
    page.get_by_label("监护人电话").fill("10000000001")
    page.get_by_label("监护人出生年份").fill("1985")
    page.get_by_label("衣服尺码").select_option("M")
    page.get_by_role("button", name="加一位同伴").click()
    page.get_by_label("第 1 位同伴的姓名").fill("弟弟")
    page.get_by_role("button", name="我要报名").click()

    expect(page.get_by_text("您已报名")).to_be_visible()
    expect(page.get_by_text("一共 2 人")).to_be_visible()


def test_a_seat_that_is_held_is_taken_by_the_one_button(who, phone_of, held):
    activity = held(timedelta(days=4), capacity=1)
    path = f"/events/activities/{activity['id']}/sign-up"
    who(WALKER).put(path)
    page = phone_of(NEIGHBOUR)
    page.goto(f"/activities/{activity['id']}")
    page.get_by_role("button", name="排候补").click()
    expect(page.get_by_text("您排在候补第 1 位")).to_be_visible()
    expect(page.get_by_text("1 个名额都满了")).to_be_visible()

    who(WALKER).ask("DELETE", path)
    page.reload()
    expect(page.get_by_text("有一个名额给您留到")).to_be_visible()
    page.get_by_role("button", name="我要这个名额").click()

    expect(page.get_by_text("您已报名")).to_be_visible()


def test_the_leader_ticks_people_without_a_network_and_shows_the_code(who, phone_of, held):
    activity = held(timedelta(hours=1), parts=[{"code": "leader", "most": 1}])
    path = f"/events/activities/{activity['id']}"
    who(SECRETARY).put(f"{path}/sign-ups/{who(WALKER).get('/members/me')['id']}", {"part": "leader"})
    who(MATE).put(f"{path}/sign-up")
    leader, other = phone_of(WALKER), phone_of(NEIGHBOUR)
    leader.goto(f"/activities/{activity['id']}")
    leader.get_by_role("link", name="点名").click()
    row = leader.get_by_role("checkbox", name=MATE)
    expect(row).to_be_visible()

    leader.context.set_offline(True)
    row.click()
    expect(row).to_be_checked()
    expect(leader.get_by_text("已存手机")).to_be_visible()
    leader.context.set_offline(False)

    there = lambda: [r["attended"] for r in who(SECRETARY).get(f"{path}/attendance")["items"] if r["attended"]]  # noqa: E731
    assert until(there)[0]["source"] == "door"
    leader.get_by_role("link", name="出示签到码").click()
    code = leader.locator("[data-code]").inner_text().replace(" ", "")
    other.goto(f"/activities/{activity['id']}/attend")
    other.get_by_label("六位数字").fill(code)
    other.get_by_role("button", name="签到", exact=True).click()
    assert until(lambda: {one["source"] for one in there()} == {"door", "scan"})
