"""SOS: a call for help is never refused, never doubled, and over only when a person says so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload

from services.patrol.domain.news import tell_board
from services.patrol.domain.readers import Reader, allowed, name_of, sees_sos, settles_sos, walks
from services.patrol.domain.reports import AlreadyReported
from services.patrol.domain.sheets import last_signs
from services.patrol.models import Checkpoint, Shift, Sos
from shared.db import find, now
from shared.errors import Forbidden
from shared.outbox import publish
from shared.schemas import patrol as said

#: The condition that a call is not over.
OPEN = Sos.stood_down_at.is_(None)

#: Calls with what is told of them, fetched at once.
WHOLE = (
    select(Sos)
    .options(
        joinedload(Sos.shift).joinedload(Shift.squad),
        joinedload(Sos.checkpoint),
        joinedload(Sos.person),
        joinedload(Sos.helper),
    )
    .order_by(Sos.raised_at.desc(), Sos.id)
)


def call(
    db: Session, sos_id: UUID, reader: Reader, *, at: datetime, shift_id: UUID | None, checkpoint_id: UUID | None
) -> Sos:
    """Somebody needs help now. What we cannot place, we leave out, and call all the same."""
    shift = _shift(db, reader, shift_id)
    place = _place(db, checkpoint_id) or (_last_place(db, shift) if shift else None)
    facts = {"id": sos_id, "person_id": reader.person_id, "device_at": at, "raised_at": now()}
    facts |= {"shift_id": shift.id if shift else None, "checkpoint_id": place.id if place else None}
    new = db.scalar(insert(Sos).values(facts).on_conflict_do_nothing(index_elements=["id"]).returning(Sos.id))
    if new:
        _publish_call(db, sos_id, reader, shift, place)
    elif not db.scalar(select(Sos.id).where(Sos.id == sos_id, Sos.person_id == reader.person_id)):
        raise AlreadyReported
    return find(db, Sos, sos_id)


def acknowledge(db: Session, sos_id: UUID, reader: Reader) -> Sos:
    """Somebody goes there. Who was first stays; nobody answers their own call."""
    sos = allowed(db, Sos, sos_id, sees_sos(reader))
    if sos.person_id == reader.person_id:
        raise Forbidden
    if sos.acknowledged_at is None and sos.stood_down_at is None:
        sos.acknowledged_by, sos.acknowledged_at = reader.person_id, now()
        db.flush()
        facts = {"sos_id": sos.id, "person_id": sos.person_id, "by_name": reader.name}
        publish(db, said.SosAcknowledged, subject=sos.id, **facts)
        tell_board(db, "sos", sos.id)
    return sos


def stand_down(db: Session, sos_id: UUID, reader: Reader, *, note: str) -> Sos:
    """The call is over: so says who called, the leader, or the desk."""
    sos = allowed(db, Sos, sos_id, settles_sos(reader))
    if sos.stood_down_at is None:
        sos.stood_down_by, sos.stood_down_at, sos.note = reader.person_id, now(), note
        db.flush()
        publish(db, said.SosStoodDown, subject=sos.id, sos_id=sos.id, by_name=reader.name, note=note)
        tell_board(db, "sos", sos.id)
    return sos


def answer(db: Session, sos_id: UUID, *, by: UUID, answer: str) -> None:
    """What somebody answers who was asked to help. They were asked, so they may answer."""
    sos = db.scalar(select(Sos).where(Sos.id == sos_id, Sos.person_id != by))
    if sos is not None and answer == "ack":
        acknowledge(db, sos_id, Reader(by, name_of(db, by), desk=True))


def _shift(db: Session, reader: Reader, shift_id: UUID | None) -> Shift | None:
    """The shift that they say, if it is theirs; else the one that they are on."""
    mine = select(Shift).where(walks(reader)).options(joinedload(Shift.squad)).order_by(Shift.starts_at.desc()).limit(1)
    named = db.scalar(mine.where(Shift.id == shift_id)) if shift_id else None
    return named or db.scalar(mine.where(Shift.state == "active"))


def _place(db: Session, checkpoint_id: UUID | None) -> Checkpoint | None:
    return db.get(Checkpoint, checkpoint_id) if checkpoint_id else None


def _last_place(db: Session, shift: Shift) -> Checkpoint | None:
    sign = last_signs(db, [shift.id]).get(shift.id)
    return sign.place if sign else None


def _publish_call(db: Session, sos_id: UUID, reader: Reader, shift: Shift | None, place: Checkpoint | None) -> None:
    crew = [crew.person_id for crew in shift.crew] if shift else []
    publish(
        db,
        said.SosRaised,
        subject=sos_id,
        sos_id=sos_id,
        person_id=reader.person_id,
        person_name=reader.name,
        squad=shift.squad.name if shift else None,
        place=place.label if place else None,
        crew_ids=[person_id for person_id in crew if person_id != reader.person_id],
        leader_ids=[shift.squad.leader_id] if shift and shift.squad.leader_id != reader.person_id else [],
    )
    tell_board(db, "sos", sos_id)
