"""Workbooks as accident and malice make them: a good one with damage to the file, its parts, its XML, its cells."""

import re
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st

MOST = 1_048_576  # rows that Excel can number
FAR = ["A1", "XFD1048576", "A1048577", "AAAAAAA1", "A0", "A-1", "1", "A999999999", "", "ZZ3", "B4", "Ａ１"]
NUMBERS = [
    "0", "-1", "1", "3", "99999999999999999999", "1e308", "-1e309", "NaN", "INF", "0x10", "1,5", "", "4294967296",
    "9223372036854775807", "2958466", "-693594", "1.5", "46000", "60",
]  # fmt: skip
TEXTS = [
    "", " ", "\u202e", "=1+1", "13800001234", "是", "2012-13-45", "0000-00-00", "9" * 400, "字" * 40_000,
    "a\u0301" * 50,
]  # fmt: skip
TYPES = ["s", "b", "d", "e", "n", "str", "inlineStr", "x", ""]
#: What may stand in a cell besides its value.
INNER = [
    "<f>SUM(A1:XFD1048576)</f><v>1</v>", "<f>1/0</f><v>#DIV/0!</v>", "<f t='shared' si='0' ref='A1:XFD1048576'>A1</f>",
    "<f t='shared' si='99999'/>", "<f t='array' ref='A1:A9'>A1</f><v>x</v>", "<is><t>x</t></is>", "<is/>", "<v/>",
    "<is><r><t>a</t></r><r><t>b</t></r></is>", "<v>1</v><v>2</v>", "<v><v>1</v></v>", "<f/>",
    "<v>&#0;</v>", "<v>&#13;</v>",
]  # fmt: skip
#: What may stand between the rows and the end of a sheet.
AFTER = [
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', '<mergeCells><mergeCell ref="B4:A3"/></mergeCells>',
    '<mergeCells><mergeCell ref="A5:B6"/><mergeCell ref=":"/></mergeCells>', "<mergeCells><mergeCell/></mergeCells>",
    '<mergeCells><mergeCell ref="A0:A0"/></mergeCells>',
    '<mergeCells><mergeCell ref="ZZZZZZZZ1:A99999999999"/></mergeCells>',
    '<hyperlinks><hyperlink ref="A1" r:id="rId99"/></hyperlinks>', "<sheetData><row/></sheetData>",
    f'<sheetData><row r="{MOST}"><c r="XFD{MOST}"><v>1</v></c></row></sheetData>', "<dimension/>", "<x:y/>",
]  # fmt: skip
DIMENSIONS = ["A1:XFD1048576", "A1", "", "B2:A1", ":", "A1:A99999999999", "XFD1048576:XFD1048576", "A0:B0", "$A$1:$B$2"]
FILLINGS = [b"\xff" * 4, bytes(4), b"PK\x03\x04", b"PK\x01\x02"]
#: Of a tag: its name, what stands in it, and whether it closes itself.
TAG = re.compile(r"<([\w:]+)((?:\s[^<>]*?)?)(/?)>")
VALUE = re.compile(r'(="?)([^"]*)(")')


def zipped(files: dict[str, bytes], *, again: str | None = None, nested: bytes = b"") -> bytes:
    """A zip of these files; *again*: one of them twice; *nested*: another zip among them."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if again:
            archive.writestr(_renamed(again), files[again])
        if nested:
            archive.writestr("xl/embeddings/inner.xlsx", nested)
            archive.writestr("xl/worksheets/sheet9.xml", nested)
    return buffer.getvalue() if not again else buffer.getvalue().replace(_renamed(again).encode(), again.encode())


def _renamed(name: str) -> str:
    """A name of the same length, so that the zip stays whole when the name is put back."""
    return name[:-1] + "~"


@st.composite
def broken_files(draw, good: bytes) -> bytes:
    """The file as a bad disk, a bad line, or an attacker leaves it."""
    content = bytearray(good)
    places = st.one_of(st.integers(0, len(good) - 1), st.integers(max(len(good) - 900, 0), len(good) - 1))
    kind = draw(st.sampled_from(["flip", "flip", "cut", "drop", "double", "fill"]))
    for _ in range(draw(st.integers(1, 6))):
        place = min(draw(places), len(content) - 1)
        match kind:
            case "flip":
                content[place] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                content = content[: max(place, 1)]
            case "drop":
                del content[place : place + draw(st.integers(1, 64))]
            case "double":
                content[place:place] = content[place : place + draw(st.integers(1, 4096))]
            case "fill":
                content[place : place + 4] = draw(st.sampled_from(FILLINGS))
        content = content or bytearray(b"P")
    return bytes(content)


@st.composite
def broken_parts(draw, files: dict[str, bytes]) -> bytes:
    """A whole zip of which parts are missing, exchanged, doubled, foreign, or workbooks themselves."""
    parts = dict(files)
    names = st.sampled_from(sorted(files))
    for _ in range(draw(st.integers(1, 3))):
        name = draw(names)
        match draw(st.sampled_from(["drop", "exchange", "noise", "empty", "doubled"])):
            case "drop":
                parts.pop(name, None)
            case "exchange":
                parts[name] = files[draw(names)]
            case "noise":
                parts[name] = Random(draw(st.integers(0, 999))).randbytes(draw(st.integers(0, 3000)))
            case "empty":
                parts[name] = b""
            case "doubled":
                parts[name] = files[name] * 2
    again = draw(st.sampled_from([None, *sorted(parts)]))
    return zipped(parts, again=again, nested=draw(st.sampled_from([b"", zipped(files)])))


@st.composite
def broken_xml(draw, files: dict[str, bytes]) -> bytes:
    """A whole zip in whose XML tags and values are not as they were."""
    name = draw(st.sampled_from([name for name in sorted(files) if name.endswith((".xml", ".rels"))]))
    text = files[name].decode()
    for _ in range(draw(st.integers(1, 4))):
        tags = list(TAG.finditer(text))
        if not tags:
            break
        tag = tags[draw(st.integers(0, len(tags) - 1))]
        text = text[: tag.start()] + draw(_damaged(tag)) + text[tag.end() :]
    return zipped(files | {name: text.encode()})


def _damaged(tag: re.Match) -> st.SearchStrategy[str]:
    """A tag gone, doubled, without attributes, or with another value in each of its attributes."""
    values = st.sampled_from([*FAR, *NUMBERS, *TYPES, "\ufffe", "a" * 70_000])
    others = values.map(lambda value: VALUE.sub(rf'="{value}"', tag[0]))
    whole = tag[0] if tag[3] else f"{tag[0]}</{tag[1]}>"
    return st.one_of(st.just(""), st.just(whole + tag[0]), st.just(f"<{tag[1]}{tag[3]}>"), others)


@st.composite
def odd_sheets(draw, files: dict[str, bytes]) -> bytes:
    """A workbook whose XML is in order, with cells, sizes and merges that nobody expects."""
    name = draw(st.sampled_from([name for name in sorted(files) if "/sheet" in name]))
    text = files[name].decode()
    cells = re.findall(r'<c r="[A-Z]+\d+"[^>]*>.*?</c>', text)
    for cell in draw(st.lists(st.sampled_from(cells), max_size=5, unique=True)):
        text = text.replace(cell, draw(_cells(cell)), 1)
    if draw(st.booleans()):
        text = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{draw(st.sampled_from(DIMENSIONS))}"', text)
    text = text.replace("</sheetData>", draw(_rows()) + "</sheetData>")
    text = text.replace("</sheetData>", "</sheetData>" + draw(st.sampled_from(["", *AFTER])))
    return zipped(files | {name: text.encode()})


@st.composite
def _cells(draw, cell: str) -> str:
    """The same cell with another address, type, style or value."""
    address, style = re.findall(r'r="(\w+)"', cell)[0], draw(st.sampled_from(["0", "1", "99999", "-1", "x"]))
    if draw(st.booleans()):
        address = draw(st.sampled_from(FAR))
    escaped = st.sampled_from(TEXTS).map(lambda text: text.replace("&", "&amp;"))
    value = st.one_of(st.sampled_from(NUMBERS), escaped).map(lambda text: f"<v>{text}</v>")
    inner = draw(st.one_of(value, st.sampled_from(INNER)))
    return f'<c r="{address}" s="{style}" t="{draw(st.sampled_from(TYPES))}">{inner}</c>'


def _rows() -> st.SearchStrategy[str]:
    """Rows after the last: far away, without a number, very many of nothing."""
    row = '<row r="{}"><c r="{}"><v>1</v></c></row>'
    far = st.builds(row.format, st.sampled_from(["4", *NUMBERS]), st.sampled_from(FAR))
    many = ["<row/>" * 25_000, "<row><c/></row>" * 3000, f'<row r="{MOST}"/>', "<row><c><v>1</v></c></row>" * 30]
    return st.one_of(st.just(""), far, st.sampled_from(many))
