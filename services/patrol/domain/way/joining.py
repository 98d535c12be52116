"""Joining a patrol on the spot: the leader's phone shows a code, another one each minute."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from services.patrol.domain import gate
from services.patrol.domain.moments import EARLY
from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader
from services.patrol.domain.refusals import crew_refused_at
from services.patrol.domain.squads import unknown_people
from services.patrol.models import Crew, JoinTry, Shift, SquadMember
from shared.db import locked, now
from shared.errors import Invalid, Problem
from shared.outbox import publish
from shared.schemas import patrol as said
from shared.turning_codes import TurningCode

CODE = TurningCode("join", step=60)

#: So many wrong codes within an hour; after them the leader adds whoever stands there.
TRIES, WITHIN = 10, timedelta(hours=1)


class TooManyTries(Problem):
    """Too many wrong codes: ask the leader to add you."""


@dataclass(frozen=True)
class Attempt:
    """How it went; a wrong one must be kept although the answer to it is no."""

    shift: Shift | None = None
    problem: Problem | None = None


def join(db: Session, reader: Reader, *, code: str, shift_id: UUID | None) -> Attempt:
    """Somebody stands beside the leader and has read the code. Joining twice is joining once."""
    if unknown_people(db, {reader.person_id}):
        return Attempt(problem=Invalid(errors={"join_code": ["unknown"]}))
    if _wrong(db, reader.person_id) >= TRIES:
        return Attempt(problem=TooManyTries())
    fitting = [shift for shift in _open(db, shift_id) if CODE.fits(shift.id, code, now())]
    if len(fitting) != 1:  # of two with the same code we cannot know which is meant: its QR code says it
        _remember(db, reader.person_id)
        return Attempt(problem=Invalid(errors={"join_code": ["unknown"]}))
    return _add(db, locked(db, Shift, fitting[0].id), reader)


def _add(db: Session, shift: Shift, reader: Reader) -> Attempt:
    if any(member.person_id == reader.person_id for member in shift.crew):
        return Attempt(shift)
    own = select(SquadMember.squad_id).where(SquadMember.person_id == reader.person_id)
    guest = shift.squad_id not in set(db.scalars(own)) and shift.squad.leader_id != reader.person_id
    facts = {"person_id": reader.person_id, "role": "member", "stand_in": guest, "joined_at": now()}
    gate.expect_admitted(db, [reader.person_id], shift.ends_at, "join_code")
    with crew_refused_at(db, "join_code"):
        db.add(Crew(shift_id=shift.id, **facts))
        flag_modified(shift, "state")  # another crew is another version of the shift
    _tell(db, shift, reader.person_id)
    return Attempt(shift)


def _tell(db: Session, shift: Shift, person_id: UUID) -> None:
    db.expire(shift, ["crew"])
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    facts: dict[str, Any] = {"shift_id": shift.id, "squad": shift.squad.name, "person_ids": [person_id]}
    publish(db, said.CrewJoined, subject=shift.id, **facts, **times)
    tell_board(db, "shift", shift.id)


def _open(db: Session, shift_id: UUID | None) -> list[Shift]:
    """The shifts that can be joined now, or the one that is meant if it can."""
    soon = (Shift.state == "planned") & (Shift.starts_at <= now() + EARLY) & (Shift.ends_at >= now())
    joinable = select(Shift).where(or_(Shift.state == "active", soon))
    if shift_id:
        joinable = joinable.where(Shift.id == shift_id)
    return list(db.scalars(joinable.limit(500)))


def _wrong(db: Session, person_id: UUID) -> int:
    tries = db.get(JoinTry, person_id, populate_existing=True)
    return tries.wrong if tries and tries.since > now() - WITHIN else 0


def _remember(db: Session, person_id: UUID) -> None:
    first = insert(JoinTry).values(person_id=person_id, wrong=1, since=now())
    long_ago = JoinTry.since <= now() - WITHIN
    again = {"wrong": case((long_ago, 1), else_=JoinTry.wrong + 1), "since": first.excluded.since}
    db.execute(first.on_conflict_do_update(constraint="join_tries_pkey", set_=again))
