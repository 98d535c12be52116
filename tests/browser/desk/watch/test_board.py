"""The board lives: what squads do appears by itself, what is lost is said, calls are loud."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LEADER, VOLUNTEER
from tests.stack import until

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: From here on the page counts how often it sounds.
COUNT_TONES = """() => {
    const start = OscillatorNode.prototype.start
    window.rung = 0
    OscillatorNode.prototype.start = function (...at) { window.rung++; return start.apply(this, at) }
}"""


@pytest.fixture
def board(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/board")
    return page


def now() -> str:
    return datetime.now(UTC).isoformat()


def card_of(board, shift: dict):
    return board.locator(f"[data-shift='{shift['id']}']")


def test_a_check_in_appears_by_itself(board, who, walking):
    place = walking["checkpoints"][0]
    expect(card_of(board, walking)).to_contain_text("已到 0 处，共 6 处")

    who(LEADER).put(
        f"/patrol/check-ins/{uuid4()}", {"at": now(), "shift_id": walking["id"], "checkpoint_id": place["id"]}
    )

    expect(card_of(board, walking)).to_contain_text("已到 1 处，共 6 处")
    expect(card_of(board, walking)).to_contain_text(f"{place['code']} {place['name']}")


def test_a_silent_squad_is_worried_about_until_all_is_well(board, walking):
    card = card_of(board, walking)

    expect(card).to_contain_text("还没有联系上。请打电话问问他们是否平安。", timeout=30_000)
    card.get_by_role("button", name="都平安").click()
    board.get_by_role("dialog").get_by_label("说明").fill("打通了队长电话")
    board.get_by_role("dialog").get_by_role("button", name="都平安").click()

    expect(card.get_by_role("alert")).to_have_count(0)
    expect(card).to_contain_text("巡逻中")


def test_a_call_for_help_is_loud_until_somebody_goes_and_stays_until_it_is_over(board, who, walking):
    board.evaluate(COUNT_TONES)
    board.get_by_role("button", name="打开声音").click()
    who(VOLUNTEER).put(f"/patrol/sos/{uuid4()}", {"at": now(), "shift_id": walking["id"]})

    call = board.locator("[data-sos]").filter(has_text="苏红梅紧急求助")
    expect(call).to_be_visible()
    until(lambda: board.evaluate("window.rung") > 4)
    expect(call).to_contain_text("位置不明")
    place = walking["checkpoints"][0]
    who(LEADER).put(
        f"/patrol/check-ins/{uuid4()}", {"at": now(), "shift_id": walking["id"], "checkpoint_id": place["id"]}
    )
    expect(call).to_contain_text(f"最后在 {place['code']} {place['name']} 报平安，刚刚")
    call.get_by_role("button", name="我来处理").click()
    expect(call).to_contain_text("赵启明正在处理")

    call.get_by_role("button", name="解除求助").click()
    board.get_by_role("dialog").get_by_label("说明").fill("已送回家")
    board.get_by_role("dialog").get_by_role("button", name="解除求助").click()
    expect(board.locator("[data-sos]").filter(has_text="苏红梅紧急求助")).to_have_count(0)


def test_a_lost_connection_is_said_and_comes_back(board, walking):
    expect(card_of(board, walking)).to_be_visible()

    board.context.set_offline(True)
    expect(board.locator("[data-board-lost]")).to_contain_text("连接中断，显示")
    expect(card_of(board, walking)).to_be_visible()

    board.context.set_offline(False)
    expect(board.locator("[data-board-lost]")).to_have_count(0, timeout=30_000)


def test_trouble_is_taken_and_closed(board, who, walking):
    trouble, words = str(uuid4()), f"灯不亮 {uuid4().hex[:6]}"
    facts = {"kind": "lamp", "place": "三号楼门前", "words": words}
    who(LEADER).put(f"/patrol/troubles/{trouble}", {"at": now(), "shift_id": walking["id"], "trouble": facts})
    board.goto(f"/desk/troubles/{trouble}")
    row = board.get_by_role("row").filter(has_text=words)

    row.get_by_role("button", name="我来处理").click()
    expect(row).to_contain_text("有人处理")
    row.get_by_role("button", name="办结").click()
    board.get_by_role("dialog").get_by_label("怎么处理的").fill("换了灯泡")
    board.get_by_role("dialog").get_by_role("button", name="办结").click()

    expect(row).to_have_count(0)


def test_a_shift_is_put_on_the_roster_and_cancelled_with_a_reason(board):
    board.get_by_role("link", name="排班", exact=True).click()
    board.get_by_role("button", name="加一班").click()
    dialog = board.get_by_role("dialog")
    dialog.get_by_label("队伍").select_option(label="市场队")
    day = (datetime.now(SHANGHAI) + timedelta(days=1)).date()
    dialog.get_by_label("开始时间").fill(f"{day}T23:40")
    dialog.get_by_label("结束时间").fill(f"{day}T23:55")
    dialog.get_by_role("button", name="保存，通知队员").click()
    expect(dialog.get_by_role("alert")).to_have_text("请至少选一个人。")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_role("button", name="保存，通知队员").click()

    row = board.get_by_role("row").filter(has_text="23:40–23:55")
    row.get_by_role("button", name="取消班次").click()
    board.get_by_role("dialog").get_by_label("原因").fill("寒潮")
    board.get_by_role("dialog").get_by_role("button", name="取消班次").click()

    expect(row).to_contain_text("已取消")
    expect(row).to_contain_text("寒潮")
