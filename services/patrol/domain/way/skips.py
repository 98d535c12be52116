"""A checkpoint left out with a reason: it is looked after as well as one that was visited."""

from sqlalchemy.orm import Session

from services.patrol.domain import reports
from services.patrol.domain.moments import Clock
from services.patrol.domain.reports import Report
from services.patrol.models import Skip


def take_in(db: Session, batch: list[Report], clock: Clock) -> None:
    """Store examined skips."""
    rows = {report.item["id"]: _row(report, clock) for report in reversed(batch)}
    reports.store(db, Skip, batch, rows)


def _row(report: Report, clock: Clock) -> dict:
    said = report.item["skip"]
    return reports.timed(report, clock) | {
        "shift_id": report.item["shift_id"],
        "reason": said["reason"],
        "note": said.get("note") or "",
    }
