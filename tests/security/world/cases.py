"""What was found: cases that a unit sees to, who reported them, the rule that routed them, a photo."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.patrol import models as patrol
from services.patrol.domain import photos
from services.patrol.domain.cases import numbers
from shared.crypto import seal_bytes
from shared.db import now


def of_unit(db: Session, unit: Any, number: int) -> dict[str, Any]:
    """A unit's cases in each of the states in which it matters who asks."""
    owner = patrol.Unit(unit_id=unit.id, code=unit.code, name=unit.name, active=True, changed_at=now())
    zone = patrol.Zone(code=f"C{number}-K", kind="place", name="家属院", active=True, changed_at=now())
    rule = patrol.CaseRule(kind="lamp", zone=zone.code, unit_id=unit.id, hours_to_take=1, hours_to_fix=2)
    db.add_all([owner, zone, rule])
    db.flush()
    routed, report = _case(db, "routed", unit.id)
    in_hand, _ = _case(db, "in_hand", unit.id)
    paused, _ = _case(db, "paused", unit.id, paused_at=now(), pause_reason="weather")
    things = {"case": routed, "case_in_hand": in_hand, "case_paused": paused, "case_rule": rule.id}
    return things | {"report_number": report.number, "photo": _photo(db, routed, report.id)}


def of_person(db: Session, person_id: UUID) -> dict[str, UUID]:
    """What somebody reported, and its owner says is fixed."""
    _, report = _case(db, "fixed", None, person_id=person_id, fixed_at=now())
    return {"my_report": report.id}


def fresh(db: Session) -> dict[str, Any]:
    """A report without an account, made just now."""
    _, report = _case(db, "received", None)
    return {"our_fresh_report": report.id, "our_number": report.number}


def _case(
    db: Session, state: str, unit_id: UUID | None, *, person_id: UUID | None = None, **facts: Any
) -> tuple[UUID, patrol.CaseReport]:
    number = numbers.new(db)
    words = {"place": "东门", "words": "路灯不亮"}
    case = patrol.Case(number=number, kind="lamp", severity="normal", state=state, unit_id=unit_id, **words, **facts)
    db.add(case)
    db.flush()
    channel = "member" if person_id else "web"
    report = patrol.CaseReport(
        id=uuid4(), case_id=case.id, number=number, channel=channel, person_id=person_id, content=b"", **words
    )
    db.add(report)
    db.flush()
    return case.id, report


def _photo(db: Session, case_id: UUID, report_id: UUID) -> UUID:
    made = patrol.Photo(
        case_id=case_id, report_id=report_id, part="found", file=str(uuid4()), sent=b"", width=1, height=1
    )
    db.add(made)
    db.flush()
    path = photos.path_of(db, made.file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal_bytes(b"\xff\xd8\xff", photos.PLACE))
    return made.id
