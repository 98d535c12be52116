"""Who sees which loans, and what they may do with them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from services.events.domain import equipment
from services.events.domain.scope import Asker
from services.events.models import Equipment, Loan, Troupe
from shared.errors import NotFound

WHOLE = (
    contains_eager(Loan.equipment).joinedload(Equipment.unit),
    joinedload(Loan.person),
    joinedload(Loan.unit),
    joinedload(Loan.troupe),
)


def mine(asker: Asker) -> ColumnElement[bool]:
    """One's own, those of units that one acts for, and of troupes that one leads."""
    led = select(Troupe.id).where(Troupe.leader_id == asker.person_id)
    return or_(Loan.person_id == asker.person_id, Loan.unit_id.in_(asker.units), Loan.troupe_id.in_(led))


def handed_out_by(asker: Asker) -> ColumnElement[bool]:
    """Those of what one lends or hands out."""
    return or_(equipment.own(asker), Equipment.steward_id == asker.person_id)


def visible(asker: Asker) -> Select[Loan]:
    query = select(Loan).join(Loan.equipment).options(*WHOLE)
    return query.where(or_(mine(asker), handed_out_by(asker)))


def seen(db: Session, loan_id: UUID, asker: Asker) -> Loan:
    if (loan := db.scalars(visible(asker).where(Loan.id == loan_id)).one_or_none()) is None:
        raise NotFound
    return loan


def is_mine(loan: Loan, asker: Asker) -> bool:
    leads = loan.troupe is not None and loan.troupe.leader_id == asker.person_id
    return leads or loan.unit_id in asker.units or (loan.person_id is not None and loan.person_id == asker.person_id)


def lends(loan: Loan, asker: Asker) -> bool:
    return equipment.lends(asker, loan.equipment)


def hands_out(loan: Loan, asker: Asker) -> bool:
    return equipment.hands_out(asker, loan.equipment)


def gives_up(loan: Loan, asker: Asker) -> bool:
    """Whose it is; a clerk for whoever calls."""
    return asker.clerk or is_mine(loan, asker)


#: Each step: who may take it, and in which states.
STEPS: dict[str, tuple[Callable[[Loan, Asker], bool], tuple[str, ...]]] = {
    "approve": (lends, ("asked",)),
    "refuse": (lends, ("asked", "approved")),
    "withdraw": (gives_up, ("asked", "approved")),
    "hand_out": (hands_out, ("approved",)),
    "take_back": (hands_out, ("out",)),
}


def marked(loans: Sequence[Loan], asker: Asker) -> Sequence[Loan]:
    """Write on each what the one who asks may do with it."""
    for loan in loans:
        loan.mine = is_mine(loan, asker)
        loan.may = tuple(step for step, (may, states) in STEPS.items() if loan.state in states and may(loan, asker))
    return loans
