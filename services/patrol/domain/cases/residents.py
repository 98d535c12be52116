"""Residents without an account: they report, ask by number and PIN how it stands, and say whether it is fixed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.patrol.domain import zones
from services.patrol.domain.cases import confirming, numbers, opening, slips
from services.patrol.domain.cases.opening import Taken, Told
from services.patrol.domain.limits import DAY, HOUR, Limit
from services.patrol.models import Case, CaseReport, CaseStep, Unit
from shared import phones
from shared.db import now
from shared.errors import Invalid

#: Reports from one address, and with one telephone number: an SMS to it can be had by anybody who knows it.
FROM_A_PLACE = Limit("reports from", 20, HOUR)
WITH_A_NUMBER = Limit("reports with", 5, DAY)

#: So long after the end of a case its reporters can still be reached.
KEPT = timedelta(days=90)

#: What a resident is shown of a case's way.
SHOWN = ("received", "routed", "taken", "paused", "resumed", "fixed", "confirmed", "reopened", "closed", "dropped")


def report(db: Session, told: dict[str, Any], *, id: UUID, channel: str, address: str | None = None) -> Taken:
    """Take in what a resident tells; at the desk nobody counts."""
    contact = contact_of(told)
    if not zones.known(db, told["zone"]):
        raise Invalid(errors={"zone": ["unknown"]})
    facts = {name: told[name] for name in ("kind", "place", "words", "zone")}
    extra = {name: told[name] for name in ("severity", "reported_at") if name in told}
    whole = Told(id=id, channel=channel, contact=contact, settled=bool(told.get("settled")), **facts, **extra)
    if channel == "web" and db.get(CaseReport, id) is None:
        FROM_A_PLACE.pass_once(db, address)
        WITH_A_NUMBER.pass_once(db, contact.get("phone") if contact else None)
    return opening.take_in(db, whole)


def contact_of(told: dict[str, Any]) -> dict[str, Any] | None:
    """Name and number, if they were given and may be kept."""
    contact: dict[str, Any] = {"name": told.get("name") or None, "phone": None}
    if told.get("phone"):
        contact["phone"] = phones.given(told["phone"])
    if not any(contact.values()):
        return None
    if not told.get("consent"):
        raise Invalid(errors={"consent": ["consent_required"]})
    return contact


def slip(taken: Taken) -> dict[str, Any]:
    """What whoever reported is given."""
    return {"number": taken.report.number, "pin": slips.pin_of(taken.report), "twin": taken.twin}


def state(db: Session, number: str, pin: str, *, address: str | None) -> dict[str, Any]:
    """How it stands; a wrong PIN is no error, the tries are counted."""
    found, left = _opened(db, number, pin, address)
    return {"case": described(db, found) if found else None, "tries_left": left}


def confirm(db: Session, number: str, pin: str, *, fixed: bool, words: str, address: str | None) -> dict[str, Any]:
    found, left = _opened(db, number, pin, address)
    if found:
        confirming.confirm(db, found, fixed=fixed, words=words)
    return {"case": described(db, found) if found else None, "tries_left": left}


def forget_old(db: Session) -> None:
    """Names and numbers go a while after the case is over."""
    over = select(Case.id).where(Case.ended_at < now() - KEPT)
    kept = update(CaseReport).where(CaseReport.contact.is_not(None), CaseReport.case_id.in_(over))
    db.execute(kept.values(contact=None), execution_options={"synchronize_session": False})


def _opened(db: Session, number: str, pin: str, address: str | None) -> tuple[CaseReport | None, int]:
    """A slip of the finger in the number is found before it costs a try."""
    if not numbers.is_one(number):
        raise Invalid(errors={"number": ["check_digit"]})
    return slips.opened(db, number, pin, address=address)


def described(db: Session, report: CaseReport) -> dict[str, Any]:
    """A report and how its case stands, for whoever reported: their own words, nobody's name."""
    case = db.get_one(Case, report.case_id)
    unit = db.scalar(select(Unit.name).where(Unit.unit_id == case.unit_id)) if case.unit_id else None
    steps = select(CaseStep.step, CaseStep.at).where(CaseStep.case_id == case.id, CaseStep.step.in_(SHOWN))
    own = {name: getattr(report, name) for name in ("number", "place", "words", "reported_at", "fixed")}
    columns = ("kind", "state", "pause_reason", "fixed_at", "fixed_words")
    return (
        own
        | {name: getattr(case, name) for name in columns}
        | {
            "report_id": report.id,
            "unit": unit,
            "steps": [{"step": step, "at": at} for step, at in db.execute(steps.order_by(CaseStep.at, CaseStep.id))],
        }
    )
