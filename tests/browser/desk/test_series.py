"""A series is written with a look at its days, published, and one of its days put off."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


def test_written_with_a_look_at_its_days_and_published(desk_of, who):
    page, title = desk_of(CLERK), f"周末书法 {uuid4().hex[:6]}"
    page.goto("/desk/series/new")
    page.get_by_label("主办单位").select_option("U03")
    page.get_by_label("活动名称").fill(title)
    page.get_by_label("地点").fill("文化馆")
    page.get_by_label("从哪一天起").fill(str(TODAY + timedelta(days=3)))
    page.get_by_label("办到哪一天").fill(str(TODAY + timedelta(days=24)))

    expect(page.get_by_text("共 4 次")).to_be_visible()
    page.get_by_role("button", name="发布").click()

    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("已发布", exact=True)).to_be_visible()
    id = page.url.rpartition("/")[2]
    assert len(who(CLERK).get("/events/activities", series=id)["items"]) == 4


def test_seasons_that_share_a_day_are_said_at_their_field_and_nothing_typed_is_lost(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/series/new")
    page.get_by_label("主办单位").select_option("U03")
    page.get_by_label("活动名称").fill("两段重叠")
    page.get_by_label("地点").fill("文化馆")
    page.get_by_label("从哪一天起").fill(str(TODAY + timedelta(days=3)))
    for number, (begin, end) in enumerate((("05-01", "10-14"), ("10-01", "04-30")), 1):
        page.get_by_role("button", name="加一段季节").click()
        season = page.get_by_role("group", name=f"第 {number} 段")
        season.get_by_label("从（月-日）").fill(begin)
        season.get_by_label("到（月-日）").fill(end)
        season.get_by_label("几点开始").fill("18:00")

    page.get_by_role("button", name="存为草稿").click()

    expect(page.get_by_role("group", name="第 2 段").get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("活动名称")).to_have_value("两段重叠")
