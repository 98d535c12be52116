"""At the desk: key areas with their calendar, checklists in versions, tips; and what the board says of the way."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER
from tests.stack import until


def test_a_key_area_gets_its_calendar(desk_of, who):
    page, name = desk_of(CLERK), f"校门{uuid4().hex[:6]}"
    page.goto("/desk/board/key-areas")
    page.get_by_role("link", name="加重点部位").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()

    page.get_by_label("名称").fill(name)
    page.get_by_label("次数").fill("2")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert").first).to_be_visible()  # neither a checkpoint nor a zone
    page.get_by_label("P23 晨光小学门").check()
    page.get_by_role("button", name="加一段时间").click()
    day = page.locator("[data-day]")
    day.get_by_label("星期几").select_option(label="星期四")
    day.get_by_label("到", exact=True).fill("15:00")
    page.get_by_role("button", name="保存").click()
    expect(day.get_by_text("结束时间要晚于开始时间。")).to_be_visible()
    day.get_by_label("到", exact=True).fill("17:40")
    page.get_by_role("button", name="保存").click()

    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("一班 2 次")
    expect(row).to_contain_text("星期四 16:00–17:40 上学放学")


def test_a_tip_of_the_season_is_written_in_both_languages(desk_of):
    page, words = desk_of(CLERK), f"小心脚下{uuid4().hex[:6]}"
    page.goto("/desk/board/key-areas")
    page.get_by_role("button", name="加一条提醒").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("中文").fill(words)
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.get_by_role("alert")).to_have_text("请填写这一项。")
    dialog.get_by_label("英文").fill("Mind your step")
    dialog.get_by_label("12 月").check()
    dialog.get_by_role("button", name="保存").click()

    expect(page.get_by_role("row").filter(has_text=words)).to_contain_text("12 月")


def test_a_checklist_is_made_and_its_change_is_the_next_version(desk_of, who):
    page, code = desk_of(CLERK), f"t{uuid4().hex[:6]}"
    page.goto("/desk/board/checklists")
    page.get_by_role("link", name="新建检查表").click()
    page.get_by_label("名称").fill(f"车棚{code}")
    page.get_by_label("代码").fill(code)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()
    item = page.locator("[data-item]").first
    item.get_by_label("中文").fill("没有飞线")
    item.get_by_label("英文").fill("No cable")
    item.get_by_label("有问题就报").select_option(label="飞线充电")
    page.get_by_label("P07 自行车棚").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("row").filter(has_text=code)).to_contain_text("第 1 版")

    page.get_by_role("link", name=f"车棚{code}").click()
    page.get_by_role("button", name="加一项").click()
    page.locator("[data-item]").nth(1).get_by_label("中文").fill("插座温度")
    page.locator("[data-item]").nth(1).get_by_label("英文").fill("Heat")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("row").filter(has_text=code)).to_contain_text("第 2 版")
    made = who(CLERK).get(f"/patrol/checklists/{code}")
    assert [item["fail_opens"] for item in made["items"]] == ["charging_cable", None]


def test_the_board_says_who_pauses_why_and_until_when(desk_of, who, walking):
    board = desk_of(CLERK)
    board.goto("/desk/board")
    card = board.locator(f"[data-shift='{walking['id']}']")
    at = datetime.now(UTC).isoformat()
    pause = {"id": str(uuid4()), "kind": "pause", "shift_id": walking["id"], "at": at, "pause": {"reason": "warming"}}
    crew = {"moment": "start", "present": [walking["crew"][0]["person_id"]]}
    there = {"id": str(uuid4()), "kind": "crew", "shift_id": walking["id"], "at": at, "crew": crew}

    who(LEADER).post("/patrol/uploads", {"device": {"id": "phone", "now": at}, "items": [pause, there]})

    expect(card).to_contain_text("休息中")
    expect(card).to_contain_text("在暖和一下")
    expect(card).to_contain_text("1 人已到")


def test_what_was_not_in_order_is_found_on_the_page_of_checks(desk_of, who, walking):
    code, place = f"t{uuid4().hex[:6]}", walking["checkpoints"][0]["id"]
    item = {"code": "clear", "zh": "通道畅通", "en": "Clear", "kind": "ok_fail"}
    who(CLERK).put(f"/patrol/checklists/{code}", {"name": f"通道{code}", "items": [item], "places": [place]})
    said = {"code": code, "version": 1, "answers": [{"item": "clear", "value": "fail", "note": "停车"}]}
    at = datetime.now(UTC).isoformat()
    check = {"id": str(uuid4()), "kind": "check", "shift_id": walking["id"], "checkpoint_id": place, "at": at}
    who(LEADER).post("/patrol/uploads", {"device": {"id": "p", "now": at}, "items": [check | {"check": said}]})
    page = desk_of(CLERK)
    page.goto("/desk/board/checks")

    until(lambda: page.get_by_role("row").filter(has_text=f"通道{code}").count() or page.reload())
    page.get_by_label("只看有问题的").check()

    expect(page.get_by_role("row").filter(has_text=f"通道{code}")).to_contain_text("通道畅通（停车）")


def test_a_shift_that_was_cancelled_is_put_back(desk_of, who, walking):
    then, reason = datetime.now(UTC) + timedelta(days=2), f"寒潮{uuid4().hex[:6]}"
    times = {"starts_at": then.isoformat(), "ends_at": (then + timedelta(minutes=20)).isoformat()}
    crew = [one["person_id"] for one in walking["crew"]]
    shift = who(CLERK).post("/patrol/shifts", {"squad_id": walking["squad"]["id"], "crew": crew, **times})
    who(CLERK).post(f"/patrol/shifts/{shift['id']}/cancel", {"reason": reason})
    page = desk_of(CLERK)
    page.goto("/desk/board/roster")

    page.get_by_role("row").filter(has_text=reason).get_by_role("button", name="恢复").click()
    page.get_by_role("dialog").get_by_role("button", name="恢复").click()

    expect(page.get_by_role("row").filter(has_text=reason)).to_have_count(0)
    who(CLERK).post(f"/patrol/shifts/{shift['id']}/cancel", {"reason": "测试"})
