"""The desk calls for hands, watches them come, ends it; switches the weather; sees whom nothing reached."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON
from tests.stack import until


@pytest.fixture
def drill(who):
    """A drill that has reached the units' officers; over with the test."""
    clerk = who(CLERK)
    needs = [{"task": "carry", "wanted": 2}]
    facts = {"kind": "flood", "severity": "serious", "drill": True, "place": "三号楼地下室", "needs": needs}
    made = clerk.post("/patrol/responses", facts)
    until(lambda: clerk.get(f"/patrol/responses/{made['id']}")["ring"] == "officers")
    yield made
    clerk.post(f"/patrol/responses/{made['id']}/stand-down", {"words": ""})


def test_the_desk_raises_a_drill_and_leads_it_to_its_review(desk_of, who):
    page = desk_of(CLERK)
    page.goto("/desk/responses")
    page.get_by_role("link", name="召集人手").click()
    page.get_by_role("button", name="马上召集").click()
    expect(page.get_by_text("请填写这一项。")).to_be_visible()
    page.get_by_role("button", name="跑水积水").click()
    page.get_by_label("在哪里").fill("三号楼地下室")
    page.get_by_role("button", name="多一个帮手").click()
    page.get_by_label("这是演练").check()
    page.get_by_role("button", name="开始演练").click()
    expect(page.get_by_role("heading", name="三号楼地下室 · 跑水积水")).to_be_visible()
    path = re.sub(r".*/desk", "/patrol", page.url)
    until(lambda: who(CLERK).get(path)["ring"] == "officers")

    who(LIAISON).put(f"{path}/answer", {"answer": "ack", "task": "carry"})

    expect(page.locator("[data-task=carry]")).to_contain_text("1 / 4")  # by itself
    expect(page.locator("[data-log]")).to_contain_text("我去：搬运")
    page.get_by_role("button", name="记一笔").click()
    page.get_by_role("dialog").get_by_label("发生了什么").fill("水阀关了")
    page.get_by_role("dialog").get_by_role("button", name="记一笔").click()
    expect(page.locator("[data-log]")).to_contain_text("水阀关了")
    page.get_by_role("button", name="解除").click()
    page.get_by_role("dialog").get_by_label("怎么样了").fill("水停了")
    page.get_by_role("dialog").get_by_role("button", name="解除").click()
    page.get_by_label("经过怎么样").fill("八分钟到齐")
    page.get_by_role("button", name="完成复盘").click()
    expect(page.get_by_text("请填写这一项。")).to_be_visible()
    page.get_by_label("下次要改什么").fill("备好手电")
    page.get_by_role("button", name="完成复盘").click()
    expect(page.locator("[data-review]")).to_contain_text("备好手电")

    page.get_by_role("link", name="演练数字").click()

    expect(page.get_by_role("heading", name="演练数字：三号楼地下室")).to_be_visible()
    expect(page.locator("[data-ring=officers]")).to_contain_text("单位值班员")
    page.locator("[data-ring=officers]").get_by_role("link").nth(2).click()
    expect(page.get_by_role("row").filter(has_text=LIAISON)).to_contain_text("我去")


def test_the_weather_says_what_it_will_do_does_it_and_undoes_it(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/weather")
    page.get_by_role("button", name="开启天气预警").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="大风暴雨").click()
    expect(dialog.locator("[data-effects]")).to_contain_text("体工二大队操场")
    expect(dialog.locator("[data-effects]")).to_contain_text("供热站暖心屋")
    dialog.get_by_label("还要说什么").fill("今夜大风")
    dialog.get_by_role("button", name="开启", exact=True).click()

    card = page.locator("[data-weather=storm]")
    expect(card).to_contain_text("大风暴雨橙色预警")
    card.get_by_role("button", name="结束").click()
    page.get_by_role("dialog").get_by_role("button", name="结束").click()

    expect(card).to_have_count(0)


def test_who_was_not_reached_stands_on_a_list_for_the_door(desk_of, who, drill):
    who(LIAISON).put(f"/patrol/responses/{drill['id']}/answer", {"answer": "ack"})
    page = desk_of(CLERK)
    page.goto(f"/desk/responses/{drill['id']}")

    page.get_by_role("link", name="谁没收到").click()

    expect(page.locator("[data-state=unreached]")).to_be_visible()
    page.locator("[data-state=answered]").click()
    expect(page.locator("[data-people]")).to_contain_text(LIAISON)
