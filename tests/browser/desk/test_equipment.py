"""Equipment at the desk: registered by its unit, a wish decided, handed out with a slip, missing ones counted."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON, VOLUNTEER


@pytest.fixture
def lent(who):
    """Six score boards of U02."""
    facts = {"name": f"记分牌{uuid4().hex[:6]}", "kind": "other", "count": 6, "kept_at": "体工二大队器材室"}
    return who(LIAISON).post("/events/equipment", facts)


@pytest.fixture
def asked(who, lent):
    """What a volunteer would like to have of them, from now on."""
    now = datetime.now(UTC)
    times = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
    wish = {"equipment_id": lent["id"], "count": 4, "purpose": "邻里运动会", **times}
    return who(VOLUNTEER).post("/events/loans", wish)


def test_a_unit_writes_down_what_it_lends(desk_of):
    page, name = desk_of(LIAISON), f"跳绳{uuid4().hex[:6]}"
    page.goto("/desk/venues")
    page.get_by_role("navigation", name="场地").get_by_role("link", name="器材", exact=True).click()
    page.get_by_role("link", name="登记器材").click()
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert").first).to_have_text("请填写这一项。")
    page.get_by_label("在哪里取").fill("体工二大队器材室")
    page.get_by_label("一共几件").fill("20")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("20 / 20 件")


def test_a_wish_is_approved_handed_out_and_comes_back_short_until_a_clerk_has_counted(desk_of, lent, asked, who):
    page = desk_of(CLERK)
    page.goto("/desk/equipment/loans")
    page.get_by_role("link", name=lent["name"]).click()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("可以来取")).to_be_visible()
    slip = page.get_by_role("link", name="打印借用单").get_attribute("href")
    assert slip == f"/api/events/loans/{asked['id']}/slip"
    page.get_by_role("button", name="交给借用人").click()
    page.get_by_role("dialog").get_by_role("button", name="交给借用人").click()
    expect(page.get_by_text("借出中")).to_be_visible()

    page.get_by_role("button", name="收回").click()
    box = page.get_by_role("dialog")
    box.get_by_label("还回几件").fill("3")
    box.get_by_label("少了几件").fill("1")
    box.get_by_label("有损坏").check()
    box.get_by_role("button", name="收回").click()
    expect(page.get_by_text("已归还")).to_be_visible()

    page.goto("/desk/equipment")
    row = page.get_by_role("row").filter(has_text=lent["name"])
    expect(row).to_contain_text("5 / 5 件")
    row.get_by_role("button", name="清点").click()
    page.get_by_label("一共几件").fill("6")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(row).to_contain_text("6 / 6 件")


def test_who_is_refused_reads_why(desk_of, asked, who):
    page = desk_of(LIAISON)
    page.goto(f"/desk/equipment/loans/{asked['id']}")
    page.get_by_role("button", name="不同意").click()
    page.get_by_role("dialog").get_by_label("原因").fill("那天我们自己比赛")
    page.get_by_role("dialog").get_by_role("button", name="不同意").click()

    expect(page.get_by_text("没有同意")).to_be_visible()
    assert who(VOLUNTEER).get(f"/events/loans/{asked['id']}")["reason"] == "那天我们自己比赛"
