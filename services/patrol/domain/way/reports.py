"""What phones report from the way besides check-ins and trouble, taken in kind by kind."""

from sqlalchemy.orm import Session

from services.patrol.domain.moments import Clock
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.domain.way import checks, crews, handovers, pauses, skips
from shared.errors import Invalid

#: Whoever reports one of these is well.
SIGNS = ("skip", "check", "pause", "resume", "crew")


def before_the_end(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """What concerns the shift itself; it is taken in before the shift may end."""
    crews.confirm(db, _of(batch, "crew"), reader)
    handovers.read(db, _of(batch, "handover_read"), reader)
    pauses.take_in(db, [*_of(batch, "pause"), *_of(batch, "resume")], clock)


def at_places(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """What was done, or not, at a checkpoint."""
    for report in [*_of(batch, "skip"), *_of(batch, "check")]:
        if report.checkpoint is None:
            report.refuse(Invalid(errors={"checkpoint_id": ["required"]}))
        else:
            report.refuse_after_end()
    skips.take_in(db, _of(batch, "skip"), clock)
    checks.take_in(db, _of(batch, "check"), reader, clock)


def settle_pauses(db: Session, batch: list[Report]) -> None:
    """Close those of shifts that ended, and wait with worrying for those that stand still."""
    told = [report for report in batch if report.good and report.kind in ("end", *SIGNS)]
    if ids := list({report.item["shift_id"] for report in told}):
        pauses.end(db, ids)
        pauses.expect(db, ids)


def _of(batch: list[Report], kind: str) -> list[Report]:
    return [report for report in batch if report.kind == kind and report.good]
