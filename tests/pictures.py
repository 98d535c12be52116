"""The README's walk in a real browser, which leaves the README's pictures behind: python -m tests.pictures"""

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.stack import PROJECT, SECRETARY, Stack, stack, until

PICTURES = PROJECT / "docs" / "pictures"
PHONE, DESK = ViewportSize(width=390, height=780), ViewportSize(width=1280, height=800)
CLERK, VOLUNTEER, LEADER = "10000000002", "10000000006", "10000000005"
SHORT = {"CHECK_IN_EVERY_MINUTES": "0.3", "WELFARE_MINUTES": "0.05,0.1,0.2", "LADDER_MINUTES": "0.5,1,1.5"}


def walk(product: Stack, browser: Browser) -> None:
    """Take the walk, step by step as the README has it."""
    desk, phone = _page(browser, product, DESK), _page(browser, product, PHONE)
    _sign_in(product, desk, CLERK)
    expect(desk.get_by_text("等您审核").first).to_be_visible()
    expect(desk.get_by_text("您好，赵启明。")).to_have_count(0)  # the greeting at the top is gone again
    _take(desk, "1-today")
    activity = _post(product)
    _publish(desk, activity)
    _sign_in(product, phone, VOLUNTEER)
    _read_and_sign_up(phone, activity)
    _roster(product)
    _check_in_offline(phone)
    desk.goto("/desk/board")
    expect(desk.get_by_text("夜安一队").first).to_be_visible()
    _take(desk, "4-board")
    _compose(browser, "4-board", "4-waiting")
    leader = _page(browser, product, PHONE)
    _sign_in(product, leader, LEADER)
    _fall_silent(leader)
    _match(product, desk)
    _look_at_what_units_do_together(desk, phone, _page(browser, product, PHONE))


def _post(product: Stack) -> dict:
    starts = datetime.now(UTC) + timedelta(hours=3)
    return product.key("U02").post(
        "/events/activities",
        {
            "title": "操场晚间健身操",
            "kind": "sport",
            "form": "on_site",
            "place": "体工二大队操场",
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=1)).isoformat(),
            "capacity": 40,
            "audience": {"everyone": True},
            "submit": True,
        },
    )


def _publish(desk: Page, activity: dict) -> None:
    desk.goto(f"/desk/activities/{activity['id']}")
    expect(desk.get_by_text(re.compile(r"（\d+ 人）"))).to_be_visible()
    desk.get_by_role("button", name="发布", exact=True).click()
    expect(desk.get_by_role("dialog")).to_contain_text("将通知")
    _take(desk, "2-publish")
    desk.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(desk.get_by_text("已发布").first).to_be_visible()


def _read_and_sign_up(phone: Page, activity: dict) -> None:
    phone.goto("/inbox")
    expect(phone.get_by_text(activity["title"]).first).to_be_visible(timeout=30_000)
    _take(phone, "3-inbox")
    phone.goto(f"/activities/{activity['id']}")
    phone.get_by_role("button", name="报名").click()
    expect(phone.get_by_text("已报名").first).to_be_visible()
    expect(phone.get_by_text("报名成功")).to_have_count(0, timeout=15_000)
    _take(phone, "3-activity")


def _roster(product: Stack) -> None:
    clerk = product.person(SECRETARY)  # she may do what a clerk may
    squad = next(s for s in clerk.get("/patrol/squads")["items"] if s["name"] == "夜安一队")
    now = datetime.now(UTC)
    plan = {"squad_id": squad["id"], "starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=1)).isoformat()}
    ids = [member["person_id"] for member in squad["members"] if member["name"] in ("郭建国", "苏红梅")]
    clerk.post("/patrol/shifts", plan | {"crew": ids})


def _check_in_offline(phone: Page) -> None:
    phone.goto("/patrol")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.get_by_role("button", name="开始巡逻").click()
    expect(phone.get_by_text("进行中")).to_be_visible()
    phone.context.set_offline(True)
    phone.locator("[data-point] button").first.click()
    expect(phone.locator("[data-waiting]")).to_contain_text("待上传")
    phone.reload()
    expect(phone.locator("[data-waiting]")).to_contain_text("待上传")
    _take(phone, "4-waiting")
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.locator("[data-waiting]")).to_have_count(0, timeout=30_000)


def _fall_silent(phone: Page) -> None:
    phone.goto("/inbox")
    words = phone.get_by_text(re.compile("夜安一队.*没有|没有.*消息")).first
    expect(words).to_be_visible(timeout=90_000)
    words.click()
    _take(phone, "5-silent")
    phone.get_by_role("button", name=re.compile("平安|收到|我来")).first.click()
    expect(phone.get_by_text(re.compile("已回复|已应答|您回复了"))).to_be_visible()
    _take(phone, "5-answered")


def _match(product: Stack, desk: Page) -> None:
    [need] = product.person(SECRETARY).get("/events/needs", q="青少年小组活动室")["items"]
    desk.goto(f"/desk/needs/{need['id']}")
    expect(desk.get_by_text("同一个小区").first).to_be_visible(timeout=15_000)
    _take(desk, "6-matches")


def _look_at_what_units_do_together(desk: Page, phone: Page, passer_by: Page) -> None:
    """What nobody gives yet and who could; what a volunteer gave; what is open, for whoever has no account."""
    desk.goto("/desk/hall/services")
    expect(desk.get_by_text("空着").first).to_be_visible(timeout=15_000)
    _take(desk, "6-services")
    phone.goto("/me/hours")
    expect(phone.get_by_text("楼道清理义务劳动")).to_be_visible(timeout=15_000)
    _take(phone, "6-hours")
    passer_by.goto("/board")
    expect(passer_by.get_by_text("大家都能参加的活动")).to_be_visible()
    _take(passer_by, "6-board")


def _page(browser: Browser, product: Stack, size: ViewportSize) -> Page:
    small = size["width"] < 768
    context = browser.new_context(
        base_url=product.url,
        viewport=size,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=small,
    )
    return context.new_page()


def _sign_in(product: Stack, page: Page, number: str) -> None:
    before = len(product.sent("sms", number))
    page.goto("/sign-in")
    page.locator("input[type=tel]").fill(number)
    page.locator("form button[type=submit]").click()
    message = until(lambda: product.sent("sms", number)[before:])[-1]
    [code] = re.findall(r"\d{6}", message["content"]["TemplateParam"])
    page.locator("input[autocomplete=one-time-code]").fill(code)
    page.locator("form button[type=submit]").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.wait_for_load_state("networkidle")


def _take(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def _compose(browser: Browser, desk: str, phone: str) -> None:
    """The picture at the top: a desk and a phone side by side."""
    pictures = [b64encode((PICTURES / f"{name}.png").read_bytes()).decode() for name in (desk, phone)]
    page = browser.new_page(viewport={"width": 1500, "height": 720})
    images = "".join(f'<img src="data:image/png;base64,{picture}">' for picture in pictures)
    page.set_content(
        "<style>body{margin:0;display:flex;gap:32px;padding:24px;background:#efe9e4;align-items:center}"
        "img{height:660px;border-radius:14px;box-shadow:0 4px 24px #0003}</style>" + images
    )
    page.screenshot(path=PICTURES / "board-and-phone.png")
    page.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        stack(Path(folder, "data"), **SHORT) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        walk(product, browser)
        browser.close()


if __name__ == "__main__":
    main()
