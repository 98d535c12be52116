"""On the phone: what I reported and whether it is fixed; and the first task of a patrol."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import NEIGHBOUR, SECRETARY, WALKER
from tests.stack import until


@pytest.fixture
def service_workers() -> str:
    return "allow"


def fixed(who, kind: str, place: str, checkpoint: str | None = None) -> dict:
    """Something that a member reported, and that is said to be fixed."""
    at, trouble = datetime.now(UTC).isoformat(), {"kind": kind, "place": place}
    where = {"checkpoint_id": checkpoint} if checkpoint else {}
    report = uuid4()
    who(NEIGHBOUR).put(f"/patrol/troubles/{report}", {"at": at, "trouble": trouble, **where})
    mine = next(one for one in who(NEIGHBOUR).get("/patrol/me/reports")["items"] if one["report_id"] == str(report))
    [case] = who(SECRETARY).get("/patrol/cases", number=mine["number"])["items"]
    return who(SECRETARY).post(f"/patrol/cases/{case['id']}/fix", {"words": "修好了，试过"})


def test_a_member_says_that_it_is_not_fixed_and_what_is_left(who, phone_of):
    case = fixed(who, "other", f"车棚旁 {uuid4().hex[:6]}")
    page = phone_of(NEIGHBOUR)
    page.goto("/me/reports")
    mine = page.locator("[data-report]").filter(has_text=case["place"])

    mine.get_by_role("button", name="还没修好").click()
    page.get_by_role("dialog").get_by_label("还差什么").fill("还有一个坑")
    page.get_by_role("dialog").get_by_role("button", name="请他们再来").click()

    expect(mine.get_by_text("重新办").first).to_be_visible()
    steps = who(SECRETARY).get(f"/patrol/cases/{case['id']}")["steps"]
    assert (steps[-1]["step"], steps[-1]["words"]) == ("reopened", "还有一个坑")


def test_a_patrol_looks_first_at_what_was_fixed_also_without_a_network(who, phone_of, shift):
    point = shift["checkpoints"][0]
    case = fixed(who, "manhole", f"井 {uuid4().hex[:6]}", point["id"])
    page = phone_of(WALKER)
    page.goto("/patrol")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="开始巡逻").click()
    again = page.locator("[data-again]")
    expect(again).to_contain_text(case["place"])

    page.context.set_offline(True)
    again.locator("div", has_text=case["place"]).get_by_role("button", name="修好了").first.click()
    expect(page.locator("[data-waiting]")).to_contain_text("条待上传")
    page.context.set_offline(False)

    until(lambda: who(SECRETARY).get(f"/patrol/cases/{case['id']}")["looked_again_at"])
    expect(page.locator("[data-again]").filter(has_text=case["place"])).to_have_count(0)
