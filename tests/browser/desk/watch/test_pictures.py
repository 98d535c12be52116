"""Pictures: each number leads to what it counts, and all of it fits on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK
from tests.stack import until


@pytest.fixture
def pictures(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board")
    page.get_by_role("link", name="图表").click()
    return page


def test_a_number_leads_to_the_cases_that_it_counts(pictures):
    lamps = pictures.locator("[data-kind=lamp]")
    expect(lamps).to_contain_text("一半在")
    number = lamps.get_by_role("link").nth(1)
    fixed = int(number.inner_text())

    number.click()

    expect(pictures.get_by_text("路灯不亮 · 修好的")).to_be_visible()
    expect(pictures.get_by_role("row")).to_have_count(fixed + 1)
    pictures.get_by_role("cell").get_by_role("link").first.click()
    expect(pictures.get_by_role("heading", name="路灯不亮")).to_be_visible()


def test_drills_lead_to_their_figures(pictures):
    drills = pictures.locator("[data-picture=drills]")
    expect(drills).to_contain_text("次演练")

    drills.get_by_role("link", name="晨光小学").click()

    expect(pictures.get_by_role("heading", name="演练数字：晨光小学")).to_be_visible()


def test_the_time_is_chosen_and_kept_in_the_address(pictures):
    pictures.get_by_label("时间", exact=True).select_option("52")

    expect(pictures).to_have_url("/desk/board/pictures?weeks=52")
    expect(pictures.locator("[data-kind=all]")).to_contain_text("合计")


def test_on_paper_nothing_is_cut_off(pictures):
    expect(pictures.locator("[data-kind=all]")).to_be_visible()

    pictures.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    pictures.emulate_media(media="print")

    until(lambda: pictures.evaluate("document.documentElement.scrollWidth <= 718"))
    whole = "[...document.querySelectorAll('[role=region]')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    until(lambda: pictures.evaluate(whole))
