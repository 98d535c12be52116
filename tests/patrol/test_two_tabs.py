"""Two tabs of a phone upload the same at the same instant: real transactions, side by side."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from services.patrol.domain import uploads
from services.patrol.domain.readers import Reader
from services.patrol.models import CheckIn, Crew, Shift, Squad, Volunteer
from shared.db import enter, now

COMMITTEE = UUID("20121031-0000-7000-8000-000000000001")
WALKER = uuid4()


@pytest.fixture
def shift_id(engine):
    """A shift that is really there, until the test is over."""
    with Session(engine) as db:
        enter(db, COMMITTEE)
        tomorrow = (now() + timedelta(days=1)).date()
        db.add(Volunteer(person_id=WALKER, trained_until=tomorrow, insured_until=tomorrow, free=[]))
        squad = Squad(id=uuid4(), code=uuid4().hex, name="夜安一队", leader_id=WALKER)
        began = now() - timedelta(hours=1)
        shift = Shift(id=uuid4(), squad=squad, starts_at=began, ends_at=began + timedelta(hours=2), state="active")
        shift.crew = [Crew(person_id=WALKER, role="leader", stand_in=False)]
        db.add(shift)
        db.commit()
        yield shift.id
        for table in ("patrol.check_ins", "patrol.shift_crew", "patrol.shifts"):
            column = "id" if table == "patrol.shifts" else "shift_id"
            db.execute(text(f"DELETE FROM {table} WHERE {column} = :id"), {"id": shift.id})
        db.execute(text("DELETE FROM patrol.squads WHERE id = :id"), {"id": squad.id})
        db.execute(text("DELETE FROM patrol.volunteers WHERE person_id = :id"), {"id": WALKER})
        db.commit()


def test_what_two_tabs_send_at_the_same_instant_is_stored_once(engine, shift_id):
    items = [{"id": uuid4(), "kind": "check_in", "shift_id": shift_id, "at": now()} for _ in range(50)]
    together = Barrier(2, timeout=30)
    outcomes: list[str] = []
    errors: list[Exception] = []

    def tab(mine):
        try:
            with Session(engine) as db:
                enter(db, COMMITTEE)
                together.wait()
                outcomes.extend(report.outcome for report in uploads.take_in(db, Reader(WALKER), mine))
                db.commit()
        except Exception as error:
            errors.append(error)

    tabs = [Thread(target=tab, args=[mine]) for mine in (items, items[::-1])]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()

    assert errors == []
    assert sorted(outcomes) == ["duplicate"] * 50 + ["stored"] * 50
    with Session(engine) as db:
        assert db.scalar(select(func.count()).where(CheckIn.shift_id == shift_id)) == 50
