"""Votes, lectures, services, jobs and a troupe on the phone."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.phone.conftest import NEIGHBOUR, SECRETARY, WALKER


def test_a_vote_is_given_and_taken_back(who, phone_of):
    mark = uuid4().hex[:5].upper()
    who(SECRETARY).post("/events/topics", {"code": f"V{mark}", "name": f"用药安全{mark}", "group": "health"})
    page = phone_of(WALKER)
    page.goto("/hall")
    page.get_by_role("link", name="投票：想听什么").click()
    row = page.get_by_role("listitem").filter(has_text=f"用药安全{mark}")

    row.get_by_role("button", name="我想听").click()
    expect(row).to_contain_text("1 票")

    row.get_by_role("button", name="已投").click()
    expect(row).to_contain_text("0 票")


def test_nobody_is_in_the_speaker_bank_without_ticking_yes(who, phone_of):
    mark = uuid4().hex[:5].upper()
    who(SECRETARY).post("/events/topics", {"code": f"S{mark}", "name": f"隔代教养{mark}", "group": "family"})
    page = phone_of(NEIGHBOUR)
    page.goto("/me/lectures")
    page.get_by_label(f"隔代教养{mark}").check()

    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("我同意社区把我列入讲师库").check()
    page.get_by_role("button", name="登记", exact=True).click()

    expect(page.get_by_text("还没有安排到您")).to_be_visible()
    who(NEIGHBOUR).ask("DELETE", "/events/me/speaker")


def test_a_service_is_asked_for_taken_done_and_found_helpful(who, phone_of):
    number, name = 70 + int(uuid4().hex[:4], 16) % 20, f"家电小修{uuid4().hex[:4]}"
    who(SECRETARY).post("/events/family-services", {"number": number, "name": name, "types": ["elders", "adults"]})
    page = phone_of(WALKER)
    page.goto("/services")
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="申请").click()
    box = page.get_by_role("dialog")
    box.get_by_role("button", name="提交申请").click()
    expect(box.get_by_role("alert")).to_be_visible()
    box.get_by_label("老年人家庭").check()
    box.get_by_label("想说明的").fill("洗衣机不转了")
    box.get_by_role("button", name="提交申请").click()
    card = page.locator("[data-request]").filter(has_text=name)
    expect(card).to_contain_text("等待接办")

    [mine] = [r for r in who(WALKER).get("/events/service-requests")["items"] if r["service"]["name"] == name]
    for step in ("take", "finish"):
        who(SECRETARY).post(f"/events/service-requests/{mine['id']}/{step}")
    page.reload()
    card.get_by_role("button", name="帮上忙了", exact=True).click()

    expect(card.get_by_role("button", name="帮上忙了", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_job_is_read_by_everybody_and_the_unit_calls_who_said_yes(phone_page, who, phone_of):
    title = f"理货员{uuid4().hex[:5]}"
    words = dict.fromkeys(("hours", "pay", "place"), "面议") | {"contact": "王经理 0471-3300000"}
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    posting = {"title": title, "until": until, "unit": "U11", "submit": True, **words}
    job = who(SECRETARY).post("/events/jobs", posting)
    phone_page.goto("/jobs/open")
    expect(phone_page.get_by_role("heading", name=title)).to_be_visible()

    page = phone_of(WALKER)
    page.goto(f"/jobs/{job['id']}")
    page.get_by_role("button", name="请单位联系我").click()
    page.get_by_label("您的电话").fill("139 0000 0002")
    page.get_by_role("dialog").get_by_role("button", name="就这样").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    page.get_by_label("我同意把姓名和电话告诉这个单位").check()
    page.get_by_role("dialog").get_by_role("button", name="就这样").click()
    expect(page.get_by_text("已请单位联系您")).to_be_visible()
    seen = who(SECRETARY).get(f"/events/jobs/{job['id']}/referrals")["items"]
    assert [(one["name"], one["phone"]) for one in seen] == [(WALKER, "139 0000 0002")]

    page.get_by_role("button", name="不用联系我了").click()

    expect(page.get_by_role("button", name="请单位联系我")).to_be_visible()
    assert who(SECRETARY).get(f"/events/jobs/{job['id']}/referrals")["items"] == []


def test_who_leads_a_troupe_answers_its_invitation(who, phone_of):
    name, starts = f"合唱队{uuid4().hex[:5]}", datetime.now(UTC) + timedelta(days=9)
    leader = who(WALKER).get("/members/me")["id"]
    hours = [{"weekday": 4, "start_time": "18:30", "minutes": 90, "place": f"小剧场{uuid4().hex[:4]}"}]
    facts = {"name": name, "discipline": "choir", "leader_id": leader, "rehearsals": hours}
    troupe = who(SECRETARY).post("/events/troupes", facts)
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    inviting = {"unit": "U08", "title": f"联欢{name}", "place": "车队食堂", **times}
    who(SECRETARY).post(f"/events/troupes/{troupe['id']}/invitations", inviting)
    page = phone_of(WALKER)
    page.goto("/troupes")

    card = page.locator("[data-invitation]").filter(has_text=f"联欢{name}")
    card.get_by_role("button", name="我们去").click()
    expect(card).to_have_count(0)

    page.get_by_role("link", name=name).click()
    expect(page.locator("[data-invitation]").filter(has_text=f"联欢{name}")).to_contain_text("已答应")
    expect(page.get_by_text("18:30")).to_be_visible()
    expect(page.get_by_role("heading", name="队员名单")).to_be_visible()
