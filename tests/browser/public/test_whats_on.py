"""What is on, read by somebody who never signed in; and from there to a seat."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.public.conftest import NEIGHBOUR
from tests.stack import until

SIZES = [(360, 740), (1440, 900)]
TOO_SMALL = """
    [...document.querySelectorAll('a, button, summary')]
        .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.height < 48 || box.width < 48)).map(([words]) => words)
"""


@pytest.fixture
def service_workers() -> str:
    return "allow"


@pytest.fixture
def complaints(phone_page):
    """What the browser would not do, or could not find."""
    said = []
    phone_page.on("console", lambda message: said.append(message.text))
    phone_page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_from_a_chat_to_a_seat(product, phone_page, held, complaints):
    activity, phone = held(capacity=20), product.number(NEIGHBOUR)

    phone_page.goto(f"/come/{activity['id']}")
    expect(phone_page.get_by_role("heading", level=1)).to_have_text(activity["title"])
    expect(phone_page.get_by_text("还有 20 个")).to_be_visible()
    assert not complaints
    phone_page.get_by_role("link", name="我要报名").click()
    _sign_in(product, phone_page, phone)

    expect(phone_page).to_have_url(re.compile(f"/activities/{activity['id']}$"), timeout=30_000)
    expect(phone_page.get_by_role("heading", level=1)).to_have_text(activity["title"], timeout=30_000)
    phone_page.get_by_role("button", name="报名").first.click()
    expect(phone_page.locator("[data-mine]")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tonight_and_the_week_fit_each_screen_and_each_finger(phone_page, held, complaints, width, height):
    activity = held()
    phone_page.set_viewport_size({"width": width, "height": height})

    for address in ("/tonight", "/week", f"/come/{activity['id']}", "/come/nothing", "/tonight?lang=en"):
        phone_page.goto(address)
        assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert phone_page.evaluate(TOO_SMALL) == [], address
    assert not [words for words in complaints if "404" not in words]


def test_one_finds_an_activity_by_its_kind_and_reads_more(phone_page, held):
    chess, lecture = held(), held(title="消防讲座", kind="lecture")

    phone_page.goto("/week")
    phone_page.get_by_role("navigation", name="看哪一类").get_by_role("link", name="文化").click()
    expect(phone_page.get_by_text(chess["title"])).to_be_visible()
    expect(phone_page.get_by_text(lecture["title"])).to_have_count(0)
    phone_page.get_by_text(chess["title"]).click()
    expect(phone_page.get_by_text("凉亭")).to_be_visible()
    phone_page.get_by_role("link", name="English").click()
    expect(phone_page.get_by_role("link", name="Sign up")).to_be_visible()


def test_a_phone_that_keeps_the_pages_still_asks_for_these(phone_page):
    phone_page.goto("/sign-in")
    phone_page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone_page.reload()

    phone_page.get_by_role("link", name=re.compile("今天有什么")).click()

    expect(phone_page.get_by_role("heading", level=1)).to_contain_text("今天和今晚")


def _sign_in(product, page, phone: str) -> None:
    before = len(product.sent("sms", phone))
    page.locator("input[type=tel]").fill(phone)
    page.locator("form button[type=submit]").click()
    message = until(lambda: product.sent("sms", phone)[before:])[-1]
    [code] = re.findall(r"\d{6}", str(message["content"]["TemplateParam"]))
    page.locator("input[autocomplete=one-time-code]").fill(code)
    page.locator("form button[type=submit]").click()
