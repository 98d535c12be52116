"""What people write into cells, and what Excel makes of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.members.domain import cells as kinds
from services.members.domain import workbook
from services.members.domain.cells import CellError
from services.members.domain.reading import mask
from services.members.domain.words import ERRORS


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (kinds.Phone(), 13800000001.0, "8613800000001"),
        (kinds.Phone(), " +86 138 0000 0001 ", "8613800000001"),
        (kinds.Phone(), "１３８００００００01", "8613800000001"),
        (kinds.Phone(), "0471-6923456", "864716923456"),
        (kinds.Phone(), "10000000001", "8610000000001"),
        (kinds.Codes(), "I1，T2、 T2;W3", ("I1", "T2", "W3")),
        (kinds.Day(), "2012年10月31日", date(2012, 10, 31)),
        (kinds.Whole(), 12.0, 12),
        (kinds.Code(), 12.0, "12"),
        (kinds.Choice(words={True: "是", False: "否"}), False, False),
        (kinds.Email(), " A@Example.ORG ", "a@example.org"),
    ],
)
def test_how_people_write(server, kind, raw, value):
    assert kind.read(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (kinds.Phone(), 1380000.5, "not_whole"),
        (kinds.Phone(), "23800000001", "bad_phone"),
        (kinds.Phone(), "10100000001", "bad_phone"),
        (kinds.Text(5), "六个字的名字", "too_long"),
        (kinds.Text(), "a\x00b", "control_character"),
        (kinds.Code(), "U 02", "bad_code"),
        (kinds.Email(), "a@b", "bad_email"),
        (kinds.Day(), "2012-13-01", "bad_date"),
        (kinds.Whole(), "-1", "bad_number"),
        (kinds.Choice(words={1: "一"}), "二", "not_one_of"),
    ],
)
def test_what_people_mistype(server, kind, raw, code):
    with pytest.raises(CellError) as caught:
        kind.read(raw)
    assert caught.value.code == code
    assert ERRORS[code].format(**caught.value.params)


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.booleans()))
def test_no_cell_is_too_strange_to_be_read_or_named(server, raw):
    for sheet in workbook.SHEETS:
        for column in sheet.columns:
            value = tried(column.cell, raw)
            if isinstance(value, CellError):
                assert value.code in ERRORS
            else:
                assert column.cell.read(column.cell.write(value)) == value


@given(st.text(max_size=30))
def test_a_masked_value_is_never_a_whole_telephone_number(text):
    assert "13812345678" not in mask(f"{text}13812345678")


def tried(cell, raw):
    """The value, or what is wrong with it."""
    try:
        return cell.read(raw)
    except CellError as error:
        return error
