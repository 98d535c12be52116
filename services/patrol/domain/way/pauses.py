"""A shift stands still: to warm up, to wait, to help somebody. It says for how long, and worry waits until then."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.patrol.domain import phases, reports
from services.patrol.domain.moments import Clock
from services.patrol.domain.reports import Report
from services.patrol.models import Pause, Shift
from shared.errors import Problem

UNSEEN = {"synchronize_session": False}


class NotUnderWay(Problem):
    """Only a shift that is under way can pause."""


def take_in(db: Session, batch: list[Report], clock: Clock) -> None:
    """Begin and end pauses in the order in which that happened."""
    for report in sorted(batch, key=_happened_at):
        if report.kind == "resume":
            _go_on(db, report)
        elif not isinstance(report.shift, Shift) or report.shift.state == "planned":
            report.refuse(NotUnderWay())
        else:
            _begin(db, report, clock)


def end(db: Session, shift_ids: list[UUID]) -> None:
    """Nobody pauses on a shift that is over."""
    over = select(Shift.id).where(Shift.id.in_(shift_ids), Shift.state == "ended")
    still = update(Pause).where(Pause.shift_id.in_(over), Pause.ended_at.is_(None))
    db.execute(still.values(ended_at=func.now()), execution_options=UNSEEN)


def expect(db: Session, shift_ids: list[UUID]) -> None:
    """Of those that stand still, the next sign of life is due when they said, and not before."""
    for pause in phases.pauses(db, shift_ids).values():
        due = func.greatest(Shift.next_due_at, pause.until)
        waiting = update(Shift).where(Shift.id == pause.shift_id, Shift.next_due_at.is_not(None))
        db.execute(waiting.values(next_due_at=due), execution_options=UNSEEN)


def _begin(db: Session, report: Report, clock: Clock) -> None:
    new = insert(Pause).values(_row(report, clock)).on_conflict_do_nothing().returning(Pause.id)
    if db.scalar(new):
        return
    if db.get(Pause, report.item["id"]):
        reports.settle(db, Pause, [report], [])
    else:
        report.outcome = "duplicate"  # who pauses while pausing is pausing


def _go_on(db: Session, report: Report) -> None:
    at = _happened_at(report)
    still = update(Pause).where(Pause.shift_id == report.item["shift_id"], Pause.ended_at.is_(None))
    ended = still.where(Pause.happened_at <= at).values(ended_at=at).returning(Pause.id)
    if db.execute(ended, execution_options=UNSEEN).first() is None:
        report.outcome = "duplicate"


def _row(report: Report, clock: Clock) -> dict:
    row, said = reports.timed(report, clock), report.item["pause"]
    del row["checkpoint_id"]
    until = row["happened_at"] + timedelta(minutes=said["minutes"])
    return row | {"shift_id": report.item["shift_id"], "reason": said["reason"], "until": until}


def _happened_at(report: Report):
    assert report.moment  # noqa: S101  what is taken in was examined
    return report.moment.happened_at
