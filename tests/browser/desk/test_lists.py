"""The three lists at the desk: a wish is looked through before others read it, a need gets its answer."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON, SECRETARY, VOLUNTEER
from tests.stack import until


@pytest.fixture
def told(who):
    """A wish that somebody told on the phone, and whose words tell who it is."""
    title = f"一台收音机 {uuid4().hex[:4].upper()}"
    words = {"title": title, "text": "送到3号楼贾宝玉家。", "what": "appliances"}
    return who(VOLUNTEER).post("/events/wishes", words | {"whose": {"name": "贾宝玉"}, "consent": True})


def test_a_wish_that_tells_who_it_is_is_marked_reworded_and_published(desk_of, told):
    page = desk_of()
    page.goto("/desk/needs")
    page.get_by_role("link", name=told["title"]).click()
    expect(page.locator("mark").first).to_contain_text("3号楼")

    page.get_by_role("button", name="放上清单").click()
    expect(page.get_by_text("文字里可能看得出是谁").first).to_be_visible()
    page.get_by_role("link", name="改写").click()
    expect(page.get_by_label("补充说明")).to_have_value("送到3号楼贾宝玉家。")
    page.get_by_label("补充说明").fill("想听听戏。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有发现个人信息")).to_be_visible()
    page.get_by_role("button", name="放上清单").click()

    expect(page.get_by_text("找人帮忙").first).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_a_match_says_why(who, desk_of):
    need = {"kind": "goods", "what": "tools", "title": f"梯子 {uuid4().hex[:6]}", "unit": "U01"}
    offer = need | {"title": f"折叠梯 {uuid4().hex[:6]}", "unit": None}
    for path, words, writer in (("offers", offer, LIAISON), ("needs", need, CLERK)):
        made = who(writer).post(f"/events/{path}", words)
        published = who(writer).post(f"/events/{path}/{made['id']}/publish", version=made["version"])
    page = desk_of()

    until(lambda: who(CLERK).get(f"/events/needs/{published['id']}/matches")["items"])
    page.goto(f"/desk/needs/{published['id']}")

    expect(page.get_by_text("正好是工具").first).to_be_visible()
    expect(page.get_by_text("同一个社区").first).to_be_visible()


def test_a_need_that_households_support_gets_an_answer_with_its_reason(who, desk_of):
    words = {"kind": "other", "title": f"楼道灯 {uuid4().hex[:6]}", "unit": "U01"}
    made = who(SECRETARY).post("/events/needs", words)
    who(SECRETARY).post(f"/events/needs/{made['id']}/publish", version=made["version"])
    who(VOLUNTEER).put(f"/events/needs/{made['id']}/support", {"entrance": "C1-B1-E1", "room": "501"})
    page = desk_of()
    page.goto("/desk/needs/answers")

    page.get_by_role("link", name=words["title"]).click()
    page.get_by_role("button", name="答复", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("现在办不了").check()
    dialog.get_by_role("button", name="公布答复").click()
    expect(dialog.get_by_text("请填写这一项")).to_be_visible()
    dialog.get_by_label("理由").fill("要等开春才能施工。")
    dialog.get_by_role("button", name="公布答复").click()

    expect(page.get_by_text("要等开春才能施工。")).to_be_visible()
    assert who(VOLUNTEER).get(f"/events/needs/{made['id']}")["answer"]["decision"] == "not_now"
