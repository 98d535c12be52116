"""The planner at the desk: a plan is asked for, looked at, put right by hand, published; papers and templates."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK


def monday_in(weeks: int) -> str:
    today = datetime.now(UTC).date()
    return (today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)).isoformat()


def test_a_plan_says_why_is_put_right_by_hand_and_published(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board/plans")
    page.get_by_label("从哪天起").fill(monday_in(20))
    page.get_by_label("排几周").select_option("1")
    page.get_by_role("button", name="开始排班").click()

    expect(page.get_by_text("排好了", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator("[data-summary]")).to_contain_text(re.compile(r"\d+ 个班排好 \d+ 个"))
    page.locator("[data-slot]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("近八周")
    dialog.get_by_role("button", name="就这样定").click()
    expect(page.get_by_text("已定下，再排也不会变。")).to_be_visible()
    expect(page.locator("[data-slot]").first).to_contain_text("人工")

    page.get_by_role("button", name="再排一次").click()
    expect(page.get_by_text("排好了", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator("[data-slot]").first).to_contain_text("人工")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(dialog).to_contain_text("各收到一条通知")
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()


def test_a_plan_that_cannot_be_filled_shows_what_is_missing_and_what_would_help(desk_of, who):
    """Two years ahead nobody's papers last."""
    page = desk_of(CLERK)
    page.goto("/desk/board/plans")
    page.get_by_label("从哪天起").fill(monday_in(104))
    page.get_by_label("排几周").select_option("1")
    page.get_by_role("button", name="开始排班").click()

    expect(page.get_by_text("个班还缺人")).to_be_visible(timeout=60_000)
    page.get_by_label("只看缺人的").check()
    page.locator("[data-slot]").first.click()
    gaps = page.get_by_role("dialog").locator("[data-gaps]")
    expect(gaps).to_contain_text("还缺 2 人")
    expect(gaps).to_contain_text("人培训到期")
    page.get_by_role("dialog").get_by_role("checkbox").first.check()
    page.get_by_role("dialog").get_by_role("button", name="就这样定").click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_contain_text("没有有效的培训")


def test_papers_are_noted_and_the_list_of_those_that_are_due_grows_shorter(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board/volunteers")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    many = rows.count()
    name = rows.nth(1).get_by_role("button").get_attribute("aria-label").removeprefix("登记 ")
    rows.nth(1).get_by_role("button").click()
    later = (datetime.now(UTC).date() + timedelta(days=500)).isoformat()
    page.get_by_role("dialog").get_by_label("培训有效到").fill(later)
    page.get_by_role("dialog").get_by_label("保险有效到").fill(later)
    page.get_by_role("dialog").get_by_role("button", name="保存").click()

    expect(page.get_by_text("已登记。")).to_be_visible()
    expect(rows.filter(has_text=name)).to_have_count(0)
    expect(rows).to_have_count(many - 1)


def test_a_template_that_cannot_be_meant_says_so_at_its_field(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board/patterns")
    page.get_by_role("button", name="修改").first.click()
    dialog = page.get_by_role("dialog")
    before = dialog.get_by_label("最多几人").input_value()
    dialog.get_by_label("最多几人").fill("1")
    dialog.get_by_role("button", name="保存").click()

    expect(dialog.get_by_role("alert").first).to_be_visible()
    dialog.get_by_label("最多几人").fill(before)
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_text("模板已保存")).to_be_visible()
