"""From one squad to the next: a word, what is still open, and a receipt that somebody has read it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader
from services.patrol.domain.reports import Report
from services.patrol.models import Shift, Squad, Trouble
from shared.errors import Problem

#: What the next squad reads where only open things were left to it.
NO_WORDS = "请接着看没办完的事 / Please go on with what is open"


class NoHandover(Problem):
    """There is no such handover for this shift."""

    status = 404


def carry(db: Session, shift: Shift, trouble_ids: Iterable[UUID]) -> None:
    """Leave these open things of the squad's way to the next one."""
    wanted = select(Trouble.id).where(Trouble.id.in_(set(trouble_ids)), Trouble.state != "closed", of_way(shift))
    shift.carried = sorted(set(shift.carried) | set(db.scalars(wanted)))
    if shift.carried and not shift.handover:
        shift.handover = NO_WORDS
    db.flush()


def of_way(shift: Shift):
    """The condition that trouble was found by this squad, or by one of the same zone."""
    theirs, squad = aliased(Shift), aliased(Squad)
    return Trouble.shift_id.in_(select(theirs.id).join(squad, squad.id == theirs.squad_id).where(_near(squad, shift)))


def read(db: Session, batch: list[Report], reader: Reader) -> None:
    """The next squad has read what was left for it. Who was first stays."""
    for report in batch:
        try:
            if not _read(db, report, reader):
                report.outcome = "duplicate"
        except Problem as problem:
            report.refuse(problem)


def _read(db: Session, report: Report, reader: Reader) -> bool:
    mine = report.shift
    assert isinstance(mine, Shift)  # noqa: S101  what is taken in was examined
    assert report.moment  # noqa: S101
    before = db.scalar(_left_for(mine, report.item["of"]).with_for_update(of=Shift))
    if before is None:
        raise NoHandover
    if before.handover_read_at is not None:
        return False
    before.handover_read_at, before.handover_read_by = report.moment.happened_at, reader.person_id
    db.flush()
    tell_board(db, "shift", before.id)
    return True


def _left_for(mine: Shift, shift_id: UUID):
    """The shift with this id, if it was before mine on the same way and left word."""
    left = select(Shift).join(Squad, Squad.id == Shift.squad_id).where(Shift.id == shift_id, _near(Squad, mine))
    return left.where(Shift.state == "ended", Shift.handover != "", Shift.starts_at < mine.starts_at)


def _near(squad: Any, shift: Shift) -> ColumnElement[bool]:
    """The condition that a squad walks this shift's way: it is the same one, or of the same zone."""
    same = squad.id == shift.squad_id
    return same if shift.squad.zone is None else or_(same, squad.zone == shift.squad.zone)
