"""The register comes in as a workbook: checked first, as a whole or not at all, and back out."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import CLERK, member


@pytest.fixture
def imports(desk_of):
    page = desk_of(CLERK)
    page.goto("/desk/people/imports")
    return page


def upload(page, path) -> None:
    page.get_by_label("表格文件").set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()


def test_a_wrong_file_is_said_at_once_and_not_sent(imports, tmp_path):
    (tmp_path / "名册.txt").write_text("不是表格")
    sent = []
    imports.on("request", lambda request: sent.append(request.method) if "/imports" in request.url else None)

    upload(imports, tmp_path / "名册.txt")

    expect(imports.get_by_role("alert")).to_have_text("这不是 xlsx 表格，请在表格软件里另存为 xlsx 再选。")
    assert "POST" not in sent


def test_what_only_looks_like_a_workbook_is_said_at_the_field(imports, tmp_path):
    (tmp_path / "名册.xlsx").write_text("不是表格")

    upload(imports, tmp_path / "名册.xlsx")

    expect(imports.get_by_role("alert")).to_contain_text("这不是表格文件")


def test_mistakes_stand_by_sheet_row_and_column_and_nothing_can_be_applied(imports, written):
    upload(imports, written(member(name="没有单位的人", unit="U99"), member(name="号码不对的人", phone="12")))

    expect(imports.locator("[data-count=errors]")).to_have_text("2")
    mistakes = imports.get_by_role("table", name="要改的地方").get_by_role("row")
    expect(mistakes.nth(1)).to_contain_text("党员")
    expect(mistakes.nth(1)).to_contain_text("第 3 行")
    expect(mistakes.nth(1)).to_contain_text("单位代码")
    expect(mistakes.nth(1)).to_contain_text("没有这个单位代码")
    expect(mistakes.nth(2)).to_contain_text("不是有效的电话号码")
    expect(imports.get_by_role("button", name="确认导入")).to_be_disabled()


def test_a_good_workbook_is_applied_and_undone(imports, written):
    name = f"新人{uuid4().hex[:4]}"
    upload(imports, written(member(name=name)))

    expect(imports.locator("[data-count=new]")).to_have_text("1")
    imports.get_by_role("button", name="确认导入").click()
    imports.get_by_role("link", name="查看人员").click()
    imports.get_by_role("searchbox", name="姓名，或完整手机号").fill(name)
    expect(imports.get_by_role("link", name=name)).to_be_visible()

    imports.go_back()
    imports.get_by_role("button", name="撤回这次导入").click()
    imports.get_by_role("dialog").get_by_role("button", name="撤回这次导入").click()
    expect(imports.get_by_text("这次导入已撤回")).to_be_visible()
    imports.goto(f"/desk/people?q={name}")
    expect(imports.get_by_text("没有找到这样的人")).to_be_visible()


def test_a_member_is_found_by_the_whole_number_which_is_shown_masked(imports):
    imports.goto("/desk/people")

    imports.get_by_role("searchbox", name="姓名，或完整手机号").fill("100 0000 0005")

    expect(imports.get_by_role("table").get_by_role("row")).to_have_count(2)
    row = imports.get_by_role("row").filter(has_text="郭建国")
    expect(row).to_contain_text("100****0005")
    row.get_by_role("link").click()
    expect(imports.get_by_text("10000000005")).to_be_visible()
