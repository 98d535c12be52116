"""What the phone shows while no page is open."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, WHOLE
from tests.browser.phone.conftest import WALKER

NOTIFICATIONS = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({ title, body, tag, actions, requireInteraction }) => ({ title, body, tag, requireInteraction,
        actions: actions.map(action => action.title) }))"""


@pytest.fixture(scope="module")
def browser(playwright):
    """The whole of it: only that shows notifications."""
    with playwright.chromium.launch(executable_path=WHOLE, args=ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def service_workers() -> str:
    return "allow"


def test_a_message_is_shown_and_the_newer_one_of_a_thread_takes_its_place(phone_page, site):
    phone_page.context.grant_permissions(["notifications"], origin=site)
    phone_page.goto("/sign-in")
    phone_page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    push = _pusher(phone_page, site)

    push(title="紧急求助", body="请马上联系", tag="call-1", urgency="critical", actions=ANSWERS)
    push(title="求助已解除", body="大家放心", tag="call-1", urgency="duty")
    push(title="您有一个班", body="今晚", tag="shift-1", urgency="critical", actions=ANSWERS)

    shown = phone_page.evaluate(NOTIFICATIONS)
    assert {notice["tag"]: notice["title"] for notice in shown} == {"call-1": "求助已解除", "shift-1": "您有一个班"}
    [urgent] = [notice for notice in shown if notice["tag"] == "shift-1"]
    assert urgent["requireInteraction"]
    assert urgent["actions"] == ["我来处理", "我去不了"]


def test_without_a_subscription_nothing_says_that_push_is_on(phone_of):
    page = phone_of(WALKER)
    page.goto("/me/messages")

    expect(page.get_by_role("heading", name="手机推送")).to_be_visible()
    expect(page.get_by_text("这部手机已打开推送")).to_have_count(0)


ANSWERS = [
    {"label": label, "url": f"/a/token?answer={answer}"}
    for answer, label in {"ack": "我来处理", "decline": "我去不了", "call_me": "请给我打电话"}.items()
]


def _pusher(page, site):
    """Call it with the facts of a message to deliver it as the push service would."""
    devtools = page.context.new_cdp_session(page)
    registrations = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda news: registrations.extend(news["registrations"]))
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(200)

    def push(**facts) -> None:
        message = {"origin": site, "registrationId": registrations[-1]["registrationId"], "data": json.dumps(facts)}
        devtools.send("ServiceWorker.deliverPushMessage", message)
        page.wait_for_timeout(300)

    return push
