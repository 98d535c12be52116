"""Who may see what: everybody their squads' shifts, the duty desk all of them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from services.patrol.models import Crew, Person, Shift, Sos, Squad, SquadMember, Trouble
from shared.db import locked
from shared.errors import NotFound


@dataclass(frozen=True)
class Reader:
    """Whoever asks. *desk*: the duty desk, clerks, the secretary."""

    person_id: UUID
    name: str = ""
    desk: bool = False
    units: frozenset[UUID] = frozenset()  # for which they are officers


def walks(reader: Reader) -> ColumnElement[bool]:
    """The condition on shifts that this person may report for them: the crew with its stand-ins, and the leader."""
    crew = exists().where(Crew.shift_id == Shift.id, Crew.person_id == reader.person_id)
    return or_(crew, Shift.squad_id.in_(_led_by(reader)))


def sees(reader: Reader) -> ColumnElement[bool]:
    """The condition on shifts that this person may look at them."""
    if reader.desk:
        return true()
    member = select(SquadMember.squad_id).where(SquadMember.person_id == reader.person_id)
    return or_(walks(reader), Shift.squad_id.in_(member))


def leads(reader: Reader) -> ColumnElement[bool]:
    """The condition on shifts that this person may arrange them."""
    return true() if reader.desk else Shift.squad_id.in_(_led_by(reader))


def sees_squad(reader: Reader) -> ColumnElement[bool]:
    if reader.desk:
        return true()
    member = exists().where(SquadMember.squad_id == Squad.id, SquadMember.person_id == reader.person_id)
    return or_(Squad.leader_id == reader.person_id, member)


def leads_squad(reader: Reader) -> ColumnElement[bool]:
    return true() if reader.desk else Squad.leader_id == reader.person_id


def sees_sos(reader: Reader) -> ColumnElement[bool]:
    """Who called, the crew and the leader of the shift, the desk."""
    if reader.desk:
        return true()
    near = select(Shift.id).where(walks(reader))
    return or_(Sos.person_id == reader.person_id, Sos.shift_id.in_(near))


def settles_sos(reader: Reader) -> ColumnElement[bool]:
    """Who called, the leader, the desk."""
    if reader.desk:
        return true()
    return or_(Sos.person_id == reader.person_id, Sos.shift_id.in_(select(Shift.id).where(leads(reader))))


def settles_trouble(reader: Reader) -> ColumnElement[bool]:
    """The desk, and the leader of the squad that reported it."""
    return true() if reader.desk else Trouble.shift_id.in_(select(Shift.id).where(leads(reader)))


def allowed(db: Session, model: type, key: UUID, may: ColumnElement[bool]):
    """The row with this key, locked, if the reader may; else there is no such thing."""
    if db.scalar(select(model.id).where(model.id == key, may)) is None:  # type: ignore[attr-defined]
        raise NotFound
    return locked(db, model, key)


def name_of(db: Session, person_id: UUID | None) -> str:
    return db.scalar(select(Person.name).where(Person.person_id == person_id)) or ""


def _led_by(reader: Reader):
    return select(Squad.id).where(Squad.leader_id == reader.person_id)
