"""An activity is written, counted, approved, changed by two at once, and called off."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER, LIAISON


def in_shanghai(days: int, hour: int) -> str:
    """What a date-and-time field holds."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')) + timedelta(days=days):%Y-%m-%d}T{hour:02}:00"


def write(page, title: str) -> None:
    page.get_by_label("活动名称").fill(title)
    page.get_by_label("地点").fill("社区大讲堂")
    page.get_by_label("开始时间").fill(in_shanghai(5, 19))
    page.get_by_label("开始时间").blur()


def test_who_publishes_sees_before_how_many_will_be_told(desk_of, who):
    page, title = desk_of(CLERK), f"反诈讲座 {uuid4().hex[:6]}"
    page.goto("/desk/activities/new")
    page.get_by_label("主办单位").select_option("U02")
    write(page, title)
    expect(page.locator("[data-audience-count]")).to_have_text("将通知 597 人")

    page.get_by_label("选一部分人").check()
    page.locator("summary").filter(has_text="单位").click()
    page.get_by_label("体工二大队党支部").check()
    expect(page.locator("[data-audience-count]")).to_have_text("将通知 70 人")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("dialog")).to_contain_text("将通知 70 人")
    page.get_by_role("dialog").get_by_role("button", name="发布").click()

    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()
    expect(page.get_by_text("19:00–20:00")).to_be_visible()
    id = page.url.rpartition("/")[2]
    who(LEADER).put(f"/events/activities/{id}/sign-up")
    page.reload()
    expect(page.get_by_role("table", name="谁报了名").get_by_role("row").filter(has_text=LEADER)).to_contain_text(
        "参加"
    )


def test_what_is_missing_is_said_at_its_field_and_what_is_typed_survives_a_reload(desk_of):
    page = desk_of(LIAISON)
    page.goto("/desk/activities/new")
    page.get_by_label("活动名称").fill("写了一半的活动")

    page.get_by_role("button", name="提交审核").click()

    expect(page.get_by_label("开始时间")).to_be_focused()
    expect(page.get_by_role("alert").first).to_have_text("请填写这一项。")
    page.reload()
    expect(page.get_by_text("这是您上次没有写完的内容。")).to_be_visible()
    expect(page.get_by_label("活动名称")).to_have_value("写了一半的活动")


def test_a_time_that_has_passed_is_said_at_its_field(desk_of):
    page = desk_of(LIAISON)
    page.goto("/desk/activities/new")
    write(page, "昨天的活动")
    page.get_by_label("开始时间").fill(in_shanghai(-1, 9))

    page.get_by_role("button", name="存为草稿").click()

    expect(page.get_by_role("alert").filter(has_text="时间已经过去了。")).to_be_visible()
    expect(page.get_by_label("活动名称")).to_have_value("昨天的活动")


def test_two_change_it_at_once_and_nothing_typed_is_lost(desk_of, who, submitted):
    activity = submitted()
    page = desk_of(CLERK)
    page.goto(f"/desk/activities/{activity['id']}/edit")
    page.get_by_label("介绍").fill("请自带水杯。")
    plan = {key: activity[key] for key in ("title", "kind", "starts_at", "ends_at", "audience")}
    who(LIAISON).put(f"/events/activities/{activity['id']}", plan | {"place": "晨光小学"}, version=activity["version"])

    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("别人刚改过这个活动。您写的内容都还在。")).to_be_visible()
    page.get_by_role("button", name="载入最新的，保留我写的").click()

    expect(page.get_by_text("别人改了：地点")).to_be_visible()
    expect(page.get_by_label("地点")).to_have_value("晨光小学")
    expect(page.get_by_label("介绍")).to_have_value("请自带水杯。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请自带水杯。")).to_be_visible()
    expect(page.get_by_text("晨光小学")).to_be_visible()


def test_what_a_unit_submitted_is_sent_back_with_a_reason(desk_of, submitted):
    title = submitted()["title"]
    page = desk_of(CLERK)
    page.goto("/desk")

    page.get_by_role("link", name=f"等您审核：{title}").click()
    page.get_by_role("button", name="退回修改").click()
    page.get_by_role("dialog").get_by_role("button", name="退回修改").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("请填写这一项。")
    page.get_by_role("dialog").get_by_label("请单位改什么").fill("请写清楚谁带队。")
    page.get_by_role("dialog").get_by_role("button", name="退回修改").click()

    expect(page.get_by_text("退回原因：请写清楚谁带队。")).to_be_visible()
    unit = desk_of(LIAISON)
    unit.goto("/desk")
    expect(unit.get_by_role("link", name=f"请修改后再提交：{title}")).to_be_visible()


def test_a_plan_is_used_again_from_an_activity_and_from_a_template(desk_of, submitted):
    activity, page, name = submitted(), desk_of(LIAISON), f"篮球课 {uuid4().hex[:6]}"
    page.goto(f"/desk/activities/{activity['id']}/edit")
    page.get_by_role("button", name="存成模板").click()
    page.get_by_label("模板名称").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已存成模板：{name}")).to_be_visible()

    page.goto(f"/desk/activities/{activity['id']}")
    page.get_by_role("link", name="照这样再办一次").click()
    expect(page.get_by_label("活动名称")).to_have_value(activity["title"])
    expect(page.get_by_label("开始时间")).to_have_value("")
    page.get_by_label("活动名称").fill("换一个")
    page.get_by_label("从模板开始").select_option(name)
    expect(page.get_by_label("活动名称")).to_have_value(activity["title"])
    expect(page.get_by_label("地点")).to_have_value(activity["place"])
