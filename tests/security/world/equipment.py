"""What a unit lends, and who borrows it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.models import Equipment, Loan
from shared.db import now


def of_unit(db: Session, unit_id: UUID, colleague: UUID) -> dict[str, UUID]:
    """Something that is lent, something that is not at present, and what a colleague would like, may have and has."""
    theirs = {f"{state}_loan": _loan(db, unit_id, state, colleague) for state in ("asked", "approved", "out")}
    things = {"equipment": _thing(db, unit_id).id, "idle_equipment": _thing(db, unit_id, active=False).id}
    return things | theirs


def of_person(db: Session, unit_id: UUID, person_id: UUID, other: UUID) -> dict[str, UUID]:
    """What they would like to borrow, and what they hand out to others and take back."""
    states = {"to_hand_out": "approved", "handed_out": "out"}
    steward = {name: _loan(db, unit_id, state, other, steward_id=person_id) for name, state in states.items()}
    return {"my_loan": _loan(db, unit_id, "asked", person_id)} | steward


def _thing(db: Session, unit_id: UUID, **facts: Any) -> Equipment:
    words = {"name": "折叠桌", "kind": "furniture", "kept_at": "储藏室", "rules": ""}
    made = Equipment(unit_id=unit_id, count=9, longest_days=7, needs_approval=True, **words, **facts)
    db.add(made)
    db.flush()
    return made


def _loan(db: Session, unit_id: UUID, state: str, person_id: UUID, **of_thing: Any) -> UUID:
    out: dict[str, Any] = {"handed": 1, "out_at": now(), "condition_out": "good"} if state == "out" else {}
    thing = _thing(db, unit_id, out_now=1 if out else 0, **of_thing)
    times = {"starts_at": now() - timedelta(hours=1), "ends_at": now() + timedelta(days=2)}
    made = Loan(equipment=thing, count=1, **times, person_id=person_id, purpose="联欢会", state=state, **out)
    db.add(made)
    db.flush()
    return made.id
