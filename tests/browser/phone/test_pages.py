"""Every page of the phone: readable for everybody, in one language, on the narrowest screen, also without a server."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.everybody import faults
from tests.browser.phone.conftest import WALKER

OPEN = ["/sign-in", "/suggestions", "/tell", "/case", "/a/not-a-token", "/no-such-page"]
SIGNED_IN = [
    "/",
    "/patrol",
    "/patrol/join",
    "/report",
    "/activities",
    "/inbox",
    "/me",
    "/me/messages",
    "/me/devices",
    "/me/calendar",
    "/me/reports",
]

#: Latin letters that stand in Chinese pages by right: the other language's name, devices, mailboxes.
LATIN = re.compile(
    r"English|Android|iPhone|Windows|Linux|Mac|Chrome|Safari|Edge|Firefox|\S+@\S+|tests|requests\S*|[0-9a-f]{6,}"
    r"|(?<![0-9A-Za-z])(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{4,}(?![0-9A-Za-z])"  # what makes a title of a test its own
)

#: Where one can tap is at least 48 pixels high and wide.
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary')]
    .filter(one => one.offsetParent && !one.closest('.sr-only'))
    .map(one => ({ box: (one.closest('label') ?? one).getBoundingClientRect(), text: one.textContent.trim() }))
    .filter(({ box }) => box.width < 47 || box.height < 47).map(({ text }) => text)"""


def settled(page, path: str):
    page.goto(path)
    page.wait_for_load_state("load")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[role=status] .skeleton")).to_have_count(0)
    return page


def check(page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert page.evaluate(TOO_SMALL) == []
    words = LATIN.sub("", page.locator("body").inner_text())
    assert re.findall(r"[A-Za-z]{2,}", words) == []


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_is_for_everybody(phone_page, path):
    page = settled(phone_page, path)

    check(page)
    assert faults(page) == []


@pytest.mark.parametrize("path", SIGNED_IN)
def test_a_page_is_for_everybody_on_the_narrowest_phone(phone_of, path):
    page = settled(phone_of(WALKER, width=320), path)

    check(page)
    assert faults(page) == []


def test_large_text_still_fits(phone_of):
    page = phone_of(WALKER, width=320)
    page.add_init_script("localStorage.setItem('text', 'large')")

    for path in SIGNED_IN:
        assert settled(page, path).evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_language_is_kept(phone_page):
    settled(phone_page, "/sign-in").get_by_role("button", name="English").click()
    expect(phone_page.get_by_role("heading", name="Sign in")).to_be_visible()

    phone_page.reload()

    expect(phone_page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert not re.search(r"[一-鿿]", phone_page.locator("main").inner_text())


def test_no_page_speaks_to_another_host(phone_of, site):
    page = phone_of(WALKER)
    asked = set()
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))

    for path in SIGNED_IN:
        settled(page, path)

    assert {address for address in asked if address.startswith(("http", "ws"))} == {site}
