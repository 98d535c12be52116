"""Neighbours help on the phone: say what one needs, take on a part of what others need, support as a household."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import NEIGHBOUR, SECRETARY, WALKER


@pytest.fixture
def needed(who):
    """Call it for a need of U02 that stands on the list."""

    def needed(amount: int = 5) -> dict:
        words = {"kind": "goods", "what": "tools", "title": f"铁锹 {uuid4().hex[:6]}", "amount": amount, "unit": "U02"}
        made = who(SECRETARY).post("/events/needs", words)
        return who(SECRETARY).post(f"/events/needs/{made['id']}/publish", version=made["version"])

    return needed


def test_what_i_need_is_said_in_three_steps_and_waits_for_the_desk(phone_of):
    page = phone_of(NEIGHBOUR)
    page.goto("/lists")

    page.get_by_role("link", name="我需要").click()
    page.get_by_role("button", name="物品").click()
    page.get_by_role("button", name="工具").click()
    page.get_by_role("button", name="多一个").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("标题").fill("")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写这一项")).to_be_visible()
    page.get_by_label("标题").fill("借两把铁锹")
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_role("heading", name="借两把铁锹")).to_be_visible()
    expect(page.get_by_text("等社区查看")).to_be_visible()
    expect(page.get_by_text("2 件")).to_be_visible()


def test_a_part_is_taken_on_and_too_much_is_told(who, phone_of, needed):
    tools, page = needed(5), phone_of(WALKER)
    page.goto(f"/needs/{tools['id']}")
    page.get_by_role("button", name="我来认领").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("认领多少")).to_have_value("5")
    who(NEIGHBOUR).post(f"/events/needs/{tools['id']}/claims", {"amount": 2, "for_me": True})

    dialog.get_by_role("button", name="全部认领").click()
    expect(dialog.get_by_text("只剩 3 了")).to_be_visible()
    dialog.get_by_role("button", name="全部认领").or_(dialog.get_by_role("button", name="认领这一部分")).click()

    expect(page.get_by_text("您的认领")).to_be_visible()
    assert who(WALKER).get(f"/events/needs/{tools['id']}")["left"] == 0


def test_a_household_supports_a_need(who, phone_of, needed):
    tools, page = needed(), phone_of(NEIGHBOUR)
    page.goto(f"/needs/{tools['id']}")

    page.get_by_role("button", name="我家也支持").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("楼栋单元").select_option(index=1)
    dialog.get_by_label("门牌号").fill("501")
    dialog.get_by_role("button", name="支持", exact=True).click()

    expect(page.get_by_text("您家已支持")).to_be_visible()
    expect(page.get_by_text("1 户支持")).to_be_visible()
