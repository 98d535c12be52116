"""Hands are needed: the phone asks with three large buttons, says who comes, and that it is over."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import SECRETARY, WALKER
from tests.stack import until


@pytest.fixture
def drill(who):
    """A drill to which those are called who live where the walker lives; over with the test."""
    boss, me = who(SECRETARY), who(WALKER).get("/members/me")
    zone = boss.get(f"/members/people/{me['id']}")["zone"]
    needs = [{"task": "carry", "wanted": 2}, {"task": "calm", "wanted": 1}]
    facts = {"kind": "flood", "severity": "minor", "drill": True, "place": "三号楼地下室", "zone": zone, "needs": needs}
    made = boss.post("/patrol/responses", facts)
    until(lambda: made["id"] in [one["id"] for one in who(WALKER).get("/patrol/responses")["items"]])
    yield made
    boss.post(f"/patrol/responses/{made['id']}/stand-down", {"words": ""})


def test_one_tap_says_that_i_come_and_minds_may_change(phone_of, who, drill):
    page = phone_of(WALKER)
    page.goto("/")
    page.locator("[data-open-call]").filter(has_text="演练").first.click()
    expect(page.locator("[data-drill]")).to_contain_text("这是演练")
    page.get_by_role("button", name="我去").click()
    expect(page.locator("[data-answered]")).to_contain_text("您答复了：我去")
    expect(page.locator("[data-answered]")).to_contain_text("您负责：搬运")
    expect(page.locator("[data-task=carry]")).to_contain_text("1 / 2")

    page.get_by_role("button", name="改一下").click()
    page.get_by_role("button", name="10 分钟后到").click()
    expect(page.locator("[data-answered]")).to_contain_text("10 分钟后到")

    who(SECRETARY).post(f"/patrol/responses/{drill['id']}/stand-down", {"words": "水停了"})
    expect(page.get_by_text("已经解除，不用去了")).to_be_visible()
    expect(page.get_by_text("水停了")).to_be_visible()


def test_without_network_the_answer_is_not_lost_in_silence(phone_of, drill):
    page = phone_of(WALKER)
    page.goto(f"/responses/{drill['id']}")
    expect(page.get_by_role("button", name="去不了")).to_be_visible()
    page.context.set_offline(True)

    page.get_by_role("button", name="去不了").click()

    expect(page.get_by_text("现在连不上网络")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="去不了").click()
    expect(page.locator("[data-answered]")).to_contain_text("您答复了：去不了")
