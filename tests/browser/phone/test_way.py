"""On the way with a phone: looked at, left out, paused, joined, handed over; all of it kept until it has arrived."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import segno
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, NEIGHBOUR, SECRETARY, WALKER
from tests.browser.phone.test_patrol import OUTBOX, on_patrol
from tests.stack import until


@pytest.fixture
def service_workers() -> str:
    return "allow"


@pytest.fixture
def checked(who, shift):
    """A checklist at the first checkpoint of the shift."""
    items = [
        {"code": "clear", "zh": "通道畅通", "en": "Clear", "kind": "ok_fail", "fail_opens": "fire_lane"},
        {"code": "heat", "zh": "插座温度", "en": "Heat", "kind": "number", "high": 45, "measure": "度"},
    ]
    code = f"t{uuid4().hex[:8]}"
    place = shift["checkpoints"][0]["id"]
    return who(SECRETARY).put(
        f"/patrol/checklists/{code}", {"name": f"通道{code[:3]}", "items": items, "places": [place]}
    )


def mine(who, shift, name=WALKER) -> dict:
    return next(one for one in who(name).get("/patrol/me/shifts")["items"] if one["id"] == shift["id"])


def test_a_checklist_without_a_server_is_kept_and_what_is_wrong_becomes_trouble_later(
    product, who, phone_of, shift, checked
):
    page = on_patrol(phone_of)
    until(lambda: not page.evaluate(OUTBOX))

    product.stop()
    try:
        page.get_by_role("link", name=checked["name"]).click()
        page.get_by_role("button", name="保存检查").click()
        expect(page.get_by_text("请至少看一项。")).to_be_visible()
        page.locator("[data-item=clear]").get_by_text("有问题").click()
        page.get_by_label("哪里有问题").fill("停了一辆面包车")
        page.get_by_label("插座温度").fill("热")
        page.get_by_role("button", name="保存检查").click()
        expect(page.get_by_text("请填数字。")).to_be_visible()
        page.get_by_label("插座温度").fill("32")
        page.get_by_role("button", name="保存检查").click()
        expect(page.locator("[data-waiting]")).to_contain_text("2 条待上传")
        page.reload()
        expect(page.locator("[data-waiting]")).to_contain_text("2 条待上传")
    finally:
        product.start()
    page.reload()

    expect(page.locator("[data-waiting]")).to_have_count(0)
    until(lambda: mine(who, shift)["checkpoints"][0]["checked"] == [checked["code"]])
    troubles = [one for one in who(SECRETARY).get("/patrol/board")["troubles"] if one["shift_id"] == shift["id"]]
    assert [(one["kind"], "停了一辆面包车" in one["words"]) for one in troubles] == [("fire_lane", True)]


def test_a_place_is_left_out_with_a_reason_and_a_break_is_taken(who, phone_of, shift):
    page = on_patrol(phone_of)
    first = shift["checkpoints"][0]

    page.get_by_role("button", name="跳过一处").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="跳过一处").click()
    expect(dialog.get_by_role("alert")).to_have_text("请选一个原因。")
    dialog.get_by_text("门锁着").click()
    dialog.get_by_role("button", name="跳过一处").click()
    expect(page.locator(f"[data-point={first['code']}]")).to_contain_text("已跳过：门锁着")

    page.get_by_role("button", name="休息一下").click()
    dialog.get_by_text("暖和一下").click()
    dialog.get_by_role("button", name="休息一下").click()
    expect(page.locator("[data-paused]")).to_contain_text("休息中：暖和一下")
    until(lambda: mine(who, shift)["phase"] == "paused")

    page.get_by_role("button", name="继续巡逻").click()
    expect(page.locator("[data-paused]")).to_have_count(0)
    until(lambda: mine(who, shift)["phase"] == "active")
    assert mine(who, shift)["checkpoints"][0]["skipped"]["reason"] == "locked"


def test_somebody_joins_on_the_spot_by_the_leaders_code(who, phone_of, shift):
    leader = next(one for one in shift["crew"] if one["role"] == "leader")
    name = WALKER if leader["name"] == WALKER else MATE
    phone, other = phone_of(name), phone_of(NEIGHBOUR)
    phone.goto("/patrol")
    phone.get_by_role("link", name="让人当场参加").click()
    expect(phone.locator("[data-code]")).to_be_visible()

    other.goto("/patrol/join")
    other.get_by_label("六位数字").fill("12")
    other.get_by_role("button", name="参加", exact=True).click()
    expect(other.get_by_role("alert")).to_have_text("请输入六位数字。")
    other.get_by_label("六位数字").fill(phone.locator("[data-code]").inner_text().replace(" ", ""))
    other.get_by_role("button", name="参加", exact=True).click()

    expect(other.get_by_text(f"您已参加{shift['squad']['name']}这一班。")).to_be_visible()
    assert NEIGHBOUR in [one["name"] for one in mine(who, shift)["crew"]]


def test_the_leader_says_who_is_here_for_all_with_one_phone(who, phone_of, shift):
    leader = next(one for one in shift["crew"] if one["role"] == "leader")
    page = phone_of(WALKER if leader["name"] == WALKER else MATE)
    page.goto("/patrol")

    page.locator("[data-crew]").get_by_role("button", name="确认这些人").click()

    expect(page.get_by_text("确认：来了 2 人")).to_be_visible()
    until(lambda: len((mine(who, shift)["confirmed"]["start"] or {"present": []})["present"]) == 2)


def test_what_is_open_goes_to_the_next_shift_which_says_that_it_has_read(who, phone_of, shift, next_start):
    page = on_patrol(phone_of)
    trouble = str(uuid4())
    at = datetime.now(UTC).isoformat()
    facts = {"kind": "lamp", "place": "东门", "words": "第三盏"}
    who(WALKER).put(f"/patrol/troubles/{trouble}", {"at": at, "shift_id": shift["id"], "trouble": facts})
    page.reload()

    page.get_by_role("button", name="结束巡逻").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox", name="路灯不亮：东门")).to_be_checked()
    dialog.get_by_label("给下一班留句话").fill("请再看看东门")
    dialog.get_by_role("button", name="结束巡逻").click()
    until(lambda: mine(who, shift)["state"] == "ended")
    starts = next_start()
    crew = [who(MATE).get("/members/me")["id"]]
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(minutes=3)).isoformat()}
    after = who(SECRETARY).post("/patrol/shifts", {"squad_id": shift["squad"]["id"], "crew": crew, **times})
    other = phone_of(MATE)
    other.goto("/patrol")

    card = other.locator("[data-handover]")
    expect(card).to_contain_text("请再看看东门")
    expect(card).to_contain_text("路灯不亮：东门")
    card.get_by_role("button", name="我看过了").click()

    expect(card).to_contain_text("看过")
    until(lambda: mine(who, shift)["phase"] == "handed_over")
    who(SECRETARY).post(f"/patrol/shifts/{after['id']}/cancel", {"reason": "测试"})


def test_a_code_of_another_community_is_said_to_be_one(phone_of, shift, tmp_path):
    photo = tmp_path / "elsewhere.png"
    segno.make_qr("https://elsewhere.example/p/abcdefgh").save(str(photo), scale=10)
    page = on_patrol(phone_of)

    page.get_by_role("button", name="扫二维码").click()
    page.locator("input[type=file]").set_input_files(photo)

    expect(page.locator("[data-refused]")).to_contain_text("这个码不是本社区的")


def test_who_signs_out_with_unsent_work_is_warned_and_finds_it_again(phone_of, shift):
    page = on_patrol(phone_of)
    until(lambda: not page.evaluate(OUTBOX))
    page.context.set_offline(True)
    page.locator("[data-point] button").first.click()
    expect(page.locator("[data-waiting]")).to_contain_text("1 条待上传")
    page.on("dialog", lambda dialog: dialog.dismiss())

    page.goto("/me")
    with page.expect_event("dialog") as asked:
        page.get_by_role("button", name="退出登录").click()

    assert "还有 1 条没有上传" in asked.value.message
    assert len(page.evaluate(OUTBOX)) == 1
    page.context.set_offline(False)
    page.reload()
    until(lambda: not page.evaluate(OUTBOX))
