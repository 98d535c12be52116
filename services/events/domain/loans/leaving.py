"""What becomes of loans when people or units leave, ask to be forgotten, or time passes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from services.events.domain.loans import steps
from services.events.models import Equipment, Loan
from shared.db import now

#: How long after a loan is over somebody may still have to ask.
KEPT = timedelta(days=90)
LEFT = "left"


def let_people_go(db: Session, person_ids: Sequence[UUID]) -> None:
    """Who left wishes for nothing any more and hands out nothing. What they have is still to be brought back."""
    for_themselves = (Loan.unit_id.is_(None), Loan.troupe_id.is_(None))
    _withdraw(db, Loan.person_id.in_(person_ids), *for_themselves)
    db.execute(update(Equipment).where(Equipment.steward_id.in_(person_ids)).values(steward_id=None))


def let_units_go(db: Session, unit_ids: Sequence[UUID]) -> None:
    """A unit that left lends nothing any more; who waited for something of theirs is told."""
    _withdraw(db, Loan.unit_id.in_(unit_ids))
    theirs = select(Equipment.id).where(Equipment.unit_id.in_(unit_ids)).order_by(Equipment.id)
    for equipment_id in db.scalars(theirs).all():
        steps.refuse_all(db, equipment_id, reason=LEFT)
    db.execute(update(Equipment).where(Equipment.unit_id.in_(unit_ids)).values(active=False))


def forget_person(db: Session, person_id: UUID) -> None:
    """Nothing says any more that it was they who borrowed something."""
    _forget(db, Loan.person_id == person_id)


def forget_old(db: Session) -> None:
    """Ninety days after it is over nobody borrowed it: how many were out and when is all that is kept."""
    _forget(db, Loan.closed_at < now() - KEPT, ~Loan.forgotten)


def _withdraw(db: Session, *whose: ColumnElement[bool]) -> None:
    gone = {"state": "withdrawn", "closed_at": now()}
    db.execute(update(Loan).where(*whose, Loan.state.in_(steps.WISHED)).values(**gone))


def _forget(db: Session, *which: ColumnElement[bool]) -> None:
    """Words may name somebody, too."""
    gone: dict[str, Any] = {"person_id": None, "reason": None, "purpose": "", "note_out": "", "note_in": ""}
    db.execute(update(Loan).where(*which).values(**gone, forgotten=Loan.closed_at.is_not(None)))
