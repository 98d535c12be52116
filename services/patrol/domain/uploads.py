"""What a phone kept while it had no network: taken in at any time, in any order, however often.

Each report has its own verdict. Starts and ends are applied first, so that the order within an
upload does not matter; all check-ins are written in one statement, all trouble in another.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.patrol.domain import check_ins, checkpoints, shifts, silence, troubles
from services.patrol.domain.cases import looking_again
from services.patrol.domain.checkpoints import Named
from services.patrol.domain.moments import Clock
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.domain.way import handovers
from services.patrol.domain.way import reports as way
from services.patrol.models import Shift
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
    mine, named = _read(db, reader, items)
    for report in batch:
        report.examine(mine, named, clock)
    _start(db, batch, clock)
    way.before_the_end(db, batch, reader, clock)
    _end(db, batch, reader, clock)
    _check_in(db, batch, reader, device["id"], clock)
    way.at_places(db, batch, reader, clock)
    troubles.take_in(db, _good(batch, "trouble"), reader, clock)
    looking_again.take_in(db, _good(batch, "second_look"), clock)
    _hear(db, batch, reader, clock)
    way.settle_pauses(db, batch)
    return batch


def take_in_one(db: Session, reader: Reader, item: dict, *, device: dict | None = None) -> Report:
    """The same for a single report; raises the problem if there is one."""
    [report] = take_in(db, reader, [{"id": uuid4(), **item}], device=device)
    if report.problem:
        raise report.problem
    return report


def _good(batch: list[Report], kind: str) -> list[Report]:
    return [report for report in batch if report.good and report.kind == kind]


def _read(db: Session, reader: Reader, items: list[dict]) -> tuple[Mapping[UUID, Shift | shifts.Watch], Named]:
    """The shifts that these reports are about, locked, and the checkpoints that they name."""
    if all(item.get("kind") == "check_in" for item in items):
        return check_ins.read(db, reader, items)
    ids = {item["shift_id"] for item in items if item.get("shift_id")}
    return shifts.of_reporter(db, reader, ids), checkpoints.named(db, items)


def _start(db: Session, batch: list[Report], clock: Clock) -> None:
    def start(shift: Shift, report: Report) -> bool:
        return shifts.start(db, shift, by=report.person_id, moment=report.moment, received_at=clock.received_at)  # type: ignore[arg-type]

    _apply("start", start, batch)


def _end(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    def end(shift: Shift, report: Report) -> bool:
        facts = {"handover": report.item.get("handover") or "", "received_at": clock.received_at}
        ended = shifts.end(db, shift, by=reader.person_id, name=reader.name, moment=report.moment, **facts)  # type: ignore[arg-type]
        handovers.carry(db, shift, report.item.get("carried") or [])
        return ended

    _apply("end", end, batch)


def _apply(kind: str, act: Callable[[Shift, Report], bool], batch: list[Report]) -> None:
    for report in batch:
        if report.kind == kind and report.good and isinstance(report.shift, Shift) and not act(report.shift, report):
            report.outcome = "duplicate"


def _check_in(db: Session, batch: list[Report], reader: Reader, device_id: str, clock: Clock) -> None:
    checked_in = [report for report in batch if report.kind == "check_in" and report.good]
    for report in checked_in:
        report.refuse_after_end()
    good = [report for report in checked_in if report.good]
    check_ins.take_in(db, good, reader, device_id=device_id, clock=clock)


def _hear(db: Session, batch: list[Report], reader: Reader, clock: Clock) -> None:
    """Let it be known who is well, and the board show what is new besides check-ins."""
    new: dict[UUID, Shift] = {}
    well: dict[UUID, Shift] = {}
    seen: dict[UUID, Shift] = {}
    for report in batch:
        if report.good and report.kind != "check_in" and isinstance(report.shift, Shift):
            new[report.shift.id] = report.shift
            if report.kind == "all_well" and _is_fresh(report, clock):
                well[report.shift.id] = report.shift
            if report.kind in way.SIGNS and _is_fresh(report, clock):
                seen[report.shift.id] = report.shift
    facts = {"by": reader.person_id, "name": reader.name, "received_at": clock.received_at}
    silence.hear(db, list(seen.values()), reason="check_in", **facts)  # type: ignore[arg-type]
    silence.hear(db, list(well.values()), reason="all_well", **facts)  # type: ignore[arg-type]
    for shift_id in new:
        tell_board(db, "shift", shift_id)


def _is_fresh(report: Report, clock: Clock) -> bool:
    return report.moment is not None and silence.fresh(report.moment, clock.received_at)
