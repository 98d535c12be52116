"""Units and the keys of their software."""

import requests
from playwright.sync_api import expect

from tests.browser.desk.conftest import LIAISON


def opens(site: str, key: str) -> bool:
    answer = requests.get(f"{site}/api/events/activities", headers={"Authorization": f"Bearer {key}"}, timeout=10)
    return answer.status_code == 200


def test_a_key_is_made_shown_once_and_revoked(desk_of, site):
    page = desk_of(LIAISON)
    page.goto("/desk/units")
    page.get_by_role("link", name="体工二大队党支部").click()

    page.get_by_role("button", name="生成密钥").click()
    page.get_by_role("dialog").get_by_label("用途").fill("球场网站")
    page.get_by_role("dialog").get_by_role("button", name="生成密钥").click()
    expect(page.get_by_text("只显示这一次。")).to_be_visible()
    key = page.locator("[data-secret]").input_value()
    page.get_by_role("button", name="我已保存好").click()

    assert key.startswith("jc_test_")
    assert opens(site, key)
    expect(page.get_by_text(key)).to_have_count(0)

    row = page.get_by_role("row").filter(has_text="球场网站")
    row.get_by_role("button", name="作废").click()
    page.get_by_role("dialog").get_by_role("button", name="作废").click()
    expect(row).to_contain_text("已作废")
    assert not opens(site, key)


def test_a_key_is_replaced_and_the_old_one_ends_at_once_if_wanted(desk_of, site):
    page = desk_of(LIAISON)
    page.goto("/desk/units")
    page.get_by_role("link", name="体工二大队党支部").click()
    page.get_by_role("button", name="生成密钥").click()
    page.get_by_role("dialog").get_by_label("用途").fill("门厅屏幕")
    page.get_by_role("dialog").get_by_role("button", name="生成密钥").click()
    old = page.locator("[data-secret]").input_value()
    page.get_by_role("button", name="我已保存好").click()

    page.get_by_role("row").filter(has_text="门厅屏幕").filter(has_text="有效").get_by_role(
        "button", name="更换"
    ).click()
    page.get_by_role("dialog").get_by_label("旧密钥还能用多久").select_option(label="马上失效")
    page.get_by_role("dialog").get_by_role("button", name="更换").click()
    expect(page.get_by_text("只显示这一次。")).to_be_visible()
    new = page.locator("[data-secret]").input_value()

    assert old != new
    assert opens(site, new)
    assert not opens(site, old)


def test_a_unit_says_where_its_own_system_listens(desk_of):
    page = desk_of(LIAISON)
    page.goto("/desk/units")
    page.get_by_role("link", name="体工二大队党支部").click()

    page.get_by_label("网址").fill("不是网址")
    page.get_by_role("button", name="保存地址").click()
    expect(page.get_by_role("alert")).to_be_visible()

    page.get_by_label("网址").fill("http://127.0.0.1:9/hooks")
    page.get_by_role("button", name="保存地址").click()
    expect(page.get_by_text("签名密码", exact=True)).to_be_visible()
    assert page.locator("[data-secret]").input_value()
