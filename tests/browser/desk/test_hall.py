"""A term is planned, put right and published; an empty cell finds a unit; a job is approved."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON


@pytest.fixture
def topics(who):
    """Three topics that need no speaker, by their mark."""
    mark = uuid4().hex[:5].upper()
    for number, group in enumerate(("law", "health", "family")):
        facts = {"code": f"B{mark}{number}", "name": f"{mark}第{number}题", "group": group, "needs_speaker": False}
        who(CLERK).post("/events/topics", facts)
        who(CLERK).put(
            f"/events/topics/B{mark}{number}/tally", {"on": datetime.now(UTC).date().isoformat(), "count": 500}
        )
    return mark


def test_a_term_in_one_sitting(desk_of, topics):
    page, name = desk_of(CLERK), f"学期{topics}"
    monday = datetime.now(UTC).date() + timedelta(days=150)
    monday -= timedelta(days=monday.weekday())
    page.goto("/desk/hall/terms/new")
    page.get_by_label("学期名称").fill(name)
    page.get_by_label("主办单位").select_option("U01")
    page.get_by_label("开始日期").fill(monday.isoformat())
    page.get_by_label("结束日期").fill((monday + timedelta(days=34)).isoformat())
    page.get_by_role("button", name="加一个其他地点").click()
    page.get_by_label("地点名称").fill(f"讲堂{topics}")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("button", name="一键排课").click()
    rows = page.get_by_role("table", name=name).get_by_role("row")
    expect(rows.filter(has_text=f"{topics}第0题")).to_contain_text("500 人想听")
    rows.filter(has_text=f"{topics}第0题").get_by_role("button", name="对换").click()
    rows.filter(has_text=f"{topics}第1题").get_by_role("button", name="和这场对换").click()
    expect(page.get_by_text("已对换。")).to_be_visible()
    expect(rows.filter(has_text=f"{topics}第0题")).to_contain_text("人工")
    rows.filter(has_text=f"{topics}第2题").get_by_role("button", name="调整").click()
    page.get_by_role("dialog").get_by_label("题目").select_option("")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(rows.filter(has_text=f"{topics}第2题")).to_have_count(0)

    page.get_by_role("button", name="发布学期").click()
    page.get_by_role("dialog").get_by_role("button", name="发布学期").click()
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=f"{topics}第0题")).to_be_visible()
    page.get_by_role("link", name="打印课程表").click()
    expect(page.get_by_role("heading", name=f"{name}课程表")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=f"{topics}第0题")).to_contain_text(f"讲堂{topics}")


def test_an_empty_cell_says_who_could_fill_it_and_is_filled(desk_of, who):
    number = 90 + int(uuid4().hex[:4], 16) % 10
    facts = {
        "name": f"上门理发{uuid4().hex[:4]}",
        "types": ["elders"],
        "skills": ["medicine"],
        "unit_kinds": ["health"],
    }
    who(CLERK).post("/events/family-services", {"number": number, **facts})
    page = desk_of(CLERK)
    page.goto("/desk/hall/services")

    page.locator(f"[data-cell='{number}-elders']").click()
    box = page.get_by_role("dialog")
    expect(box.locator("[data-candidate]").first).to_contain_text("惠民社区卫生服务站党支部")
    box.locator("[data-candidate]").first.get_by_role("button", name="请它来办").click()
    box.get_by_role("button", name="保存").click()

    expect(page.locator(f"[data-cell='{number}-elders']")).to_contain_text("有人办")


def test_a_units_job_is_approved_and_a_resident_referred(desk_of):
    unit, clerk, title = desk_of(LIAISON), desk_of(CLERK), f"收银员{uuid4().hex[:5]}"
    unit.goto("/desk/hall/jobs/new")
    words = {
        "岗位名称": title,
        "时间": "每天 8 点到 12 点",
        "待遇": "每月 3200 元",
        "地点": "利民市场",
        "联系": "王经理",
    }
    for label, value in words.items():
        unit.get_by_label(label, exact=True).fill(value)
    unit.get_by_label("截止日期").fill((datetime.now(UTC).date() + timedelta(days=20)).isoformat())
    unit.get_by_role("button", name="提交审核").click()
    expect(unit.get_by_text("待审核").first).to_be_visible()

    clerk.goto("/desk/hall/jobs?state=submitted")
    clerk.get_by_role("link", name=title).click()
    clerk.get_by_role("button", name="发布").click()
    expect(clerk.get_by_text("招聘中")).to_be_visible()
    clerk.get_by_role("button", name="推荐一位").click()
    clerk.get_by_label("居民姓名").fill("王大爷")
    clerk.get_by_role("dialog").get_by_role("button", name="推荐一位").click()
    expect(clerk.get_by_role("alert").first).to_be_visible()  # nobody without a yes
    clerk.get_by_label("本人同意").check()
    clerk.get_by_role("dialog").get_by_role("button", name="推荐一位").click()

    expect(clerk.get_by_role("row").filter(has_text="王大爷")).to_be_visible()
    unit.reload()
    expect(unit.get_by_role("row").filter(has_text="王大爷")).to_contain_text("等待结果")
    unit.get_by_label("后来怎么样？").select_option("hired")
    expect(unit.get_by_role("row").filter(has_text="王大爷")).to_contain_text("录用了")
