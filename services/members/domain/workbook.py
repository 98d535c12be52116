"""The Excel workbook in which a register comes and goes: its sheets, its columns, and how it is written.

Row 1 is the header, row 2 explains each column and is not read, then a row a unit, place, node, member.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO

import xlsxwriter

from services.members.domain import words
from services.members.domain.cells import Choice, Choices, Code, Codes, Day, Email, Phone, Text, Whole

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_ROW = 3  # of the rows that are read, as Excel counts

#: Stands in every workbook as its date, so that the same register gives the same bytes.
MADE = datetime(2012, 10, 31, tzinfo=UTC)

Record = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its header, the field of a record that it holds, the kind of its cells."""

    header: str
    field: str
    cell: Text
    words: str  # what stands in the comment row
    required: bool = False
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, what its records are, and its columns."""

    name: str
    kind: str  # unit, place, node, person
    columns: tuple[Column, ...]

    def header_of(self, field: str) -> str:
        return next(column.header for column in self.columns if column.field == field)


def _any(choices: Mapping[Any, str]) -> str:
    return "、".join(choices.values())


UNITS = Sheet(
    "单位",
    "unit",
    (
        Column("代码", "code", Code(), "必填，唯一，如 U02", required=True),
        Column("名称", "name", Text(100), "必填，党支部全称", required=True, width=30),
        Column("类型", "kind", Choice(words=words.UNIT_KINDS), f"必填：{_any(words.UNIT_KINDS)}", required=True),
        Column("需审核", "needs_approval", Choice(words=words.YES_NO), "是/否：活动发布前是否由社区审核；空=是"),
    ),
)
PLACES = Sheet(
    "小区",
    "place",
    (
        Column("代码", "code", Code(), "必填，唯一，如 C1、C1-B3、C1-B3-E2", required=True),
        Column("类型", "kind", Choice(words=words.PLACE_KINDS), "必填：小区、楼栋、单元", required=True),
        Column("名称", "name", Text(50), "必填，如 体院家属院、3号楼、2单元", required=True, width=22),
        Column("上级代码", "parent", Code(), "楼栋填小区代码，单元填楼栋代码，小区留空"),
        Column("户数", "households", Whole(), "整数"),
    ),
)
NODES = Sheet(
    "组织",
    "node",
    (
        Column("代码", "code", Code(), "必填，唯一，如 C1-Z1", required=True),
        Column("条线", "line", Choice(words=words.LINES), "必填：纵向、横向", required=True),
        Column("类型", "kind", Choice(words=words.NODE_KINDS), f"必填：{_any(words.NODE_KINDS)}", required=True),
        Column("名称", "name", Text(100), "必填", required=True, width=26),
        Column("上级代码", "parent", Code(), "本表中的代码；最上级留空"),
        Column("单位代码", "unit", Code(), "单位党组织填所属单位的代码"),
        Column("地点代码", "places", Codes(), "负责的小区或单元，多个用逗号分开", width=26),
        Column("负责人编号", "leader", Code(), "党员表中的编号；单位党组织填联络员"),
        Column("副职编号", "deputy", Code(), "党员表中的编号；单位党组织填副联络员"),
        Column("起始日期", "valid_from", Day(), "如 2012-10-31；空=导入当天"),
        Column("截止日期", "valid_until", Day(), "从这一天起不再存在；空=长期"),
    ),
)
PEOPLE = Sheet(
    "党员",
    "person",
    (
        Column("编号", "number", Code(), "唯一；新党员可留空，由系统编号"),
        Column("姓名", "name", Text(50), "必填", required=True),
        Column("手机", "phone", Phone(), "文本格式，用于登录和通知", width=16),
        Column("邮箱", "email", Email(), "可留空", width=26),
        Column("类别", "category", Choice(words=words.CATEGORIES), f"必填：{_any(words.CATEGORIES)}", required=True),
        Column("单位代码", "unit", Code(), "必填，组织关系所在单位", required=True),
        Column("小区代码", "compound", Code(), "住在辖区内的填写"),
        Column("楼栋", "building", Text(50), "小区表中的名称或数字，如 3号楼 或 3"),
        Column("单元", "entrance", Text(50), "小区表中的名称或数字，如 2单元 或 2"),
        Column("责任区代码", "zone", Code(), "组织表中类型为责任区的代码"),
        Column("技能", "skills", Choices(words=words.SKILLS), f"自愿申报，顿号分开：{_any(words.SKILLS)}", width=26),
        Column("小组", "groups", Codes(), "组织表中的代码，多个用逗号分开", width=26),
        Column("语言", "language", Choice(words=words.LANGUAGES), "中文、英文；空=中文"),
    ),
)
SHEETS = (UNITS, PLACES, NODES, PEOPLE)

#: What an empty cell means, where it means something.
DEFAULTS = {"needs_approval": True, "language": "zh", "households": 0}


def write(records: Mapping[str, Iterable[Record]], to: BinaryIO | str) -> None:
    """Write a workbook of *records* by kind of sheet."""
    book = xlsxwriter.Workbook(to, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    header = book.add_format({"bold": True, "bg_color": "#f3d9d4", "num_format": "@"})
    comment = book.add_format({"italic": True, "font_color": "#666666", "text_wrap": True, "valign": "top"})
    as_text = book.add_format({"num_format": "@"})
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(2, 0)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width, as_text)
            page.write_string(0, number, column.header, header)
            page.write_string(1, number, column.words, comment)
        for row, record in enumerate(records.get(sheet.kind, ()), start=FIRST_ROW - 1):
            for number, column in enumerate(sheet.columns):
                if text := column.cell.write(record.get(column.field)):
                    page.write_string(row, number, text, as_text)
    book.close()


def written(records: Mapping[str, Iterable[Record]]) -> bytes:
    """The same as bytes."""
    buffer = BytesIO()
    write(records, buffer)
    return buffer.getvalue()
