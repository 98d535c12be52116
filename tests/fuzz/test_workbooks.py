"""Whatever file comes as a workbook: a verdict, in bounded time and memory. tests/security has chosen ones."""

import resource
import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import workbook as demo
from services.members.domain import workbook
from services.members.domain.reading import MOST_ROWS, NotAWorkbook, Reading, read
from services.members.domain.words import ERRORS
from tests.fuzz import zips
from tests.fuzz.depth import tries

#: Seconds of the processor, and kilobytes of memory, beyond which a small file is an attack that worked.
MOST_SECONDS, MOST_MEMORY = 5.0, 400 * 1024


@pytest.fixture(scope="module")
def good(server) -> bytes:
    """A small workbook without mistakes."""
    return workbook.written({kind: list(records)[:5] for kind, records in demo.records().items()})


@pytest.fixture(scope="module")
def files(good) -> dict[str, bytes]:
    """What it is made of."""
    with ZipFile(BytesIO(good)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def kinds(good, files) -> dict[str, st.SearchStrategy[bytes]]:
    return {
        "file": zips.broken_files(good),
        "parts": zips.broken_parts(files),
        "xml": zips.broken_xml(files),
        "sheets": zips.odd_sheets(files),
    }


@pytest.mark.parametrize("kind", ["file", "parts", "xml", "sheets"])
def test_a_mangled_workbook_gets_a_verdict(kind, kinds):
    before = memory()

    @tries(80, 4000)
    @given(content=kinds[kind])
    def judge(content):
        began = time.process_time()
        assert verdict(content) is None
        assert time.process_time() - began < MOST_SECONDS

    judge()
    assert memory() - before < MOST_MEMORY


def verdict(content: bytes) -> str | None:
    """What is wrong with what the reader says of this; None when it is a verdict that a person can use."""
    try:
        reading = read(content)
    except NotAWorkbook:
        return None
    return "a mistake without words" if unworded(reading) else "too many rows" if too_long(reading) else None


def unworded(reading: Reading) -> bool:
    return any(mistake.code not in ERRORS or not mistake.as_dict()["words"] for mistake in reading.mistakes)


def too_long(reading: Reading) -> bool:
    return any(len(rows) > MOST_ROWS for rows in reading.rows.values())


def memory() -> int:
    """The most that this process ever held, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
