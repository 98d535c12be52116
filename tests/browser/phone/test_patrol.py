"""On patrol with a phone: nothing that was tapped is lost, and nothing arrives twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone.conftest import MATE, SECRETARY, WALKER
from tests.stack import until

#: Reads the outbox of the phone as it lies on the disk.
OUTBOX = """() => new Promise(done => {
    const opening = indexedDB.open('committee')
    opening.onsuccess = () => {
        const asked = opening.result.transaction('outbox').objectStore('outbox').getAll()
        asked.onsuccess = () => { opening.result.close(); done(asked.result) }
    }
})"""


@pytest.fixture
def service_workers() -> str:
    return "allow"


def on_patrol(phone_of):
    """The walker's phone on the patrol page, with the shift begun and the pages kept for later."""
    page = phone_of(WALKER)
    page.goto("/patrol")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="开始巡逻").click()
    expect(page.get_by_text("进行中")).to_be_visible()
    return page


def visited(who, shift) -> list[str]:
    mine = next(one for one in who(WALKER).get("/patrol/me/shifts")["items"] if one["id"] == shift["id"])
    return [point["code"] for point in mine["checkpoints"] if point["visited_at"]]


def test_a_check_in_without_a_server_survives_a_reload_and_arrives_once(product, who, phone_of, shift):
    page = on_patrol(phone_of)
    until(lambda: not page.evaluate(OUTBOX))
    point = shift["checkpoints"][1]["code"]

    product.stop()
    try:
        page.locator(f"[data-point={point}] button").click()
        expect(page.locator("[data-waiting]")).to_contain_text("1 条待上传")
        page.reload()
        expect(page.locator("[data-waiting]")).to_contain_text("1 条待上传")
        expect(page.locator(f"[data-point={point}]")).to_contain_text("已签到")
        [kept] = page.evaluate(OUTBOX)
    finally:
        product.start()
    page.reload()

    expect(page.locator("[data-waiting]")).to_have_count(0)
    until(lambda: visited(who, shift) == [point])
    sent = {name: value for name, value in kept.items() if name not in ("person_id", "label", "state")}
    again = who(WALKER).post("/patrol/uploads", {"device": {"id": "the same phone"}, "items": [sent]})
    assert [result["outcome"] for result in again["results"]] == ["duplicate"]


def test_two_open_tabs_send_one_check_in(who, phone_of, shift):
    page = on_patrol(phone_of)
    other = page.context.new_page()
    other.goto("/patrol")

    page.locator(f"[data-point={shift['checkpoints'][0]['code']}] button").click()

    until(lambda: not page.evaluate(OUTBOX))
    until(lambda: visited(who, shift) == [shift["checkpoints"][0]["code"]])
    expect(other.locator("[data-waiting]")).to_have_count(0)


def test_a_number_typed_from_the_plate_checks_in(who, phone_of, shift):
    page = on_patrol(phone_of)
    point = shift["checkpoints"][2]

    page.get_by_role("button", name="输入编号").click()
    page.get_by_label("巡更点编号").fill(str(point["number"]))
    page.get_by_role("dialog").get_by_role("button", name="签到").click()

    until(lambda: visited(who, shift) == [point["code"]])


def test_a_number_on_no_plate_stays_visible_with_its_reason_until_it_is_dismissed(phone_of, shift):
    page = on_patrol(phone_of)

    page.get_by_role("button", name="输入编号").click()
    page.get_by_label("巡更点编号").fill("9998")
    page.get_by_role("dialog").get_by_role("button", name="签到").click()

    expect(page.locator("[data-refused]")).to_contain_text("没有这个巡更点")
    page.reload()
    expect(page.locator("[data-refused]")).to_contain_text("没有这个巡更点")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("[data-refused]")).to_have_count(0)


@pytest.fixture
def plate(browser, who, shift, tmp_path):
    """A photo of a checkpoint's plate, and which checkpoint it is."""
    point = shift["checkpoints"][0]
    address = f"{who(SECRETARY).url}/patrol/checkpoints/{point['id']}/qr.svg"
    page = browser.new_page(viewport={"width": 500, "height": 500})
    svg = who(SECRETARY).http.get(address, timeout=10).text
    page.set_content(f"<style>svg {{ width: 400px; background: white }}</style>{svg[svg.index('<svg') :]}")
    photo = tmp_path / "plate.png"
    page.screenshot(path=photo)
    page.close()
    return photo, point


def test_a_photo_of_the_plate_checks_in(who, phone_of, shift, plate):
    photo, point = plate
    page = on_patrol(phone_of)

    page.get_by_role("button", name="扫二维码").click()
    page.locator("input[type=file]").set_input_files(photo)

    until(lambda: visited(who, shift) == [point["code"]])


def test_trouble_is_reported_without_a_photo(who, phone_of, shift):
    page = on_patrol(phone_of)

    page.get_by_role("link", name="报告隐患").click()
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_text("请选一种情况")).to_be_visible()
    page.get_by_text("路灯不亮").click()
    page.get_by_label("在哪里？").select_option(label=shift["checkpoints"][0]["name"])
    page.get_by_label("补充说明").fill("第三盏")
    page.get_by_role("button", name="提交报告").click()

    troubles = until(
        lambda: [t for t in who(SECRETARY).get("/patrol/board")["troubles"] if t["shift_id"] == shift["id"]]
    )
    assert [(t["kind"], t["words"]) for t in troubles] == [("lamp", "第三盏")]


def test_sos_needs_to_be_held_and_says_who_has_seen_it(who, phone_of, shift):
    page = on_patrol(phone_of)
    button = page.locator("[data-sos]")

    button.dispatch_event("pointerdown")
    page.wait_for_timeout(300)
    button.dispatch_event("pointerup")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not who(WALKER).get("/patrol/sos", open=1)["items"]

    button.dispatch_event("pointerdown")
    expect(page.get_by_role("dialog")).to_contain_text("求助已送到值班室和队友")
    [call] = who(WALKER).get("/patrol/sos", open=1)["items"]
    who(MATE).post(f"/patrol/sos/{call['id']}/acknowledge")
    expect(page.get_by_role("dialog")).to_contain_text(f"{MATE}已收到求助", timeout=30_000)

    page.get_by_role("button", name="我没事了").click()
    until(lambda: not who(WALKER).get("/patrol/sos", open=1)["items"])


def test_the_shift_ends_with_a_word_for_the_next_one(who, phone_of, shift):
    page = on_patrol(phone_of)

    page.get_by_role("button", name="结束巡逻").click()
    page.get_by_label("给下一班留句话").fill("东门路灯不亮")
    page.get_by_role("dialog").get_by_role("button", name="结束巡逻").click()

    expect(page.get_by_text("现在没有您的班次")).to_be_visible()
    ended = until(
        lambda: [s for s in who(WALKER).get("/patrol/me/shifts")["items"] if s["id"] == shift["id"] and s["ended_at"]]
    )
    assert ended[0]["handover"] == "东门路灯不亮"
