"""Every page of the desk: readable for everybody, on a wide screen and on a phone, in Chinese and in English."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES
from tests.browser.desk.conftest import CLERK
from tests.browser.everybody import faults

PAGES = [
    "/desk", "/desk/people", "/desk/people/new", "/desk/people/imports", "/desk/activities?state=published",
    "/desk/activities/new", "/desk/board", "/desk/board/roster", "/desk/board/squads", "/desk/board/checkpoints",
    "/desk/board/key-areas", "/desk/board/checklists", "/desk/board/checklists/new", "/desk/board/checks",
    "/desk/messages", "/desk/messages/undelivered", "/desk/messages/rules", "/desk/messages/templates",
    "/desk/messages/trace", "/desk/units", "/desk/cases", "/desk/cases/new", "/desk/cases/rules",
    "/desk/responses", "/desk/responses/new", "/desk/weather",
    "/desk/board/pictures", "/desk/board/visits", "/desk/board/cases",
]  # fmt: skip

#: Latin letters that stand in Chinese pages by right.
LATIN = re.compile(r"English|xlsx|[0-9a-f]{6,}")


def settled(page, path: str):
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[role=status] .skeleton")).to_have_count(0)
    expect(page.get_by_role("button", name="重试")).to_have_count(0)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(desk_of, path):
    page = settled(desk_of(CLERK), path)

    words = " ".join(page.locator("h1, h2, th, button, label").all_inner_texts())
    assert re.findall(r"[A-Za-z]{2,}", LATIN.sub("", words)) == []
    assert faults(page) == []
    for size in (SIZES["phone"], SIZES["desk"]):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than {size}"
    page.evaluate("localStorage.setItem('language', 'en')")
    settled(page, path)
    assert not re.search(
        r"[\u4e00-\u9fff]", " ".join(page.locator("main h1, main th:not([scope=row]), main button").all_inner_texts())
    )


def test_the_desk_is_walked_with_the_keyboard(desk_of):
    page = settled(desk_of(CLERK), "/desk")
    menu = page.get_by_role("navigation", name="主要栏目")

    menu.get_by_role("link", name="单位与密钥").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="单位与密钥")).to_be_focused()
    expect(page.get_by_role("table")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_nothing_waits_is_said_calmly_and_a_silent_service_is_named(desk_of):
    page = desk_of(CLERK)
    page.route("**/api/notify/dead-letters*", lambda route: route.fulfill(status=503, json={"title": "Unavailable"}))

    page.goto("/desk")

    expect(page.get_by_text("暂时看不到：没送到的消息")).to_be_visible()
