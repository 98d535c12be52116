"""The roster: who walks when. Postgres refuses that somebody walks two shifts at once, or without training."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from services.patrol.domain import gate
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader, leads_squad
from services.patrol.domain.refusals import refusal
from services.patrol.domain.squads import unknown_people
from services.patrol.models import Crew, Shift, Squad, SquadMember
from shared.db import now
from shared.errors import Invalid, Problem
from shared.outbox import publish
from shared.schemas import patrol as said
from shared.schemas.event import Event

#: No shift is longer; a longer one is a slip of the pen.
LONGEST = timedelta(hours=24)

#: What those hear who need not come any more.
NOT_NEEDED = "排班有调整，您这一班不用来了 / The roster changed; you need not come"


class ShiftUnderWay(Problem):
    """This shift has begun, or is over."""


def ends_after(moment: datetime) -> ColumnElement[bool]:
    """The condition that a shift is not over by then; the second half of it lets an index find the beginning."""
    return (Shift.ends_at >= moment) & (Shift.starts_at >= moment - LONGEST)


def plan(
    db: Session,
    reader: Reader,
    *,
    squad_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    crew: list[UUID],
    outdoor: bool = True,
) -> Shift:
    """Put a shift on the roster and tell its crew."""
    squad = db.scalar(select(Squad).where(Squad.id == squad_id, Squad.active, leads_squad(reader)))
    if squad is None:
        raise Invalid(errors={"squad_id": ["unknown"]})
    _check_times(starts_at, ends_at)
    shift = Shift(squad=squad, starts_at=starts_at, ends_at=ends_at, crew=[], outdoor=outdoor)
    db.add(shift)
    shift.crew = _crew(db, squad, crew)
    with db.no_autoflush:
        gate.expect_admitted(db, crew, ends_at)
    _flush(db)
    _publish(db, said.ShiftAssigned, shift, crew)
    tell_board(db, "shift", shift.id)
    return shift


def change(
    db: Session, shift: Shift, *, crew: list[UUID] | None = None, they_know: bool = False, **times: datetime
) -> Shift:
    """Change when a locked shift is, or who walks it; tell those for whom that is news, unless who leaves knows."""
    if shift.state != "planned" and (times or shift.state != "active"):
        raise ShiftUnderWay
    before = {member.person_id for member in shift.crew}
    moved = any(getattr(shift, name) != at for name, at in times.items())
    ends_at = times.get("ends_at", shift.ends_at)
    if moved:
        _check_times(times.get("starts_at", shift.starts_at), ends_at)
    if crew is not None:
        _replace_crew(db, shift, crew, ends_at)
    if moved:
        gate.expect_admitted(db, before if crew is None else before & set(crew), ends_at)
    for name, at in times.items():
        setattr(shift, name, at)
    _flush(db)
    _tell(db, shift, before, everybody=moved, they_know=they_know)
    return shift


def take_off(db: Session, shift: Shift, person_id: UUID, *, reason: str) -> None:
    """Somebody does not walk this locked shift; whoever leads it may now be somebody else. Who is left stays."""
    gone = next(member for member in shift.crew if member.person_id == person_id)
    shift.crew.remove(gone)
    flag_modified(shift, "state")
    if gone.role == "leader" and shift.crew:
        shift.crew[0].role = "leader"
    db.flush()
    if shift.state != "cancelled":
        _publish(db, said.ShiftCancelled, shift, [person_id], reason=reason)
        tell_board(db, "shift", shift.id)


def cancel(db: Session, shift: Shift, *, reason: str, weather_id: UUID | None = None) -> Shift:
    """Take a locked shift off the roster and tell its crew. What a person cancels no weather brings back."""
    if shift.state == "cancelled":
        return shift
    if shift.state != "planned":
        raise ShiftUnderWay
    shift.state, shift.reason, shift.weather_id = "cancelled", reason, weather_id
    db.flush()
    _publish(db, said.ShiftCancelled, shift, [member.person_id for member in shift.crew], reason=reason)
    tell_board(db, "shift", shift.id)
    return shift


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid(errors={"ends_at": ["ends_before_start"]})
    if ends_at - starts_at > LONGEST:
        raise Invalid(errors={"ends_at": [{"code": "too_long", "max": LONGEST // timedelta(hours=1)}]})
    if ends_at <= now():
        raise Invalid(errors={"ends_at": ["in_the_past"]})


def _replace_crew(db: Session, shift: Shift, crew: list[UUID], ends_at: datetime) -> None:
    new = {member.person_id: member for member in _crew(db, shift.squad, crew)}
    gate.expect_admitted(db, new.keys() - {member.person_id for member in shift.crew}, ends_at)
    for member in [member for member in shift.crew if member.person_id not in new]:
        shift.crew.remove(member)
    flag_modified(shift, "state")  # another crew is another version of the shift
    db.flush()  # who leaves is free before the shift moves
    staying = {member.person_id: member for member in shift.crew}
    for person_id, member in new.items():
        if person_id in staying:
            staying[person_id].role, staying[person_id].stand_in = member.role, member.stand_in
        else:
            shift.crew.append(member)


def _crew(db: Session, squad: Squad, crew: list[UUID]) -> list[Crew]:
    """Who leads is the squad's leader, or else the first one; who is not of the squad stands in."""
    if len(set(crew)) < len(crew):
        raise Invalid(errors={"crew": ["twice"]})
    if strangers := unknown_people(db, set(crew)):
        raise Invalid(errors={"crew": [{"code": "unknown", "values": strangers}]})
    own = set(db.scalars(select(SquadMember.person_id).where(SquadMember.squad_id == squad.id))) | {squad.leader_id}
    leader = squad.leader_id if squad.leader_id in crew else crew[0]
    return [
        Crew(person_id=person_id, role="leader" if person_id == leader else "member", stand_in=person_id not in own)
        for person_id in crew
    ]


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as error:
        if code := refusal(error):
            raise Invalid(errors={"crew": [code]}) from None
        raise


def _tell(db: Session, shift: Shift, before: set[UUID], *, everybody: bool, they_know: bool) -> None:
    after = {member.person_id for member in shift.crew}
    if news := after if everybody else after - before:
        _publish(db, said.ShiftAssigned, shift, sorted(news))
    if (gone := before - after) and not they_know:
        _publish(db, said.ShiftCancelled, shift, sorted(gone), reason=NOT_NEEDED)
    tell_board(db, "shift", shift.id)


def _publish(db: Session, event: type[Event], shift: Shift, person_ids: list[UUID], **more: Any) -> None:
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    publish(
        db, event, subject=shift.id, shift_id=shift.id, squad=shift.squad.name, person_ids=person_ids, **times, **more
    )
