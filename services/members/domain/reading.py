"""From the bytes of a workbook to records, and every mistake by sheet, row and column.

A workbook comes from outside: unpacking.py measures it before anything reads it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from services.members.domain import unpacking
from services.members.domain.cells import CellError, plain
from services.members.domain.words import sentence
from services.members.domain.workbook import DEFAULTS, FIRST_ROW, SHEETS, Column, Record, Sheet
from shared import phones
from shared.errors import Problem

MOST_ROWS = 20_000
MOST_COLUMNS = 100

#: What members must never be asked for (docs/security.md), in Chinese, English and pinyin.
FORBIDDEN = re.compile(
    r"民族|宗教|信仰|政治面貌|身份证|证件号|护照|籍贯|户籍|残疾|疾病|病史|诊断|艾滋|精神|心理|吸毒|戒毒|涉毒|前科|犯罪|刑满|矫正|信访|上访"
    r"|维稳|稳控|风险|评分|积分|排名|人脸|指纹|生物|房东|租客|车牌|定位|轨迹|照片"
    r"|ethnic|nationality|minzu|religio|zongjiao|passport|id.?card|shenfenzheng|disab|diagnos|disease|criminal|petition|face|finger|score|rank",
    re.IGNORECASE,
)


class NotAWorkbook(Problem):
    """That file is not an Excel workbook (.xlsx)."""

    status = 422


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a workbook, where a person will find it. Row 0: the sheet or the column itself."""

    sheet: str
    row: int
    column: str
    code: str
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        masked = mask(self.value)
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "value_masked": masked,
            "params": self.params,
            "words": sentence(self.code, self.params),
        }


@dataclass(frozen=True)
class Row:
    """A row that could be read."""

    number: int  # as Excel counts
    record: Record


@dataclass
class Reading:
    """What stands in a workbook."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    seen: int = 0  # rows, those with mistakes too


def look(content: bytes) -> None:
    """Refuse what is no workbook, without reading it."""
    try:
        names = unpacking.names(content)
    except unpacking.Unreadable:
        raise NotAWorkbook from None
    if "xl/workbook.xml" not in names:
        raise NotAWorkbook


def read(content: bytes) -> Reading:
    """All rows and all mistakes. Raises NotAWorkbook."""
    look(content)
    reading = Reading()
    try:
        measured = unpacking.repacked(content, rows=MOST_ROWS + FIRST_ROW, columns=MOST_COLUMNS)
        book = CalamineWorkbook.from_filelike(measured)
    except unpacking.TooFar:
        reading.mistakes.append(Mistake("", 0, "", "too_many_rows", params={"max": MOST_ROWS}))
        return reading
    except (unpacking.Unreadable, CalamineError):
        raise NotAWorkbook from None
    for sheet in SHEETS:
        reading.rows[sheet.kind] = []
        if sheet.name not in book.sheet_names:
            reading.mistakes.append(Mistake(sheet.name, 0, "", "missing_sheet"))
            continue
        _read_sheet(sheet, _page(book, sheet.name), reading)
    return reading


def _page(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except CalamineError:
        raise NotAWorkbook from None


def mask(value: str) -> str:
    """Enough of a value to find it again, too little to be one: errors are kept longer than the file."""
    if len(digits := re.sub(r"\D", "", value)) >= 7:
        return phones.masked(f"86{digits}")
    if not value or re.fullmatch(r"[A-Za-z]{1,3}\d[A-Za-z0-9-]{0,10}", value):  # a code
        return value
    return value[0] + "*" * min(len(value) - 1, 3)


def _read_sheet(sheet: Sheet, page: CalamineSheet, reading: Reading) -> None:
    lines = page.to_python(skip_empty_area=False)
    if len(lines) > MOST_ROWS + FIRST_ROW:
        reading.mistakes.append(Mistake(sheet.name, 0, "", "too_many_rows", params={"max": MOST_ROWS}))
        return
    if merged := _merged(sheet, page):
        reading.mistakes.extend(merged)
        return
    columns, mistakes = _columns(sheet, lines[0] if lines else [])
    reading.mistakes.extend(mistakes)
    if mistakes:
        return
    for number, line in enumerate(lines[FIRST_ROW - 1 :], start=FIRST_ROW):
        if any(cell != "" for cell in line):
            _read_row(sheet, columns, number, line, reading)


def _merged(sheet: Sheet, page: CalamineSheet) -> list[Mistake]:
    """Merged cells hide to which row or column a value belongs; only those of the comment row do no harm."""
    found = []
    for (top, left), (bottom, _) in page.merged_cell_ranges or []:
        column = _letters(left)
        if top == 0:
            found.append(Mistake(sheet.name, 1, column, "merged_header"))
        elif bottom >= FIRST_ROW - 1:
            found.append(Mistake(sheet.name, max(top + 1, FIRST_ROW), column, "merged_cell"))
    return found


def _columns(sheet: Sheet, headers: list) -> tuple[list[tuple[int, Column]], list[Mistake]]:
    known = {column.header: column for column in sheet.columns}
    found: dict[str, int] = {}
    mistakes = []
    for index, raw in enumerate(headers):
        header = re.sub(r"\s", "", str(raw)).removesuffix("*")
        if not header:
            continue
        code = "repeated_column" if header in found else "" if header in known else "unknown_column"
        if FORBIDDEN.search(header):
            code = "forbidden_column"
        if code:
            mistakes.append(Mistake(sheet.name, 1, str(raw).strip()[:40], code))
        found[header] = index
    mistakes += [Mistake(sheet.name, 1, header, "missing_column") for header in known if header not in found]
    return [(found[header], column) for header, column in known.items() if header in found], mistakes


def _read_row(sheet: Sheet, columns: list[tuple[int, Column]], number: int, line: list, reading: Reading) -> None:
    reading.seen += 1
    record: Record = {}
    mistakes = []
    for index, column in columns:
        raw = line[index] if index < len(line) else ""
        try:
            value = column.cell.read(raw)
        except CellError as error:
            mistakes.append(Mistake(sheet.name, number, column.header, error.code, _seen(raw), error.params))
            continue
        if value is None:
            value = DEFAULTS.get(column.field)
        if value is None and column.required:
            mistakes.append(Mistake(sheet.name, number, column.header, "required"))
        record[column.field] = value
    if mistakes:
        reading.mistakes.extend(mistakes)
        record = {name: record.get(name) for name in record} | {"wrong": True}
    reading.rows[sheet.kind].append(Row(number, record))


def _seen(raw: Any) -> str:
    try:
        return plain(raw)
    except CellError:
        return str(raw)


def _letters(index: int) -> str:
    """The name of a column as Excel shows it."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name
