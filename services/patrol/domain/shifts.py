"""A shift begins and ends: by its crew, in any order of news, or by the clock when everybody forgot."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain import silence
from services.patrol.domain.moments import CLOSE, EARLY, Moment
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader, walks
from services.patrol.models import Shift
from shared.db import now
from shared.errors import Problem
from shared.outbox import publish
from shared.schemas import patrol as said
from shared.schemas.event import Event

#: A shift that is still open so long after its planned end, and that nobody waits for, was forgotten.
FORGOTTEN = timedelta(hours=12)


class NotYourShift(Problem):
    """You have no shift of this kind."""

    status = 404


class ShiftEnded(Problem):
    """That was after the shift had ended."""


class ShiftIsOff(Problem):
    """This shift was cancelled."""


class TooEarly(Problem):
    """This shift begins later."""


class Watch(NamedTuple):
    """What a check-in needs to know of its shift."""

    id: UUID
    state: str
    starts_at: datetime
    ended_at: datetime | None
    ended_by: UUID | None


def of_reporter(db: Session, reader: Reader, shift_ids: set[UUID]) -> Mapping[UUID, Shift]:
    """Those of these shifts that this person may report for, locked. Their crews are fetched when they are told of."""
    mine = (
        select(Shift)
        .where(Shift.id.in_(shift_ids), walks(reader))
        .options(joinedload(Shift.squad))
        .order_by(Shift.id)  # two who lock several never wait for each other
        .with_for_update(of=Shift)
        .execution_options(populate_existing=True)
    )
    return {shift.id: shift for shift in db.scalars(mine)} if shift_ids else {}


def check_takes_reports(shift: Shift | Watch, received_at: datetime) -> None:
    if shift.state == "cancelled":
        raise ShiftIsOff
    if received_at < shift.starts_at - EARLY:
        raise TooEarly(starts_at=shift.starts_at)


def check_not_after_end(shift: Shift | Watch, moment: Moment) -> None:
    """A late report of what was before the end is welcome; a doubtful time is no reason to refuse one."""
    by_somebody = shift.ended_at and shift.ended_by
    if by_somebody and moment.trusted and moment.happened_at > shift.ended_at + CLOSE:  # type: ignore[operator]
        raise ShiftEnded(ended_at=shift.ended_at)


def start(db: Session, shift: Shift, *, by: UUID, moment: Moment, received_at: datetime) -> bool:
    """Note that the shift began; False if that was known. From here on the squad is watched, unless it is long ago."""
    if shift.started_at is not None:
        return False
    shift.started_at, shift.started_by = moment.happened_at, by
    if shift.state == "planned":
        shift.state = "active"
        _publish(db, said.ShiftStarted, shift)
    db.flush()
    if received_at < shift.ends_at or silence.fresh(moment, received_at):
        silence.watch(db, [shift.id], since=received_at)
    return True


def end(
    db: Session, shift: Shift, *, by: UUID, name: str, moment: Moment, received_at: datetime, handover: str
) -> bool:
    """Note that the shift ended; False if that was known. A doubtful clock ends no shift: then it is now."""
    if shift.state == "ended" and shift.ended_by is not None:
        shift.handover = shift.handover or handover  # of two phones, one may have the note
        db.flush()
        return False
    before = shift.state
    shift.state, shift.ended_by, shift.handover, shift.next_due_at = "ended", by, handover, None
    shift.ended_at = moment.happened_at if moment.trusted else received_at
    db.flush()
    silence.hear(db, [shift], by=by, name=name, received_at=received_at, reason="ended")
    if before != "ended":
        _publish(db, said.ShiftEnded, shift)
    return True


def end_forgotten(db: Session) -> None:
    """End shifts that nobody ended and nobody waits for: their crews' quiet hours hold again."""
    long_over = (Shift.ends_at < now() - FORGOTTEN, Shift.next_due_at.is_(None))
    forgotten = select(Shift).where(Shift.state == "active", *long_over)
    fetched = forgotten.options(joinedload(Shift.squad), selectinload(Shift.crew))
    for shift in db.scalars(fetched.with_for_update(of=Shift, skip_locked=True)):
        shift.state, shift.ended_at, shift.next_due_at = "ended", shift.ends_at, None
        _publish(db, said.ShiftEnded, shift)
        tell_board(db, "shift", shift.id)


def _publish(db: Session, event: type[Event], shift: Shift) -> None:
    crew = [crew.person_id for crew in shift.crew]
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    publish(db, event, subject=shift.id, shift_id=shift.id, squad=shift.squad.name, person_ids=crew, **times)
