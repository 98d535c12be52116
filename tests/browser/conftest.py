"""A real browser before the real product. Without Chromium these tests say why they are skipped; in CI they run."""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import sync_playwright

from tests.stack import SECRETARY, until

WHOLE = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: The same without windows, which takes half as much of the processor; it shows no notifications.
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
#: What moves costs the processor a fifth.
ALL: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
SCREENS: dict[str, dict[str, Any]] = {
    "phone": ALL | {"viewport": SIZES["phone"], "has_touch": True},
    "desk": ALL | {"viewport": SIZES["desk"]},
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items):
    if WHOLE or os.environ.get("CI"):
        return
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install Debian's package chromium"))


@pytest.fixture(scope="session")
def site(product):
    """Its address."""
    return product.url


@pytest.fixture(scope="session")
def playwright():
    assert WHOLE, "CI installs chromium"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    with playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def service_workers() -> str:
    """Most tests do without: each new context would fetch all of the app for when it is offline."""
    return "block"


@pytest.fixture
def screen(browser, site, who, service_workers):
    """Call it with a size for a page in a browser of its own, in Chinese; with a name: of somebody who is signed in."""
    contexts = []

    def screen(size: str, name: str | None = None, **more):
        context = browser.new_context(base_url=site, service_workers=service_workers, **SCREENS[size] | more)
        contexts.append(context)
        if name:
            context.add_cookies([{"name": c.name, "value": c.value, "url": site} for c in who(name).http.cookies])
        return context.new_page()

    yield screen
    for context in contexts:
        context.close()


@pytest.fixture
def phone_page(screen):
    """A small phone; nobody is signed in."""
    return screen("phone")


@pytest.fixture
def desk_page(screen):
    """A desk's screen; nobody is signed in."""
    return screen("desk")


@pytest.fixture
def sign_in(product):
    """Call it with a page and a number to sign in as a person does: ask for a code, read the SMS, type it."""

    def sign_in(page, phone: str) -> None:
        before = len(product.sent("sms", phone))
        page.goto("/sign-in")
        page.locator("input[type=tel]").fill(phone)
        page.locator("form button[type=submit]").click()
        message = until(lambda: product.sent("sms", phone)[before:])[-1]
        [code] = re.findall(r"\d{6}", str(message["content"]["TemplateParam"]))
        page.locator("input[autocomplete=one-time-code]").fill(code)
        page.locator("form button[type=submit]").click()
        page.wait_for_url(lambda url: "sign-in" not in url)

    return sign_in


@pytest.fixture
def over(who):
    """Call it with names for an activity that is over, at which these people were."""

    def over(*names: str) -> dict:
        desk, starts = who(SECRETARY), datetime.now(UTC) + timedelta(seconds=8)
        words = {"title": f"合唱排练 {uuid4().hex[:6]}", "unit": "U01", "kind": "culture", "place": "社区大讲堂"}
        times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
        plan = words | times | {"audience": {"everyone": True}, "submit": True}
        activity = desk.post("/events/activities", plan)
        path = f"/events/activities/{activity['id']}"
        if activity["state"] == "submitted":
            desk.post(f"{path}/publish", version=activity["version"])
        for name in names:
            desk.put(f"{path}/attendance/{who(name).get('/members/me')['id']}", {"id": str(uuid4())})
        until(lambda: datetime.now(UTC) > starts)
        desk.post(f"{path}/finish")
        return activity

    return over
