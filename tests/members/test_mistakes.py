"""What can be wrong in a workbook, each told by sheet, row and column; and nothing of it is imported."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.members.domain import workbook
from tests.members.conftest import KEY, by_hand, cells


@pytest.fixture
def sheets(demo_workbook):
    """All cells of the demo set, to spoil by hand."""
    return cells(demo_workbook)


def told(answer) -> list[tuple]:
    return [(e["sheet"], e["row"], e["column"], e["code"]) for e in answer.json["errors"]]


def column(sheets, sheet: str, header: str) -> int:
    return sheets[sheet][0].index(header)


def test_fifty_wrong_rows_among_597_are_fifty_lines_and_nothing_is_imported(upload, apply, sheets, count):
    phone, unit = column(sheets, "党员", "手机"), column(sheets, "党员", "单位代码")
    for row in range(100, 125):
        sheets["党员"][row][phone] = "1380000"
        sheets["党员"][row + 100][unit] = "U99"

    checked = upload(by_hand(sheets))

    assert checked.json["counts"]["errors"] == 50
    assert told(checked)[0] == ("党员", 101, "手机", "bad_phone")
    assert told(checked)[49] == ("党员", 225, "单位代码", "unknown_unit")
    assert checked.json["errors"][0]["words"] == "不是有效的电话号码"
    assert checked.json["errors"][0]["value_masked"] == "138****0000"
    refused = apply(checked.json["id"])
    assert (refused.status_code, refused.json["title"], refused.json["count"]) == (409, "HasErrors", 50)
    assert (count("people"), count("units")) == (1, 0)


def test_more_errors_than_anybody_reads_are_counted(upload, sheets):
    for row in sheets["党员"][2:]:
        row[column(sheets, "党员", "类别")] = "党员"

    checked = upload(by_hand(sheets)).json

    assert checked["counts"]["errors"] == 597
    assert len(checked["errors"]) == 200


def test_a_missing_sheet(upload, sheets):
    del sheets["小区"]

    assert told(upload(by_hand(sheets))) == [("小区", 0, "", "missing_sheet")]


def test_a_merged_header(upload, sheets):
    assert told(upload(by_hand(sheets, merged=("党员", "A1:B1")))) == [("党员", 1, "A", "merged_header")]


def test_merged_rows(upload, sheets):
    assert ("党员", 5, "B", "merged_cell") in told(upload(by_hand(sheets, merged=("党员", "B5:B6"))))


def test_a_missing_and_an_unknown_column(upload, sheets):
    sheets["党员"][0][column(sheets, "党员", "类别")] = "身份"

    assert told(upload(by_hand(sheets))) == [
        ("党员", 1, "身份", "unknown_column"),
        ("党员", 1, "类别", "missing_column"),
    ]


@pytest.mark.parametrize(
    "header", ["民族", "宗教信仰", "身份证号", "政治面貌", "ethnicity", "ID card", "是否信访", "病史"]
)
def test_what_must_not_be_asked_for(upload, sheets, header):
    for row in sheets["党员"]:
        row.append(header if row is sheets["党员"][0] else "")

    assert told(upload(by_hand(sheets))) == [("党员", 1, header, "forbidden_column")]


def test_a_column_twice(upload, sheets):
    sheets["单位"][0].append("名称")

    assert told(upload(by_hand(sheets))) == [("单位", 1, "名称", "repeated_column")]


def test_a_phone_number_that_excel_made_a_float_of(upload, sheets):
    phone = column(sheets, "党员", "手机")
    sheets["党员"][10][phone] = 10000000009.0
    sheets["党员"][11][phone] = 10000000010.5

    checked = upload(by_hand(sheets))

    assert told(checked) == [("党员", 12, "手机", "not_whole")]


def test_a_member_twice(upload, sheets):
    sheets["党员"].append(list(sheets["党员"][20]))
    sheets["党员"].append(["", "另一人", "", "", "在职", "U02", "", "", "", "", "", "", ""])
    sheets["党员"].append(["", "另一人", "", "", "在职", "U02", "", "", "", "", "", "", ""])

    assert told(upload(by_hand(sheets))) == [
        ("党员", 600, "编号", "duplicate"),
        ("党员", 600, "手机", "duplicate"),
        ("党员", 602, "姓名", "duplicate"),
    ]


def test_a_number_that_somebody_else_has(imported, upload, sheets):
    sheets["党员"].append(["D9999", "冒名者", sheets["党员"][2][2], "", "在职", "U02", "", "", "", "", "", "", ""])
    del sheets["党员"][2]

    assert told(upload(by_hand(sheets))) == [("党员", 599, "手机", "phone_taken")]


def test_homes_that_are_not_there(upload, sheets):
    rows = sheets["党员"]
    start = column(sheets, "党员", "小区代码")
    rows[2][start : start + 3] = ["C77", "", ""]
    rows[3][start : start + 3] = ["C1", "77", ""]
    rows[4][start : start + 3] = ["C1", "", "1"]
    rows[5][start : start + 3] = ["", "1号楼", ""]
    rows[6][start : start + 3] = ["C1", 6.0, 3.0]  # as numbers: a right one

    assert told(upload(by_hand(sheets))) == [
        ("党员", 3, "小区代码", "unknown_place"),
        ("党员", 4, "楼栋", "unknown_place"),
        ("党员", 5, "楼栋", "place_needs_outer"),
        ("党员", 6, "小区代码", "place_needs_outer"),
    ]


def test_an_organisation_that_does_not_hold_together(upload, sheets):
    rows, places = sheets["组织"], sheets["小区"]
    named = {row[0]: row for row in rows}
    headers = ("上级代码", "单位代码", "地点代码", "负责人编号", "副职编号")
    above, unit, where, leader, deputy = (column(sheets, "组织", header) for header in headers)
    named["B1"][above] = "C1-S1"
    named["C2-G"][above] = "NO"
    named["C3-G"][where] = "C3,C33"
    named["C4-G"][leader] = "D7777"
    named["C5-G"][deputy] = named["C5-G"][leader]
    named["C6-G"][above] = "L1"
    named["U01-P"][unit] = "U77"
    named["U02-P"][unit] = ""
    named["L1"][column(sheets, "组织", "截止日期")] = "2012/1/1"
    places[3][column(sheets, "小区", "上级代码")] = "C1-B1-E2"
    places[4][column(sheets, "小区", "上级代码")] = ""

    codes = {(row, code) for _, row, _, code in told(upload(by_hand(sheets)))}

    number = {code: rows.index(row) + 1 for code, row in named.items()}
    expected = {
        (number["B1"], "parent_loop"), (number["C2-G"], "unknown_parent"), (number["C3-G"], "unknown_place"),
        (number["C4-G"], "unknown_member"), (number["C5-G"], "same_person"), (number["C6-G"], "wrong_parent"),
        (number["U01-P"], "unknown_unit"), (number["U02-P"], "required"), (number["L1"], "bad_dates"),
        (4, "wrong_parent"), (5, "required"),
    }  # fmt: skip
    assert expected <= codes


def test_what_is_no_workbook(upload):
    for content in (b"", b"PK\x03\x04 nonsense", b"%PDF-1.7", zipped({"a.txt": b"hello"})):
        answer = upload(content)
        assert (answer.status_code, answer.json["title"]) == (422, "NotAWorkbook")


def test_a_workbook_that_is_damaged_inside(upload):
    answer = upload(zipped({"xl/workbook.xml": b"<work", "[Content_Types].xml": b"<"}))

    assert answer.json["state"] == "failed"
    assert answer.json["errors"][0]["words"] == "文件已损坏，无法读取"


def test_a_workbook_that_unpacks_to_a_mountain(upload):
    answer = upload(zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(200 * 1024 * 1024)}))

    assert answer.json["title"] == "NotAWorkbook"


def test_a_cell_in_the_last_corner_is_not_read_as_a_billion(upload, sheets):
    content = BytesIO(by_hand(sheets))
    with ZipFile(content) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    files["xl/worksheets/sheet4.xml"] = files["xl/worksheets/sheet4.xml"].replace(b"</sheetData>", corner)

    assert told(upload(zipped(files))) == [("", 0, "", "too_many_rows")]


def test_a_file_of_twenty_megabytes_is_refused_before_it_is_read(members, clerk):
    class Endless:
        """Whoever reads this to its end has not looked at its length."""

        read_so_far = 0

        def read(self, size=-1):
            self.read_so_far += size if size > 0 else 1 << 30
            assert self.read_so_far < 1024 * 1024
            return b"x" * max(size, 0)

    body = Endless()
    sent = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(20 * 1024 * 1024),
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
    }
    answer = members.post("/imports", headers={**clerk, KEY: "0123456789"}, environ_overrides=sent)

    assert (answer.status_code, answer.json["title"], answer.json["max"]) == (413, "TooLarge", 10 * 1024 * 1024)


def test_a_file_just_too_large(members, clerk):
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n%s\r\n--b--\r\n'
    body = part % (b"x" * (10 * 1024 * 1024 + 1))

    answer = members.post(
        "/imports", headers={**clerk, KEY: "0123456789"}, data=body, content_type="multipart/form-data; boundary=b"
    )

    assert (answer.status_code, answer.json["title"]) == (413, "TooLarge")


def test_an_upload_without_a_file_or_key(members, clerk):
    assert members.post("/imports", headers={**clerk, KEY: "0123456789"}).status_code == 422
    without_key = members.post("/imports", headers=clerk, data={"file": (BytesIO(b"x"), "x.xlsx")})
    assert (without_key.status_code, without_key.json["title"]) == (400, "IdempotencyKeyRequired")


def test_a_name_that_looks_like_a_formula_stays_a_name(upload, apply, records, members, clerk):
    records["person"][30]["name"] = '=HYPERLINK("http://a","b")'
    apply(upload(workbook.written(records)).json["id"])

    exported = cells(members.get("/export.xlsx", headers=clerk).data)

    assert exported["党员"][32][1] == '=HYPERLINK("http://a","b")'


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
