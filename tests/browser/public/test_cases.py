"""Without an account: something is reported with a photo, and seen by number and PIN."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.patrol import pictures
from tests.stack import until

CLERK = "赵启明"


def reported(page, place: str, *, photo: bytes | None = None) -> tuple[str, str]:
    """Number and PIN of what was reported on the page."""
    page.goto("/tell")
    page.get_by_text("路灯不亮").click()
    page.get_by_label("具体在哪里").fill(place)
    if photo:
        page.locator("[data-photo]").set_input_files({"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": photo})
        expect(page.get_by_text("灯.jpg")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-slip]")).to_be_visible()
    number = page.locator("[data-number]").inner_text().replace(" ", "")
    return number, page.locator("[data-pin]").inner_text()


def test_a_resident_reports_with_a_photo_and_confirms_by_number_and_pin(who, phone_page):
    number, pin = reported(phone_page, f"南口 {uuid4().hex[:6]}", photo=pictures.from_a_phone())
    [case] = who(CLERK).get("/patrol/cases", number=number)["items"]
    [photo] = until(lambda: who(CLERK).get(f"/patrol/cases/{case['id']}")["photos"])  # it follows what was written
    assert photo["part"] == "found"
    who(CLERK).post(f"/patrol/cases/{case['id']}/fix", {"words": "换了灯泡"})

    phone_page.get_by_role("link", name="看看办得怎么样").click()
    phone_page.get_by_label("密码").fill(f"{(int(pin) + 1) % 1_000_000:06}")
    phone_page.get_by_role("button", name="查看").click()
    expect(phone_page.get_by_text("还可以试 4 次")).to_be_visible()
    phone_page.get_by_label("密码").fill(pin)
    phone_page.get_by_role("button", name="查看").click()
    expect(phone_page.get_by_text("换了灯泡").first).to_be_visible()
    phone_page.get_by_role("button", name="修好了", exact=True).click()

    expect(phone_page.get_by_text("已确认修好")).to_be_visible()
    assert who(CLERK).get(f"/patrol/cases/{case['id']}")["state"] == "confirmed"


def test_what_is_missing_is_said_at_its_field_and_what_was_written_stays(phone_page):
    phone_page.goto("/tell")
    phone_page.get_by_label("补充说明").fill("晚上很黑")
    phone_page.get_by_role("button", name="提交").click()
    expect(phone_page.get_by_text("请填写这一项").first).to_be_visible()

    phone_page.get_by_text("路灯不亮").click()
    phone_page.get_by_label("具体在哪里").fill(f"北口 {uuid4().hex[:6]}")
    phone_page.get_by_text("想收到短信").click()
    phone_page.get_by_label("手机号").fill("123")
    phone_page.get_by_label("我同意").check()
    phone_page.get_by_role("button", name="提交").click()

    expect(phone_page.get_by_text("电话号码不对")).to_be_visible()
    expect(phone_page.get_by_label("补充说明")).to_have_value("晚上很黑")


def test_what_is_no_picture_is_said_and_the_report_stands(phone_page):
    reported(phone_page, f"西口 {uuid4().hex[:6]}", photo=b"no picture at all")

    expect(phone_page.get_by_text("这不是照片")).to_be_visible()
    expect(phone_page.locator("[data-number]")).to_be_visible()


def test_who_is_not_signed_in_reports_without_an_account(phone_page):
    phone_page.goto("/report")

    expect(phone_page.get_by_role("heading", name="告诉我们哪里坏了")).to_be_visible()
