"""The welfare ladder: a squad on its way that is not heard of when it was due is looked after, never blamed.

Watching goes by the server's clock: each sign of life that arrives makes the next one due
CHECK_IN_EVERY_MINUTES later. A sign is *fresh* if it happened within that time and the ladder's
length, by a time that we trust. An older one, days late perhaps, goes into the history, shows on
the board, and neither wakes nor calms anybody. A sign speaks for its own shift and for no other.

The ladder is the buddy, the leader, the duty desk. It ends with a fresh sign, with the end of the
shift, or when anybody who knows says that all is well; while somebody looks after the squad,
nobody more is asked.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from services.patrol.domain.moments import Moment
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import name_of
from services.patrol.domain.sheets import Sign, last_signs
from services.patrol.models import Alarm, Shift, Squad, SquadMember
from shared.config import config
from shared.db import locked, now
from shared.outbox import publish
from shared.schemas import patrol as said

#: The condition that an alarm is not over.
SILENT = Alarm.ended_at.is_(None)


def pace() -> timedelta:
    """A squad on its way gives a sign of life at least this often."""
    return timedelta(minutes=config().check_in_every_minutes)


def fresh(moment: Moment, received_at: datetime) -> bool:
    """Whether this says anything about now."""
    return moment.trusted and moment.happened_at >= received_at - pace() - max(config().welfare_steps())


def watch(db: Session, shift_ids: Iterable[UUID], *, since: datetime) -> None:
    """Expect the next sign of life from these shifts that are on their way."""
    on_their_way = update(Shift).where(Shift.id.in_(list(shift_ids)), Shift.state == "active")
    db.execute(on_their_way.values(next_due_at=since + pace()))


def hear(
    db: Session, shifts: Sequence[Shift], *, by: UUID, name: str, received_at: datetime, reason: str, note: str = ""
) -> None:
    """These locked shifts gave a fresh sign of life: who waits for them need not worry.

    Whom all is well with after the planned end is at home, most likely: nobody waits for another sign.
    """
    ids = [shift.id for shift in shifts]
    if not ids:
        return
    at_home = {shift.id for shift in shifts if reason == "all_well" and received_at > shift.ends_at}
    if at_home:
        db.execute(update(Shift).where(Shift.id.in_(at_home)).values(next_due_at=None))
    watch(db, [shift_id for shift_id in ids if shift_id not in at_home], since=received_at)
    calm(db, ids, by=by, name=name, reason=reason, note=note)


def say_well(db: Session, shift_id: UUID, *, by: UUID, name: str, note: str = "") -> None:
    """Somebody who knows says that all is well."""
    shift = locked(db, Shift, shift_id)
    hear(db, [shift], by=by, name=name, received_at=now(), reason="all_well", note=note)
    tell_board(db, "shift", shift_id)


def answer(db: Session, alarm_id: UUID, *, by: UUID, answer: str) -> None:
    """What somebody answers who was asked about a silent squad. Only a yes changes anything.

    The crew's yes means "we are well". The leader's and the desk's means "I look after it".
    """
    shift_id = db.scalar(select(Alarm.shift_id).where(Alarm.id == alarm_id))
    if shift_id is None or answer != "ack":
        return
    shift = locked(db, Shift, shift_id)
    alarm = locked(db, Alarm, alarm_id)
    if alarm.ended_at is not None:
        return
    as_leader = by == shift.squad.leader_id and alarm.step != "buddy"
    if by in {crew.person_id for crew in shift.crew} and not as_leader:
        say_well(db, shift_id, by=by, name=name_of(db, by))
        return
    alarm.looked_after_by, alarm.looked_after_at, alarm.next_at = by, now(), None
    tell_board(db, "shift", shift_id)


def look_for_silence(db: Session) -> None:
    """Ask the next people about each squad whose next step is due."""
    at = now()
    first = config().welfare_steps()[0]
    due = or_(and_(Alarm.id.is_(None), Shift.next_due_at <= at - first), Alarm.next_at <= at)
    silent = (
        select(Shift, Alarm)
        .outerjoin(Alarm, and_(Alarm.shift_id == Shift.id, SILENT))
        .where(Shift.state == "active", due)
        .options(joinedload(Shift.squad).selectinload(Squad.members), selectinload(Shift.crew))
        .with_for_update(of=Shift, skip_locked=True)
    )
    found = db.execute(silent).all()
    signs = last_signs(db, [shift.id for shift, _ in found]) if found else {}
    for shift, alarm in found:
        _ask_next(db, shift, alarm, signs.get(shift.id), at)


def _ask_next(db: Session, shift: Shift, alarm: Alarm | None, sign: Sign | None, at: datetime) -> None:
    step = said.STEPS[said.STEPS.index(alarm.step) + 1] if alarm else said.STEPS[0]
    if alarm is None:
        alarm = Alarm(shift_id=shift.id, began_at=at)
        db.add(alarm)
    alarm.step, alarm.next_at = step, _after(shift, step)
    db.flush()
    publish(
        db,
        said.SquadWentSilent,
        subject=alarm.id,
        alarm_id=alarm.id,
        shift_id=shift.id,
        squad=shift.squad.name,
        step=step,
        person_ids=_asked(shift, step, sign),
        last_place=sign.place.label if sign and sign.place else None,
        last_at=sign.at if sign else shift.started_at,
    )
    tell_board(db, "shift", shift.id)


def _after(shift: Shift, step: str) -> datetime | None:
    """When the step after this one is due; it does not wait for a clock that stood still."""
    steps = config().welfare_steps()
    following = said.STEPS.index(step) + 1
    return shift.next_due_at + steps[following] if shift.next_due_at and following < len(said.STEPS) else None


def _asked(shift: Shift, step: str, sign: Sign | None) -> list[UUID]:
    """Whom to ask: first one who walks along, then the leader, then (nobody by name) the duty desk."""
    if step == "desk":
        return []
    if step == "leader":
        return [shift.squad.leader_id]
    last = sign.by if sign else shift.started_by
    crew = [crew.person_id for crew in shift.crew]
    others = [person_id for person_id in crew if person_id != last]
    buddy = _buddy(shift.squad.members, last)
    if buddy in others:
        return [buddy]
    return others if len(others) == 1 else crew or [shift.squad.leader_id]


def _buddy(members: list[SquadMember], person_id: UUID | None) -> UUID | None:
    return next((member.buddy_id for member in members if member.person_id == person_id), None)


def calm(db: Session, shift_ids: list[UUID], *, by: UUID, name: str, reason: str, note: str = "") -> None:
    """End the alarms of these shifts."""
    of_these = select(Alarm).where(Alarm.shift_id.in_(shift_ids), SILENT)
    for alarm in db.scalars(of_these.options(joinedload(Alarm.shift).joinedload(Shift.squad))):
        _end(db, alarm, by=by, name=name, reason=reason, note=note)


def _end(db: Session, alarm: Alarm, *, by: UUID, name: str, reason: str, note: str) -> None:
    alarm.ended_at, alarm.ended_by, alarm.reason, alarm.note, alarm.next_at = now(), by, reason, note, None
    squad = alarm.shift.squad.name
    publish(
        db, said.SquadIsWell, subject=alarm.id, alarm_id=alarm.id, shift_id=alarm.shift_id, squad=squad, said_by=name
    )
