"""What becomes of a wish: asked -> approved or refused, withdrawn, lapsed. See handing.py for what follows."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.events.domain import equipment
from services.events.domain.loans import seeing
from services.events.domain.loans.asking import tell_who_hands_out
from services.events.domain.loans.news import tell_borrower
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import Loan
from shared.db import locked, now
from shared.errors import Forbidden
from shared.schemas.events import LoanDecided

WISHED = ("asked", "approved")

#: What nobody decided, or came for, so long after its beginning is free for others.
WAITS = timedelta(days=1)


def approve(db: Session, loan_id: UUID, asker: Asker) -> Loan:
    """They can have it."""
    loan = held(db, loan_id, asker, "approve")
    loan.state = "approved"
    db.flush()
    _tell(db, loan, "approved")
    tell_who_hands_out(db, loan)
    return loan


def refuse(db: Session, loan_id: UUID, asker: Asker, *, reason: str) -> Loan:
    """They cannot have it, or cannot after all, and are told why."""
    loan = close(held(db, loan_id, asker, "refuse"), "refused", reason)
    db.flush()
    _tell(db, loan, "refused", reason)
    return loan


def withdraw(db: Session, loan_id: UUID, asker: Asker) -> Loan:
    """They need it no more."""
    loan = close(held(db, loan_id, asker, "withdraw"), "withdrawn")
    db.flush()
    return loan


def lapse(db: Session) -> None:
    """What nobody decided, or came for, in a day is free again; who asked is told."""
    over = func.least(Loan.ends_at, Loan.starts_at + WAITS) <= now()
    late = select(Loan.id, Loan.equipment_id).where(Loan.state.in_(WISHED), Loan.starts_at <= now(), over)
    for loan_id, equipment_id in db.execute(late.order_by(Loan.equipment_id, Loan.id)).all():
        equipment.alone(db, equipment_id)
        loan = locked(db, Loan, loan_id)
        if loan.state in WISHED:
            close(loan, "lapsed")
            db.flush()
            _tell(db, loan, "lapsed")


def refuse_all(db: Session, equipment_id: UUID, *, reason: str) -> None:
    """None of the wishes for this can be met any more. What is out is still to be brought back."""
    equipment.alone(db, equipment_id)
    open_ones = select(Loan).where(Loan.equipment_id == equipment_id, Loan.state.in_(WISHED)).order_by(Loan.id)
    for loan in db.scalars(open_ones.with_for_update(of=Loan)).all():
        close(loan, "refused", reason)
        db.flush()
        _tell(db, loan, "refused", reason)


def held(db: Session, loan_id: UUID, asker: Asker, step: str) -> Loan:
    """The loan and its thing, which nobody else touches until we are done, if they may take this step."""
    equipment.alone(db, seeing.seen(db, loan_id, asker).equipment_id)
    loan = locked(db, Loan, loan_id)
    may, states = seeing.STEPS[step]
    if not may(loan, asker):
        raise Forbidden
    if loan.state not in states:
        raise WrongState(state=loan.state, allowed=list(states))
    return loan


def close(loan: Loan, state: str, reason: str | None = None) -> Loan:
    loan.state, loan.reason, loan.closed_at = state, reason, now()
    return loan


def _tell(db: Session, loan: Loan, decision: str, reason: str = "") -> None:
    tell_borrower(db, LoanDecided, loan, decision=decision, reason=reason)
