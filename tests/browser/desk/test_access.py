"""Who finds what at the desk."""

from playwright.sync_api import expect

from tests.browser.desk.conftest import LIAISON, SECRETARY


def test_the_secretary_gives_a_role_for_a_time_and_takes_it_back(desk_of):
    page = desk_of(SECRETARY)
    page.goto("/desk/people?q=高秀英")
    page.get_by_role("link", name="高秀英").first.click()

    page.get_by_role("button", name="授予权限").click()
    page.get_by_role("dialog").get_by_label("权限", exact=True).select_option(label="值班室")
    page.get_by_role("dialog").get_by_label("到哪一天为止").fill("2099-01-01")
    page.get_by_role("dialog").get_by_role("button", name="授予权限").click()

    roles = page.get_by_role("table", name="权限")
    expect(roles.get_by_text("值班室")).to_be_visible()
    expect(roles.get_by_text("2099年1月1日")).to_be_visible()

    roles.get_by_role("button", name="收回").click()
    page.get_by_role("dialog").get_by_role("button", name="收回").click()
    expect(page.get_by_text("没有特别的权限")).to_be_visible()


def test_an_officer_of_a_unit_sees_that_unit_only(desk_of):
    page = desk_of(LIAISON)
    page.goto("/desk")
    menu = page.get_by_role("navigation", name="主要栏目")

    expect(menu.get_by_role("link")).to_have_text(
        ["今日", "人员与导入", "活动", "场地", "讲堂与服务", "三张清单", "报修与隐患", "单位与密钥"]
    )

    menu.get_by_role("link", name="单位与密钥").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="体工二大队党支部")).to_be_visible()

    menu.get_by_role("link", name="人员与导入").click()
    expect(page.get_by_role("cell").filter(has_text="体工二大队党支部").first).to_be_visible()
    expect(page.get_by_role("cell").filter(has_text="三顺店社区党支部")).to_have_count(0)

    page.goto("/desk/board")
    page.wait_for_url(lambda url: "board" not in url)
