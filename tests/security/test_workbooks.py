"""Workbooks that somebody built to hurt. What tests/members/test_mistakes.py has is not here again."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from demo import workbook as demo
from services.members.domain import workbook
from services.members.domain.reading import NotAWorkbook, read

SHEET, STRINGS = "xl/worksheets/sheet4.xml", "xl/sharedStrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
FAR = b"<row r=%(q)s1048576%(q)s><c r=%(q)sXFD1048576%(q)s><v>1</v></c></row></sheetData>"


@pytest.fixture
def files(server) -> dict[str, bytes]:
    """What a harmless workbook is made of."""
    few = {kind: list(records)[:5] for kind, records in demo.records().items()}
    with ZipFile(BytesIO(workbook.written(few))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes], packing: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_far_cell(sheet: bytes, quote: bytes = b'"') -> bytes:
    return sheet.replace(b"</sheetData>", FAR % {b"q": quote})


def codes(content: bytes) -> list[str]:
    return [mistake.code for mistake in read(content).mistakes]


def test_taken_apart_and_put_together_again_a_workbook_says_the_same(files):
    reading = read(zipped(files))

    assert [len(rows) for rows in reading.rows.values()] == [5, 5, 5, 5]


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_cell_in_the_last_corner_however_it_is_quoted(files, quote):
    assert codes(zipped(files | {SHEET: with_far_cell(files[SHEET], quote)})) == ["too_many_rows"]


def test_a_cell_in_the_last_corner_of_a_sheet_that_lies_elsewhere(files):
    sheet = with_far_cell(files.pop(SHEET))
    relations = files[RELATIONS].replace(b"worksheets/sheet4.xml", b"hidden/sheet4.xml")

    assert codes(zipped(files | {"xl/hidden/sheet4.xml": sheet, RELATIONS: relations})) == ["too_many_rows"]


def test_a_cell_in_the_last_corner_under_another_prefix(files):
    sheet = with_far_cell(files[SHEET])
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v"):
        sheet = re.sub(rb"<(/?)%s(?=[ />])" % tag, rb"<\1x:%s" % tag, sheet)
    sheet = sheet.replace(b"xmlns=", b"xmlns:x=")

    assert codes(zipped(files | {SHEET: sheet})) == ["too_many_rows"]


def test_rows_that_do_not_say_which_they_are_are_counted(files):
    rows = b"<row/>" * 30_000 + b"<row><c><v>1</v></c></row></sheetData>"

    assert codes(zipped(files | {SHEET: files[SHEET].replace(b"</sheetData>", rows)})) == ["too_many_rows"]


def test_cells_that_hold_nothing_do_no_harm(files):
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'

    assert codes(zipped(files | {SHEET: files[SHEET].replace(b"</sheetData>", far)})) == []


def test_a_zip_that_lies_about_its_size(files):
    whole = with_far_cell(files[SHEET])
    shown = whole[: whole.index(b'<row r="1048576"')]

    with pytest.raises(NotAWorkbook):
        read(lying(zipped(files | {SHEET: whole}), SHEET, shown))


@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
def test_what_no_program_for_tables_packs_like_this(files, packing):
    with pytest.raises(NotAWorkbook):
        read(zipped(files, packing))


def test_a_mountain_behind_a_small_size(files):
    mountain = files[SHEET].replace(b"</sheetData>", b" " * 300 * 1024 * 1024 + b"</sheetData>")

    with pytest.raises(NotAWorkbook):
        read(lying(zipped(files | {SHEET: mountain}), SHEET, files[SHEET]))


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("doctype", [b'[<!ENTITY a "aaaaaaaaaa">' + ENTITIES + b"]", b'SYSTEM "file:///etc/passwd"'])
def test_entities_are_not_unfolded_and_no_other_file_is_read(files, part, doctype):
    head, end, rest = files[part].partition(b"?>")
    text = head + end + b"<!DOCTYPE x " + doctype + b">" + rest.replace(b"<t>", b"<t>&i;", 1)

    with pytest.raises(NotAWorkbook):
        read(zipped(files | {part: text}))


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0" + bytes(5000), b"MZ" + bytes(500), b"<html></html>"])
def test_something_else_with_the_right_name(content):
    with pytest.raises(NotAWorkbook):
        read(content)


def lying(content: bytes, name: str, shown: bytes) -> bytes:
    """The same zip, whose list of contents says of one part that it is only this."""
    raw = bytearray(content)
    entry = raw.index(b"PK\x01\x02")
    while True:
        lengths = struct.unpack_from("<HHH", raw, entry + 28)
        if raw[entry + 46 : entry + 46 + lengths[0]].decode() == name:
            struct.pack_into("<I", raw, entry + 24, len(shown))
            struct.pack_into("<I", raw, entry + 16, zlib.crc32(shown))
            return bytes(raw)
        entry += 46 + sum(lengths)
