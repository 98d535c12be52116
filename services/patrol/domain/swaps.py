"""A place on a shift passes to somebody else: offered to one by name, or to whoever of the squad takes it first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain import roster
from services.patrol.domain.readers import Reader, name_of, walks
from services.patrol.domain.squads import unknown_people
from services.patrol.models import Crew, Shift, Squad, SquadMember, Swap
from shared.db import find, locked, now
from shared.errors import Invalid, NotFound, Problem
from shared.outbox import publish
from shared.schemas.patrol import ShiftSwapEnded, ShiftSwapOffered

WHOLE = (joinedload(Swap.shift).joinedload(Shift.squad), joinedload(Swap.giver))


class PlaceTaken(Problem):
    """Somebody took it, or it was taken back."""


class NotOnCrew(Problem):
    """Only who walks a shift can pass it on."""

    status = 403


def offer(db: Session, shift_id: UUID, reader: Reader, *, to: UUID | None) -> Swap:
    """Offer one's place; a second offer takes the place of the first."""
    if db.scalar(select(Shift.id).where(Shift.id == shift_id, walks(reader))) is None:
        raise NotFound
    shift = _to_come(db, shift_id)
    crew = {member.person_id for member in shift.crew}
    if reader.person_id not in crew:
        raise NotOnCrew
    if to and (to in crew or unknown_people(db, {to})):
        raise Invalid(errors={"to": ["walks_already" if to in crew else "unknown"]})
    _take_back_open(db, shift_id, reader.person_id)
    swap = Swap(shift_id=shift_id, from_id=reader.person_id, to_id=to, offered_at=now())
    db.add(swap)
    db.flush()
    if to:
        _tell(db, ShiftSwapOffered, swap, shift, person_id=to, from_name=reader.name)
    return _whole(db, swap.id)


def accept(db: Session, swap_id: UUID, reader: Reader) -> Swap:
    """Take a place that is offered. Of two at once one has it; the gate and the other shifts are as for everybody."""
    swap, shift = _to_answer(db, swap_id, reader)
    if swap.from_id == reader.person_id:
        raise NotFound
    crew = [member.person_id for member in sorted(shift.crew, key=lambda member: member.role)]
    if reader.person_id in crew or swap.from_id not in crew:
        raise PlaceTaken(state="withdrawn")
    swap.state, swap.taken_by = "accepted", reader.person_id
    new = [reader.person_id if one == swap.from_id else one for one in crew]
    roster.change(db, shift, crew=new, they_know=True)
    _tell(db, ShiftSwapEnded, swap, shift, person_id=swap.from_id, swap_outcome="accepted", by_name=reader.name)
    return _whole(db, swap_id)


def decline(db: Session, swap_id: UUID, reader: Reader) -> Swap:
    """The place stays whose it is; they are told."""
    swap, shift = _to_answer(db, swap_id, reader)
    if swap.to_id != reader.person_id:
        raise NotFound
    swap.state = "declined"
    db.flush()
    _tell(db, ShiftSwapEnded, swap, shift, person_id=swap.from_id, swap_outcome="declined", by_name=reader.name)
    return _whole(db, swap_id)


def take_back(db: Session, swap_id: UUID, reader: Reader) -> None:
    """Walk it after all."""
    swap = find(db, Swap, swap_id)
    if swap.from_id != reader.person_id:
        raise NotFound
    locked(db, Shift, swap.shift_id)
    _take_back_open(db, swap.shift_id, reader.person_id)


def answer(db: Session, swap_id: UUID, *, by: UUID, answer: str) -> None:
    """What somebody answers by one tap whom a place was offered."""
    reader = Reader(by, name_of(db, by))
    if db.get(Swap, swap_id) is None or answer not in ("ack", "decline"):
        return
    try:
        with db.begin_nested():
            (accept if answer == "ack" else decline)(db, swap_id, reader)
    except Problem:
        if answer == "ack":
            swap = find(db, Swap, swap_id, populate_existing=True)
            shift = find(db, Shift, swap.shift_id)
            _tell(db, ShiftSwapEnded, swap, shift, person_id=by, swap_outcome="too_late", by_name="")


def open_to(db: Session, person_id: UUID) -> Sequence[Swap]:
    """What is offered to somebody by name or to their squads, and what they offer, of shifts to come."""
    member = select(SquadMember.squad_id).where(SquadMember.person_id == person_id)
    led = select(Squad.id).where(Squad.leader_id == person_id)
    walked = select(Crew.shift_id).where(Crew.person_id == person_id)
    of_squad = Swap.to_id.is_(None) & Shift.id.not_in(walked) & (Shift.squad_id.in_(member) | Shift.squad_id.in_(led))
    mine = or_(Swap.to_id == person_id, Swap.from_id == person_id, of_squad)
    found = select(Swap).join(Shift, Shift.id == Swap.shift_id).where(mine, Swap.state == "offered")
    to_come = found.where(Shift.state == "planned", Shift.starts_at > now())
    return db.scalars(to_come.options(*WHOLE).order_by(Shift.starts_at, Swap.id)).all()


def _to_come(db: Session, shift_id: UUID) -> Shift:
    shift = locked(db, Shift, shift_id)
    if shift.state != "planned" or shift.starts_at <= now():
        raise roster.ShiftUnderWay
    return shift


def _to_answer(db: Session, swap_id: UUID, reader: Reader) -> tuple[Swap, Shift]:
    """The offer and its shift, locked, if it is one for them."""
    swap = find(db, Swap, swap_id)
    if swap.to_id not in (None, reader.person_id) or (swap.to_id is None and not _of_squad(db, swap, reader)):
        raise NotFound
    shift = locked(db, Shift, swap.shift_id)
    db.refresh(swap)
    if swap.state != "offered":
        raise PlaceTaken(state=swap.state)
    if shift.state != "planned" or shift.starts_at <= now():
        raise roster.ShiftUnderWay
    return swap, shift


def _of_squad(db: Session, swap: Swap, reader: Reader) -> bool:
    squad = select(Shift.squad_id).where(Shift.id == swap.shift_id)
    member = select(SquadMember.person_id).where(SquadMember.squad_id.in_(squad))
    led = select(Squad.leader_id).where(Squad.id.in_(squad))
    return reader.person_id in {*db.scalars(member), *db.scalars(led)}


def _take_back_open(db: Session, shift_id: UUID, from_id: UUID) -> None:
    mine = update(Swap).where(Swap.shift_id == shift_id, Swap.from_id == from_id, Swap.state == "offered")
    db.execute(mine.values(state="withdrawn"))


def _whole(db: Session, swap_id: UUID) -> Swap:
    return find(db, Swap, swap_id, options=WHOLE, populate_existing=True)


def _tell(db: Session, event: type, swap: Swap, shift: Shift, **more: Any) -> None:
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    publish(db, event, subject=swap.id, swap_id=swap.id, shift_id=shift.id, squad=shift.squad.name, **times, **more)
