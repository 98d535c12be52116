"""Borrowing on the phone: what is free, when there are enough; and handing out from the steward's phone."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, NEIGHBOUR, SECRETARY, WALKER

HERE = ZoneInfo("Asia/Shanghai")
expect.set_options(timeout=20_000)


def moment(ahead: int, clock: str) -> str:
    """A moment some days from now, as the phone's field has it."""
    return f"{datetime.now(HERE) + timedelta(days=ahead):%Y-%m-%d}T{clock}"


@pytest.fixture
def lent(who):
    """Call it for six shovels of the community."""

    def lent(**more) -> dict:
        facts = {"unit": "U01", "kind": "tools", "count": 6, "kept_at": "社区门厅", "rules": "用完擦干。"}
        name = f"雪铲{uuid4().hex[:6]}"
        return who(SECRETARY).post("/events/equipment", facts | {"name": name} | more)

    return lent


@pytest.fixture
def wish(who):
    """Call it to let somebody want some of it."""

    def wish(by: str, thing: dict, count: int, begin: str, end: str) -> dict:
        times = {"starts_at": f"{begin}:00+08:00", "ends_at": f"{end}:00+08:00"}
        return who(by).post("/events/loans", {"equipment_id": thing["id"], "count": count, "purpose": "清雪", **times})

    return wish


def test_what_is_not_free_is_one_tap_from_when_it_is(phone_of, lent, wish):
    page, shovels = phone_of(WALKER), lent()
    wish(MATE, shovels, 4, moment(2, "08:00"), moment(2, "18:00"))
    page.goto("/me")
    page.get_by_role("link", name="借器材").click()
    page.get_by_role("button", name="工具").click()
    page.get_by_role("link", name=shovels["name"]).click()
    expect(page.get_by_text("用完擦干。")).to_be_visible()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()

    page.get_by_label("几件").fill("3")
    page.get_by_label("什么时候取").fill(moment(2, "09:00"))
    page.get_by_label("什么时候还").fill(moment(2, "17:00"))
    page.get_by_label("做什么用").fill("楼前清雪")
    expect(page.locator("[data-free]")).to_have_text("这段时间有 2 件空着。")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("alert")).to_contain_text("只剩 2 件")
    page.locator("[data-next]").click()
    expect(page.get_by_label("什么时候取")).to_have_value(moment(2, "18:00"))
    page.get_by_role("button", name="提交申请").click()

    expect(page.get_by_role("heading", name=f"{shovels['name']} 3 件")).to_be_visible()
    expect(page.get_by_text("等待同意")).to_be_visible()
    page.get_by_role("button", name="不借了").click()
    expect(page.get_by_text("您已经说不借了。")).to_be_visible()


def test_what_needs_no_approval_stands_among_ones_loans_until_it_is_fetched(phone_of, lent):
    page, shovels = phone_of(NEIGHBOUR), lent(needs_approval=False)
    page.goto(f"/equipment/{shovels['id']}")
    page.get_by_label("做什么用").fill("楼前清雪")
    page.get_by_role("button", name="借用", exact=True).click()

    expect(page.get_by_text("可以来取", exact=True)).to_be_visible()
    page.goto("/loans")
    expect(page.locator("[data-part=mine]")).to_contain_text(f"{shovels['name']} 1 件")


def test_a_steward_hands_out_and_takes_back_a_part_on_their_phone(phone_of, lent, wish, who):
    steward = who(WALKER).get("/members/me")["id"]
    shovels = lent(needs_approval=False, steward_id=steward)
    loan = wish(MATE, shovels, 4, moment(0, datetime.now(HERE).strftime("%H:%M")), moment(1, "18:00"))
    page = phone_of(WALKER)
    page.goto("/loans")
    page.locator("[data-part=to_hand_out]").get_by_role("link", name=shovels["name"]).click()

    page.get_by_role("button", name="交给借用人").click()
    box = page.get_by_role("dialog")
    box.get_by_label("有磨损").check()
    box.get_by_role("button", name="交给借用人").click()
    expect(page.get_by_text("借出中")).to_be_visible()
    page.get_by_role("button", name="收回").click()
    box.get_by_label("还回几件").fill("9")
    box.get_by_role("button", name="收回").click()
    expect(box.get_by_role("alert")).to_contain_text("不能大于 4。")
    box.get_by_label("还回几件").fill("3")
    expect(box.get_by_text("其余 1 件继续借着。")).to_be_visible()
    box.get_by_role("button", name="收回").click()

    expect(page.get_by_role("heading", name=f"{shovels['name']} 1 件")).to_be_visible()
    assert who(MATE).get(f"/events/loans/{loan['id']}")["back"] == 3
