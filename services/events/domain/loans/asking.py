"""Somebody would like to borrow something: Postgres decides who of two gets the last one."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import equipment
from services.events.domain.loans import free
from services.events.domain.loans.news import tell
from services.events.domain.scope import Asker
from services.events.models import Equipment, Loan, Troupe
from shared.db import now
from shared.errors import Invalid, Problem
from shared.schemas.events import LoanAsked, LoanToHandOut

#: Who wants it now may have looked at the page for a while.
JUST_NOW = timedelta(hours=1)
AHEAD = timedelta(days=366)


class NotLent(Problem):
    """The unit does not lend this at present."""


@dataclass(frozen=True)
class Wish:
    """What one would like to have, until when, and for whom."""

    count: int
    starts_at: datetime
    ends_at: datetime
    purpose: str
    person_id: UUID
    unit_id: UUID | None = None
    troupe_id: UUID | None = None
    activity_id: UUID | None = None


def ask(db: Session, equipment_id: UUID, wish: Wish, asker: Asker) -> Loan:
    """Ask for it. Promised at once where nobody need approve it, or who asks lends it themselves."""
    thing = equipment.alone(db, equipment_id)
    if not thing.active:
        raise NotLent
    _check(thing, wish)
    _check_troupe(db, wish.troupe_id, asker)
    free.expect(db, thing, wish.starts_at, wish.ends_at, wanted=wish.count)
    sure = not thing.needs_approval or equipment.lends(asker, thing)
    loan = Loan(equipment=thing, state="approved" if sure else "asked", **asdict(wish))
    db.add(loan)
    db.flush()
    if sure:
        tell_who_hands_out(db, loan)
    else:
        tell(db, LoanAsked, loan)
    return loan


def tell_who_hands_out(db: Session, loan: Loan) -> None:
    """Somebody comes for it; where no steward is named, its unit knows from its list."""
    if steward := loan.equipment.steward_id:
        tell(db, LoanToHandOut, loan, person_id=steward)


def _check(thing: Equipment, wish: Wish) -> None:
    errors: dict[str, list] = {}
    if wish.ends_at <= wish.starts_at:
        errors["ends_at"] = ["ends_before_start"]
    elif wish.ends_at - wish.starts_at > timedelta(days=thing.longest_days):
        errors["ends_at"] = [{"code": "lent_too_long", "max_days": thing.longest_days}]
    elif wish.ends_at <= now():
        errors["ends_at"] = ["in_the_past"]
    if wish.starts_at < now() - JUST_NOW:
        errors["starts_at"] = ["in_the_past"]
    elif wish.starts_at > now() + AHEAD:
        errors["starts_at"] = [{"code": "too_far_ahead", "max_days": AHEAD.days}]
    if errors:
        raise Invalid(errors=errors)


def _check_troupe(db: Session, troupe_id: UUID | None, asker: Asker) -> None:
    """A troupe's leader borrows for it; a troupe that one does not lead is unknown here."""
    if troupe_id is None:
        return
    troupe = db.get(Troupe, troupe_id)
    if troupe is None or (troupe.leader_id != asker.person_id and not asker.clerk):
        raise Invalid(errors={"troupe_id": ["unknown"]})
