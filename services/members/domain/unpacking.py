"""A workbook from outside, opened with care: it is taken apart, measured, and put together again for the reader.

What a zip says of its own sizes may be a lie, and a single cell in the last corner would be read as a billion. So
every part is unpacked here, within bounds, and each sheet's cells are counted by a parser, wherever the sheet lies and
however its XML is written. The reader gets only what was measured.
"""

import re
import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MOST_UNPACKED = 150 * 1024 * 1024
#: The ways in which programs for tables pack; others that zipfile knows have no bounds on what they unpack to.
PACKINGS = {ZIP_STORED, ZIP_DEFLATED}
#: Of a cell's address: its column's letters and its row.
ADDRESS = re.compile(r"([A-Za-z]{0,7})(\d{1,9})")


class Unreadable(Exception):
    """This is no workbook, or none that anybody makes without meaning harm."""


class TooFar(Exception):
    """A sheet reaches beyond what we read."""


def repacked(content: bytes, *, rows: int, columns: int) -> BytesIO:
    """The workbook as far as its reader needs it. Raises Unreadable and TooFar."""
    clean = BytesIO()
    with ZipFile(clean, "w") as archive:
        for name, part in _parts(content).items():
            if name.endswith(".xml"):
                _measure(part, rows, columns)
            archive.writestr(name, part)
    clean.seek(0)
    return clean


def names(content: bytes) -> set[str]:
    """What the workbook holds, by what it says of itself. Raises Unreadable."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise Unreadable from None
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED or {one.compress_type for one in entries} - PACKINGS:
        raise Unreadable
    return {entry.filename for entry in entries}


def _parts(content: bytes) -> dict[str, bytes]:
    """All XML in it; zipfile reads of each no more than it declares, and what it declares is bounded."""
    wanted = {name for name in names(content) if name.endswith((".xml", ".rels"))}
    try:
        with ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in wanted}
    except (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError):
        # Broken, cut off, locked by a password, or packed in a way that zipfile does not know.
        raise Unreadable from None


def _measure(xml: bytes, rows: int, columns: int) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    sheet = _Sheet(rows, columns)
    parser.StartElementHandler = sheet.begin
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Unreadable from None


def _refuse_doctype(*_) -> None:
    """No program writes one into a workbook; with one, a few bytes can stand for millions."""
    raise Unreadable


class _Sheet:
    """How far the cells of a sheet reach that hold something. One that does not say where it is follows the last."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.row = self.column = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "row":
            self.row, self.column = int(_address(attributes)[1] or self.row + 1), 0
        elif tag == "c":
            letters, row = _address(attributes)
            self.row, self.column = int(row or self.row), _number(letters) if letters else self.column + 1
        elif tag in ("v", "is") and (self.row > self.rows or self.column > self.columns):
            raise TooFar


def _address(attributes: dict[str, str]) -> tuple[str, str]:
    given = attributes.get("r", "").strip()
    if not given:
        return "", ""
    if not (found := ADDRESS.fullmatch(given)):
        raise Unreadable
    return found[1], found[2]


def _number(letters: str) -> int:
    """A: 1, Z: 26, AA: 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
