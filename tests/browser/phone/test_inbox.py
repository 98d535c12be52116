"""Messages come by themselves, say why, and are answered with one tap, signed in or not."""

from datetime import UTC, datetime
from json import loads
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, WALKER
from tests.stack import until


@pytest.fixture
def call_for_help(who, shift):
    """Call it and the walker calls for help; it is stood down afterwards."""
    calls = []

    def call_for_help() -> str:
        calls.append(str(uuid4()))
        facts = {"at": datetime.now(UTC).isoformat(), "shift_id": shift["id"]}
        who(WALKER).put(f"/patrol/sos/{calls[-1]}", facts)
        return calls[-1]

    yield call_for_help
    for sos_id in calls:
        who(WALKER).post(f"/patrol/sos/{sos_id}/stand-down", {"note": "平安"})


def acknowledged(who, sos_id: str) -> bool:
    return any(s["id"] == sos_id and s["acknowledged_at"] for s in who(WALKER).get("/patrol/sos", open=1)["items"])


def test_a_call_for_help_appears_on_the_open_page_and_is_answered(who, phone_of, call_for_help):
    page = phone_of(MATE)
    page.goto("/inbox")
    expect(page.get_by_label("只看未读")).to_be_visible()
    calls = page.get_by_role("link", name="紧急求助")
    before = len([m for m in who(MATE).get("/notify/inbox")["items"] if "紧急求助" in m["title"]])

    sos_id = call_for_help()
    expect(calls).to_have_count(before + 1, timeout=30_000)
    calls.first.click()
    expect(page.get_by_text(WALKER).first).to_be_visible()
    page.get_by_text("为什么我会收到").click()
    expect(page.get_by_text("有人求助").first).to_be_visible()
    page.get_by_role("button", name="我来处理").click()

    expect(page.get_by_text("已回复：我来处理")).to_be_visible()
    until(lambda: acknowledged(who, sos_id))


def test_the_link_in_a_text_message_answers_without_signing_in(product, site, who, phone_page, call_for_help):
    number = product.number(MATE)
    before = len(product.sent("sms", number))
    sos_id = call_for_help()
    asking = until(lambda: [link for link in map(token, product.sent("sms", number)[before:]) if link])[-1]

    phone_page.goto(f"/a/{asking}?answer=ack")
    expect(phone_page.get_by_text(WALKER)).to_have_count(0)
    phone_page.get_by_role("button", name="确认回复：我来处理").click()

    expect(phone_page.get_by_text("已回复：我来处理")).to_be_visible()
    until(lambda: acknowledged(who, sos_id))


def test_a_link_that_nobody_made_is_met_with_a_kind_word(phone_page):
    phone_page.goto("/a/not-a-token")

    expect(phone_page.get_by_text("这个链接已过期")).to_be_visible()


def token(message: dict) -> str | None:
    """Of the link in a text message; an all-clear asks nothing, and has none."""
    parameters = message["content"]["TemplateParam"]
    return (loads(parameters) if isinstance(parameters, str) else parameters).get("link")
