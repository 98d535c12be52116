"""Verbs of loans: something is lent, somebody asks for it, takes it along, brings it back; time passes."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.events.domain import equipment
from services.events.domain.loans import asking, handing, steps
from services.events.domain.loans.asking import Wish
from services.events.domain.scope import Asker
from services.events.models import Equipment, Loan, Unit
from shared.db import now

FACTS: dict[str, Any] = {
    "name": "折叠桌", "kind": "furniture", "kept_at": "社区一楼储藏室", "rules": "", "longest_days": 14,
    "needs_approval": True, "steward_id": None,
}  # fmt: skip
LENDER = Asker(person_id=uuid4(), clerk=True)
HOUR = timedelta(hours=1)


def thing(db: Session, unit: Unit, *, count: int = 5, **facts: Any) -> Equipment:
    made = equipment.enter(db, unit, count=count, **FACTS | facts)
    db.commit()
    return made


def wish(count: int = 1, *, after: float = 24, hours: float = 24, person_id: UUID | None = None, **more: Any) -> Wish:
    """So many, some hours from now, for some hours."""
    begins = now() + after * HOUR
    ends = begins + hours * HOUR
    return Wish(count, begins, ends, "联欢会", person_id or uuid4(), **more)


def ask(db: Session, what: Equipment, count: int = 1, **facts: Any) -> Loan:
    wanted = wish(count, **facts)
    made = asking.ask(db, what.id, wanted, Asker(person_id=wanted.person_id))
    db.commit()
    return made


def promised(db: Session, what: Equipment, count: int = 1, **facts: Any) -> Loan:
    made = ask(db, what, count, **facts)
    if made.state == "asked":
        steps.approve(db, made.id, LENDER)
    db.commit()
    return made


def out(db: Session, what: Equipment, count: int = 1, **facts: Any) -> Loan:
    made = promised(db, what, count, **facts)
    handing.hand_out(db, made.id, LENDER, count=count, condition="good")
    db.commit()
    return made


def pass_by(db: Session, loan: Loan, **delta: float) -> Loan:
    """Some time passes, as far as this loan is concerned: nobody waits a day in a test."""
    for name in ("starts_at", "ends_at", "out_at", "closed_at"):
        if moment := getattr(loan, name):
            setattr(loan, name, moment - timedelta(**delta))
    db.commit()
    return loan
