"""From hand to hand: out, and back, all at once or in parts."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from services.events.domain.loans import free
from services.events.domain.loans.free import NotEnough
from services.events.domain.loans.news import tell
from services.events.domain.loans.steps import close, held
from services.events.domain.scope import Asker
from services.events.domain.states import WrongState
from services.events.models import CONDITIONS, Equipment, Loan
from shared.db import now
from shared.errors import Invalid
from shared.schemas.events import EquipmentDamaged


def hand_out(db: Session, loan_id: UUID, asker: Asker, *, count: int, condition: str, note: str = "") -> Loan:
    """They take it with them, some of it perhaps, or earlier than they said. Never more than there are."""
    loan = held(db, loan_id, asker, "hand_out")
    if loan.ends_at <= now():
        raise WrongState(state="lapsed", allowed=["approved"])
    if count > loan.count:
        raise Invalid(errors={"count": [{"code": "out_of_range", "max": loan.count}]})
    _expect_here(db, loan, count)
    loan.state, loan.handed, loan.out_at = "out", count, now()
    loan.condition_out, loan.note_out = condition, note
    _move(db, loan.equipment, out=count)
    return loan


def take_back(
    db: Session, loan_id: UUID, asker: Asker, *, count: int, missing: int = 0, condition: str, note: str = ""
) -> Loan:
    """*count* of them are back; *missing* will never be. The rest stays out. Who lends it is told of what is wrong."""
    loan = held(db, loan_id, asker, "take_back")
    _check_back(loan, count, missing)
    loan.back, loan.missing = loan.back + count, loan.missing + missing
    loan.condition_in = max(loan.condition_in or CONDITIONS[0], condition, key=CONDITIONS.index)
    loan.note_in = "\n".join(filter(None, (loan.note_in, note)))
    if not loan.left:
        close(loan, "in")
    _move(db, loan.equipment, out=-count - missing, missing=missing)
    if missing or condition == "damaged":
        back = {"condition": condition, "missing": missing, "back": count, "note": note}
        tell(db, EquipmentDamaged, loan, **back, harm="missing" if missing else "damaged")
    return loan


def _expect_here(db: Session, loan: Loan, count: int) -> None:
    """What others did not bring back in time cannot be handed out; earlier than promised, only what nobody has then."""
    thing = loan.equipment
    if thing.out_now + count > thing.lendable:
        raise NotEnough(free=thing.lendable - thing.out_now, next=None)
    if now() < loan.starts_at:
        free.expect(db, thing, now(), loan.ends_at, wanted=count, but=loan.id)


def _check_back(loan: Loan, count: int, missing: int) -> None:
    if count + missing > loan.left:
        raise Invalid(errors={"count": [{"code": "out_of_range", "max": loan.left}]})
    if not count + missing:
        raise Invalid(errors={"count": ["required"]})


def _move(db: Session, thing: Equipment, *, out: int, missing: int = 0) -> None:
    """In one statement and without a new version: who edits what is said of it is not disturbed."""
    moved = {"out_now": Equipment.out_now + out, "missing": Equipment.missing + missing}
    db.flush()
    db.execute(update(Equipment).where(Equipment.id == thing.id).values(**moved).execution_options(**QUIET))
    db.refresh(thing, ["out_now", "missing"])


QUIET = {"synchronize_session": False}
