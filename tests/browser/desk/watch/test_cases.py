"""Cases at the desk: taken down on the telephone, given to a unit, paused, fixed, merged."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, LIAISON


def told(who, place: str, **facts) -> dict:
    """A case that was told on the telephone."""
    body = {"kind": "lamp", "zone": "C1", "place": place, "channel": "phone"} | facts
    slip = who(CLERK).put(f"/patrol/case-reports/{uuid4()}", body)
    return who(CLERK).get("/patrol/cases", number=slip["number"])["items"][0]


def test_a_call_is_taken_down_and_gets_a_number_to_read_out(who, desk_of):
    page, place = desk_of(), f"东口 {uuid4().hex[:6]}"
    page.goto("/desk/cases")
    page.get_by_role("link", name="登记一件").click()

    page.get_by_label("是什么情况").select_option("water")
    page.get_by_label("具体在哪里").fill(place)
    page.get_by_label("怎么称呼报的人").fill("贾宝玉")
    page.get_by_label("手机号").fill("13900000008")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("请先得到本人同意")).to_be_visible()
    page.get_by_label("本人同意").check()
    page.get_by_role("button", name="登记", exact=True).click()

    number = page.locator("[data-number]").inner_text().replace(" ", "")
    page.goto("/desk/cases")
    page.get_by_label("按编号找").fill(number)
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.get_by_role("heading", name=place)).to_be_visible()
    page.get_by_role("button", name="怎么联系").click()
    expect(page.get_by_role("link", name="13900000008")).to_be_visible()


def test_a_case_goes_to_a_unit_and_its_officer_pauses_and_fixes_it(who, desk_of):
    case = told(who, f"西口 {uuid4().hex[:6]}", kind="other")
    page = desk_of()
    page.goto(f"/desk/cases/{case['id']}")
    page.get_by_role("button", name="转给").click()
    page.get_by_role("dialog").get_by_label("谁来办").select_option(label="体工二大队党支部")
    page.get_by_role("dialog").get_by_role("button", name="转给").click()
    expect(page.get_by_text("由体工二大队党支部处理")).to_be_visible()

    officer = desk_of(LIAISON, "phone")
    officer.goto(f"/desk/cases/{case['id']}")
    officer.get_by_role("button", name="我们来办").click()
    officer.get_by_role("button", name="暂停").click()
    officer.get_by_role("dialog").get_by_label("等配件").check()
    officer.get_by_role("dialog").get_by_role("button", name="暂停").click()
    expect(officer.get_by_text("等配件").first).to_be_visible()
    officer.get_by_role("button", name="继续办").click()
    officer.get_by_role("button", name="修好了").click()
    officer.get_by_role("dialog").get_by_label("做了什么").fill("换了灯泡")
    officer.get_by_role("dialog").get_by_role("button", name="修好了").click()

    expect(officer.get_by_text("等报的人答复")).to_be_visible()
    assert who(CLERK).get(f"/patrol/cases/{case['id']}")["state"] == "fixed"


def test_two_that_are_one_are_merged(who, desk_of):
    one, other = told(who, f"北口 {uuid4().hex[:6]}"), told(who, f"北门 {uuid4().hex[:6]}")
    page = desk_of()
    page.goto(f"/desk/cases/{other['id']}")

    page.get_by_role("button", name="合并").click()
    page.get_by_role("dialog").get_by_label(one["place"]).check()
    page.get_by_role("dialog").get_by_role("button", name="合并").click()

    expect(page.get_by_role("heading", name=one["place"])).to_be_visible()
    assert who(CLERK).get(f"/patrol/cases/{other['id']}")["state"] == "merged"


def test_a_rule_says_who_sees_to_what(who, desk_of):
    page = desk_of()
    page.goto("/desk/cases/rules")
    page.get_by_role("button", name="加一条规则").click()
    dialog = page.get_by_role("dialog")

    dialog.get_by_label("是什么情况").select_option("lift")
    dialog.get_by_label("在哪里").select_option("C7")
    dialog.get_by_label("谁来办").select_option(label="体工二大队党支部")
    dialog.get_by_role("button", name="保存").click()

    expect(page.get_by_role("row").filter(has_text="电梯故障")).to_contain_text("体工二大队党支部")
    case = told(who, f"七号楼 {uuid4().hex[:6]}", kind="lift", zone="C7")
    assert case["unit"]["code"] == "U02"
    page.get_by_role("row").filter(has_text="电梯故障").get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page.get_by_role("row").filter(has_text="电梯故障")).to_have_count(0)
