"""Somebody asks to be forgotten, and the secretary sees to it."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, SECRETARY


@pytest.fixture
def leaving(who):
    """A member who asked for it."""
    facts = {"name": f"欧阳{uuid4().hex[:6]}", "category": "retired", "unit": "U01"}
    return who(CLERK).put(f"/members/people/{uuid4()}", facts)


def test_whoever_asked_is_deleted_after_the_name_was_typed_and_what_goes_was_said(desk_of, leaving, who):
    page = desk_of(SECRETARY)
    page.goto(f"/desk/people/{leaving['id']}")
    page.get_by_role("button", name="永久删除").click()
    dialog = page.get_by_role("dialog", name=f"永久删除：{leaving['name']}")
    expect(dialog.get_by_text("姓名、编号、手机号、邮箱、住址")).to_be_visible()
    expect(dialog.get_by_text("报名、打卡、值班的人次，不再带姓名")).to_be_visible()

    dialog.get_by_label("请输入姓名确认").fill("别人")
    dialog.get_by_role("button", name="永久删除").click()
    expect(dialog.get_by_text("和这位同志的姓名不一样。")).to_be_visible()
    assert who(CLERK).get(f"/members/people/{leaving['id']}")["name"] == leaving["name"]

    dialog.get_by_label("请输入姓名确认").fill(leaving["name"])
    dialog.get_by_role("button", name="永久删除").click()
    expect(page.get_by_text("已删除。")).to_be_visible()
    page.goto(f"/desk/people?q={leaving['name']}")
    expect(page.get_by_text("没有找到这样的人")).to_be_visible()


def test_a_clerk_is_not_offered_to_delete_anybody(desk_of, leaving):
    page = desk_of(CLERK)
    page.goto(f"/desk/people/{leaving['id']}")

    expect(page.get_by_role("button", name="调动")).to_be_visible()
    expect(page.get_by_role("button", name="永久删除")).to_have_count(0)
