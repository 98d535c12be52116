"""What the others are told of loans."""

from typing import Any

from sqlalchemy.orm import Session

from services.events.models import Loan, Unit
from shared.db import find
from shared.outbox import publish
from shared.schemas.event import Event


def tell(db: Session, event: type[Event], loan: Loan, **more: Any) -> None:
    """Publish *event* about a loan."""
    thing = loan.equipment
    whose = {"unit_id": thing.unit_id, "unit_name": find(db, Unit, thing.unit_id).name}
    facts: dict[str, Any] = {name: getattr(loan, name) for name in ("count", "starts_at", "ends_at")}
    facts |= {"loan_id": loan.id, "equipment_id": thing.id, "title": thing.name, **whose}
    publish(db, event, subject=loan.id, **facts, **more)


def tell_borrower(db: Session, event: type[Event], loan: Loan, **more: Any) -> None:
    """The same, to who asked for it, and of a unit's loan its officers."""
    people = [loan.person_id] if loan.person_id else []
    units = [loan.unit_id] if loan.unit_id else []
    tell(db, event, loan, person_ids=people, borrower_ids=units, **more)
