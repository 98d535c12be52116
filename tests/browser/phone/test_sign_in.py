"""A member comes in with a code, and stays in."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.phone.conftest import NEWCOMER
from tests.stack import until


def test_a_wrong_code_leaves_tries_and_the_right_one_lets_in_for_ninety_days(product, who, phone_page):
    number = product.number(NEWCOMER)
    before = len(product.sent("sms", number))
    phone_page.goto("/activities")
    expect(phone_page).to_have_url(re.compile("/sign-in.*next=/activities"))

    phone_page.get_by_label("手机号").fill(number)
    phone_page.get_by_role("button", name="获取验证码").click()
    message = until(lambda: product.sent("sms", number)[before:])[-1]
    code = re.findall(r"\d{6}", str(message["content"]["TemplateParam"]))[0]
    phone_page.get_by_label("六位验证码").fill(f"{(int(code) + 1) % 1_000_000:06}")
    phone_page.get_by_role("button", name="登录", exact=True).click()

    expect(phone_page.get_by_text("还可以试 4 次")).to_be_visible()
    expect(phone_page.get_by_role("button", name="秒后可以重新发送")).to_be_disabled()

    phone_page.get_by_label("六位验证码").fill(code)
    phone_page.get_by_role("button", name="登录", exact=True).click()

    expect(phone_page.get_by_role("heading", name="活动", exact=True)).to_be_visible()
    [sid] = [cookie for cookie in phone_page.context.cookies() if cookie["name"] == "sid"]
    assert sid["httpOnly"]
    assert sid["expires"] > (datetime.now(UTC) + timedelta(days=80)).timestamp()

    phone_page.goto("/me")
    phone_page.get_by_role("button", name="退出登录").click()

    expect(phone_page.get_by_label("手机号")).to_be_visible()
    phone_page.goto("/me")
    expect(phone_page).to_have_url(re.compile("/sign-in"))


def test_a_number_that_is_none_is_said_so_at_the_field(phone_page):
    phone_page.goto("/sign-in")
    phone_page.get_by_label("手机号").fill("123")

    phone_page.get_by_role("button", name="获取验证码").click()

    expect(phone_page.get_by_role("alert")).to_have_text("请填写 11 位手机号。")
