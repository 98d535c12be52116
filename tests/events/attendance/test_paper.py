"""What is typed in from a sheet of paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain.attendance import sheets
from services.events.models import Guest
from tests.events.attendance.conftest import there


def test_what_is_typed_in_from_paper_keeps_that_it_is_from_paper(events, db, begun, paper, typed, clerk):
    activity, _first, _second = begun("甲", "乙")
    sheet = paper(activity)
    assert [row["name"] for row in sheet["rows"]] == ["甲", "乙", *[""] * sheets.BLANK]

    rows = [{"n": row["n"], "check": row["check"]} for row in sheet["rows"][:1]]
    answer = typed(sheet, *rows, {"n": 3, "name": "写在空行里的人"})
    again = typed(sheet, *rows, {"n": 3, "name": "写在空行里的人"})

    assert answer.json == again.json
    assert [row["present"] for row in again.json["rows"][:4]] == [True, False, True, False]
    assert len(there(db, activity)) == 2
    assert {source for _, source in there(db, activity)} == {"sheet"}
    assert db.query(Guest).filter_by(activity_id=activity.id).one().name == "写在空行里的人"


@pytest.mark.parametrize(
    ("row", "field"),
    [({"n": 99}, "rows.0.n"), ({"n": 1, "check": -1}, "rows.0.check"), ({"n": 3}, "rows.0.name")],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_taken_down(db, begun, paper, typed, row, field):
    activity, _goes = begun("甲")
    sheet = paper(activity)
    right = sheet["rows"][0]["check"]
    row = row | ({"check": (right + 1) % 10} if row.get("check") == -1 else {})

    answer = typed(sheet, row, {"n": 1})

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert there(db, activity) == []


def test_a_row_typed_by_mistake_is_taken_back(db, begun, paper, typed):
    activity, goes = begun("甲")
    sheet = paper(activity)
    typed(sheet, {"n": 1})

    typed(sheet, {"n": 1, "present": False})

    assert there(db, activity) == []
    typed(sheet, {"n": 1})
    assert there(db, activity) == [(goes.person_id, "sheet")]


def test_the_paper_has_a_row_for_each_and_runs_no_script(events, begun, paper, clerk):
    activity, _goes = begun("甲<script>")
    sheet = paper(activity)

    page = events.get(f"/sheets/{sheet['number']}/paper", headers=clerk)

    assert page.status_code == 200
    assert "甲&lt;script&gt;" in page.text
    assert page.text.count("<tr><td") == 1 + sheets.BLANK
    assert "script" not in page.headers["Content-Security-Policy"].replace("default-src", "")


def test_a_sheet_of_another_unit_is_not_theirs(events, begun, paper, unit, liaison):
    activity, _ = begun("甲")
    sheet = paper(activity)

    for path in ("", "/paper"):
        assert events.get(f"/sheets/{sheet['number']}{path}", headers=liaison(unit("U78"))).status_code == 403
    assert events.get("/sheets/999999999", headers=liaison(unit("U79"))).status_code == 404


@given(number=st.integers(1, 10**7), n=st.integers(1, 999), place=st.integers(0, 9), other=st.integers(1, 9))
def test_one_wrong_digit_changes_the_check_digit(number, n, place, other):
    digits = f"{number}{n:03}"
    at = place % len(digits)
    wrong = digits[:at] + str((int(digits[at]) + other) % 10) + digits[at + 1 :]

    assert sheets.check_digit(int(wrong[:-3] or 0), int(wrong[-3:])) != sheets.check_digit(number, n) or wrong[0] == "0"
