"""What time does to loans: reminders, one for each step; wishes that lapse; names that are forgotten; who leaves."""

import pytest

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain.loans import handing, leaving
from services.events.models import Loan
from shared.db import now
from shared.schemas.members import PersonErased, UnitsChanged
from tests.events.loans import LENDER, ask, out, pass_by, promised, thing

REMINDED = "remind_of_what_is_lent"
STEPS = ("loan_is_due", "loan_overdue", "loan_still_out")


@pytest.fixture
def lent(db, unit):
    return thing(db, unit("U01"))


@pytest.fixture
def reminders(tick, published):
    """Call it to let the clock strike, twice; the kinds of reminders so far."""

    def reminders() -> list[str]:
        for _ in range(2):
            tick("events", REMINDED)
        told = [topic for topic, _ in published("events.loan_%")]
        return [topic.split(".")[1] for topic in told if topic.split(".")[1] in STEPS]

    return reminders


def test_the_borrower_is_reminded_the_day_before_then_at_once_then_after_three_days_and_no_more(db, lent, reminders):
    loan = out(db, lent, 2, after=0, hours=72)
    assert reminders() == []

    pass_by(db, loan, hours=49)
    assert reminders() == ["loan_is_due"]
    pass_by(db, loan, hours=24)
    assert reminders() == ["loan_is_due", "loan_overdue"]
    pass_by(db, loan, days=3)
    assert reminders() == list(STEPS)
    pass_by(db, loan, days=30)
    assert reminders() == list(STEPS)


def test_only_the_last_step_tells_those_who_lend_it_and_says_how_many_are_left(db, lent, reminders, published):
    loan = out(db, lent, 3, after=0, hours=5)
    handing.take_back(db, loan.id, LENDER, count=1, condition="good")
    pass_by(db, loan, days=5)

    assert reminders() == ["loan_still_out"]  # the clock stood still meanwhile: nobody hears of what is past

    [(_, told)] = published("events.loan_still_out.v1")
    assert (told["left"], told["unit_id"], told["person_ids"]) == (2, str(lent.unit_id), [str(loan.person_id)])


def test_what_is_lent_for_hours_needs_no_reminder_the_day_before(db, lent, reminders):
    out(db, lent, after=0, hours=5)

    assert reminders() == []


def test_who_brought_it_back_hears_nothing(db, lent, reminders):
    loan = out(db, lent, after=0, hours=5)
    handing.take_back(db, loan.id, LENDER, count=1, condition="good")
    pass_by(db, loan, days=9)

    assert reminders() == []


@pytest.mark.parametrize("make", [ask, promised])
def test_what_nobody_decides_or_comes_for_lapses_after_a_day_and_is_free_again(db, lent, tick, published, make):
    loan = make(db, lent, 5, after=1, hours=100)
    pass_by(db, loan, hours=24)
    tick("events", "lapse_wishes_for_equipment")
    assert db.get_one(Loan, loan.id, populate_existing=True).state == loan.state != "lapsed"

    pass_by(db, loan, hours=2)
    tick("events", "lapse_wishes_for_equipment")

    assert db.get_one(Loan, loan.id, populate_existing=True).state == "lapsed"
    assert published("events.loan_decided.v1")[-1][1]["decision"] == "lapsed"
    assert ask(db, lent, 5, after=0).state == "asked"


def test_ninety_days_after_it_is_over_nobody_borrowed_it(db, lent, tick):
    loan, other = out(db, lent, 2), out(db, lent, 2)
    for one in (loan, other):
        handing.take_back(db, one.id, LENDER, count=2, condition="worn", note="王大爷说不是他弄的")
    pass_by(db, loan, days=91)
    pass_by(db, other, days=89)

    tick("events", "forget_who_borrowed")

    for one in (loan, other):
        db.refresh(one)
    assert (loan.person_id, loan.purpose, loan.note_in, loan.condition_in, loan.back) == (None, "", "", "worn", 2)
    assert (other.person_id is None, other.purpose) == (False, "联欢会")


def test_who_leaves_wishes_for_nothing_and_still_has_what_they_have(db, lent, person):
    gone = person()
    wished, has = ask(db, lent, person_id=gone.person_id), out(db, lent, person_id=gone.person_id)
    lent.steward_id = gone.person_id
    db.commit()

    leaving.let_people_go(db, [gone.person_id])

    for row in (wished, has, lent):
        db.refresh(row)
    assert (wished.state, has.state, lent.steward_id) == ("withdrawn", "out", None)


def test_who_is_forgotten_borrowed_nothing(db, lent, person, hear):
    gone = person()
    loan = out(db, lent, person_id=gone.person_id)

    hear(PersonErased, person_id=gone.person_id, erased_at=now())

    db.refresh(loan)
    assert (loan.state, loan.person_id, loan.purpose, loan.left) == ("out", None, "", 1)
    assert handing.take_back(db, loan.id, LENDER, count=1, condition="good").state == "in"


def test_a_unit_that_leaves_lends_nothing_more_and_gets_back_what_is_out(db, lent, hear, published):
    wished, has = ask(db, lent), out(db, lent)
    unit = lent.unit

    gone = {"unit_id": unit.unit_id, "code": unit.code, "name": unit.name, "kind": unit.kind, "needs_approval": False}
    hear(UnitsChanged, units=[gone | {"active": False, "changed_at": now()}])

    for row in (wished, has, lent):
        db.refresh(row)
    assert (wished.state, wished.reason, has.state, lent.active) == ("refused", "left", "out", False)
    assert published("events.loan_decided.v1")[-1][1]["reason"] == "left"
    assert handing.take_back(db, has.id, LENDER, count=1, condition="good").state == "in"
