"""What a phone kept while it had no network: taken in at any time, in any order, however often.

Each report has its own verdict. Starts and ends are applied first, so that the order within an
upload does not matter; all check-ins are written in one statement, all trouble in another.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.patrol.domain import checkpoints, reports, shifts, silence, troubles
from services.patrol.domain.moments import Clock
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.models import CheckIn, Shift
from shared.db import now

#: A report that comes by itself may come without a device.
NO_DEVICE: dict[str, Any] = {"id": "", "now": None, "page_session": None}


def take_in(
    db: Session, reader: Reader, items: list[dict], *, device: dict | None = None, received_at: datetime | None = None
) -> list[Report]:
    """Store what is new of these reports, and do what they ask for."""
    device = device or NO_DEVICE
    clock = Clock(received_at or now(), device["now"], device["page_session"])
    batch = [Report(item, reader.person_id) for item in items]
    mine = _shifts(db, reader, items)
    named = checkpoints.Named(db, items)
    for report in batch:
        report.examine(mine, named, clock)
    _start(db, batch, clock)
    _end(db, batch, reader, clock)
    _check_in(db, batch, device["id"], clock)
    troubles.take_in(db, [report for report in batch if report.good and report.kind == "trouble"], reader, clock)
    _hear(db, batch, reader, clock)
    return batch


def take_in_one(db: Session, reader: Reader, item: dict, *, device: dict | None = None) -> Report:
    """The same for a single report; raises the problem if there is one."""
    [report] = take_in(db, reader, [{"id": uuid4(), **item}], device=device)
    if report.problem:
        raise report.problem
    return report


def _shifts(db: Session, reader: Reader, items: list[dict]) -> Mapping[UUID, Shift | shifts.Watch]:
    """The shifts that these reports are about, locked."""
    ids = {item["shift_id"] for item in items if item.get("shift_id")}
    if all(item.get("kind") == "check_in" for item in items):
        return shifts.watches_of_reporter(db, reader, ids)
    return shifts.of_reporter(db, reader, ids)


def _start(db: Session, batch: list[Report], clock: Clock) -> None:
    def start(shift: Shift, report: Report) -> bool:
        return shifts.start(db, shift, by=report.person_id, moment=report.moment, received_at=clock.received_at)  # type: ignore[arg-type]

    _apply("start", start, batch)


def _end(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    def end(shift: Shift, report: Report) -> bool:
        facts = {"handover": report.item.get("handover") or "", "received_at": clock.received_at}
        return shifts.end(db, shift, by=reader.person_id, name=reader.name, moment=report.moment, **facts)  # type: ignore[arg-type]

    _apply("end", end, batch)


def _apply(kind: str, act: Callable[[Shift, Report], bool], batch: list[Report]) -> None:
    for report in batch:
        if report.kind == kind and report.good and isinstance(report.shift, Shift) and not act(report.shift, report):
            report.outcome = "duplicate"


def _check_in(db: Session, batch: list[Report], device_id: str, clock: Clock) -> None:
    for report in batch:
        if report.kind == "check_in" and report.good:
            report.refuse_after_end()
    good = [report for report in batch if report.kind == "check_in" and report.good]
    rows = [reports.check_in_row(report, device_id=device_id, clock=clock) for report in good]
    reports.store(db, CheckIn, good, rows)


def _hear(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """Let fresh signs of life calm who waits for them, and the board show what is new."""
    new = dict.fromkeys(report.shift.id for report in batch if report.good and report.shift)
    who = {"by": reader.person_id, "name": reader.name, "received_at": clock.received_at}
    silence.hear_check_ins(db, list(_fresh(batch, "check_in", clock)), **who)  # type: ignore[arg-type]
    silence.hear(db, list(_fresh(batch, "all_well", clock).values()), reason="all_well", **who)  # type: ignore[arg-type]
    for shift_id in new:
        tell_board(db, "shift", shift_id)


def _fresh(batch: list[Report], kind: str, clock: Clock) -> dict[UUID, Any]:
    """The shifts of which these reports say something about now."""
    good = [report for report in batch if report.kind == kind and report.good and report.shift and report.moment]
    return {report.shift.id: report.shift for report in good if silence.fresh(report.moment, clock.received_at)}  # type: ignore[union-attr, arg-type]
