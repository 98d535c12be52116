"""Somebody asked to be forgotten: their rounds stay counted, as nobody's."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.patrol.models import (
    CheckIn,
    CoverAsk,
    Crew,
    JoinTry,
    Person,
    Place,
    SquadMember,
    Swap,
    Volunteer,
)
from shared.people import forget_person

#: What is kept of nobody but for themselves.
OF_THEM = (
    (Volunteer, Volunteer.person_id),
    (Place, Place.person_id),
    (Swap, Swap.from_id),
    (CoverAsk, CoverAsk.person_id),
)


def forget(db: Session, event: Any) -> None:
    """Take them out of their squad and off their phone. Who was on which shift stays, by an id without a name."""
    forget_person(db, Person, event)
    db.execute(delete(SquadMember).where(SquadMember.person_id == event.person_id))
    db.execute(update(SquadMember).where(SquadMember.buddy_id == event.person_id).values(buddy_id=None))
    for model, column in OF_THEM:
        db.execute(delete(model).where(column == event.person_id))
    db.execute(delete(JoinTry).where(JoinTry.person_id == event.person_id))
    shifts = select(Crew.shift_id).where(Crew.person_id == event.person_id)
    mine = CheckIn.shift_id.in_(shifts) & (CheckIn.person_id == event.person_id)
    db.execute(update(CheckIn).where(mine).values(device_id=""), execution_options={"synchronize_session": False})
