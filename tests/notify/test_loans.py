"""What is said of equipment and its loans, and to whom: what is overdue to the borrower, and to no third."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify import consumers  # noqa: F401  importing registers
from services.notify.models import Text
from shared.schemas import events
from tests.notify.happenings import NOON, ids


@pytest.fixture
def told(db, messages_of):
    """Call it for what a person was told: (title, body) of each message."""

    def told(reader) -> list[tuple[str, str]]:
        keys = [(one.event_id, one.rule_id, one.language) for one in messages_of(reader)]
        return [(text.title, text.body) for text in (db.get(Text, key) for key in keys)]

    return told


@pytest.fixture
def officer(person, grant):
    """The officer of the unit that lends."""
    somebody = person("联络员")
    grant(somebody.person_id, "liaison", unit_id=UNIT)
    return somebody


UNIT = uuid4()


def loan(**facts) -> dict:
    times = {"starts_at": NOON, "ends_at": NOON + timedelta(days=2)}
    unit = {"unit_id": UNIT, "unit_name": "三顺店社区党支部"}
    return {"loan_id": uuid4(), "equipment_id": uuid4(), "title": "折叠桌", "count": 6, **times, **unit, **facts}


def of(borrower) -> dict:
    return {"person_ids": ids([borrower]), "borrower_ids": []}


def test_a_wish_is_told_to_those_who_lend_it_and_the_answer_to_who_asked(person, officer, happen, settle, told):
    borrower = person()

    happen(events.LoanAsked, **loan())
    happen(events.LoanDecided, **loan(decision="refused", reason="那天我们自己要用", **of(borrower)))
    happen(events.LoanDecided, **loan(decision="refused", reason="left", **of(borrower)))
    settle()

    assert [title for title, _ in told(officer)] == ["有人想借：折叠桌"]
    bodies = {body.partition("：")[2] for _, body in told(borrower)}
    assert bodies == {"这次借不了。原因：那天我们自己要用", "这次借不了。原因：已离开联合党委"}


def test_what_is_overdue_is_told_to_the_borrower_and_later_to_the_lender_too(person, officer, happen, settle, told):
    borrower, neighbour = person(), person("邻居")

    for step in (events.LoanIsDue, events.LoanOverdue):
        happen(step, **loan(left=6, **of(borrower)))
    settle()
    assert sorted(title for title, _ in told(borrower)) == ["到期了：折叠桌", "快到期了：折叠桌"]
    assert told(officer) == []

    happen(events.LoanStillOut, **loan(left=6, **of(borrower)))
    settle()
    assert len(told(borrower)) == 3
    [(title, body)] = told(officer)
    assert title == "还没还回来：折叠桌"
    assert borrower.name not in body
    assert told(neighbour) == []


def test_of_a_units_loan_its_officers_are_reminded_too(person, officer, grant, happen, settle, told):
    borrower, colleague, theirs = person(), person("别单位联络员"), uuid4()
    grant(colleague.person_id, "liaison", unit_id=theirs)

    happen(events.LoanOverdue, **loan(left=2, **of(borrower) | {"borrower_ids": [theirs]}))
    settle()

    assert len(told(borrower)) == len(told(colleague)) == 1
    assert told(officer) == []


def test_who_lends_it_reads_what_is_wrong_with_what_came_back(officer, happen, settle, told):
    harm = {"harm": "missing", "condition": "damaged", "back": 4, "missing": 2, "note": "断了一条腿"}

    happen(events.EquipmentDamaged, **loan(**harm))
    settle()

    [(title, body)] = told(officer)
    assert title == "还回来少了：折叠桌"
    assert "4 件，有损坏，少 2 件。断了一条腿" in body
