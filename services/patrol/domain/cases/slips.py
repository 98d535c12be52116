"""What a resident holds in the hand: a number and a PIN. The PIN is nowhere kept: it is made from the key each time."""

import hmac
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.patrol.domain.limits import HOUR, Limit
from services.patrol.models import CaseReport
from shared.crypto import blind

TRIES = Limit("case pin", 5, HOUR)
#: From one address, whatever the numbers: nobody tries out numbers and PINs by the hundred.
TRIES_FROM_A_PLACE = Limit("case pins from", 30, HOUR)


def pin_of(report: CaseReport) -> str:
    """Six digits."""
    return _pin(report.id, report.slip)


def renew(db: Session, report: CaseReport) -> str:
    """A new PIN; the old one opens nothing any more."""
    report.slip += 1
    db.flush()
    return pin_of(report)


def opened(db: Session, number: str, pin: str, *, address: str | None) -> tuple[CaseReport | None, int]:
    """The report that these two open, and how many tries are left. A number that is nobody's is counted as well."""
    left = TRIES.left(db, number)
    if address:
        left = min(left, TRIES_FROM_A_PLACE.left(db, address))
    if not left:
        return None, 0
    report = db.scalar(select(CaseReport).where(CaseReport.number == number, CaseReport.person_id.is_(None)))
    if report is not None and hmac.compare_digest(pin_of(report).encode(), pin.encode()):
        return report, left
    TRIES.note(db, number)
    if address:
        TRIES_FROM_A_PLACE.note(db, address)
    return None, left - 1


def _pin(report_id: UUID, slip: int) -> str:
    return f"{int.from_bytes(blind(f'case pin {report_id} {slip}')[:8]) % 1_000_000:06}"
