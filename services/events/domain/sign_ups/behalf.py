"""Signing up for others: the desk for a member or for a guest without an account, a neighbour for a neighbour.

A neighbour names somebody by name and number, and is always answered the same: who is a member is nobody's business.
The member is told who did it, and says no by one tap.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.domain.sign_ups import wishes
from services.events.domain.sign_ups.seats import sign_up
from services.events.domain.states import expect_open
from services.events.models import Activity, Guest, Person, SignUp
from shared import phones
from shared.crypto import blind
from shared.db import find, locked


def by_desk(db: Session, activity_id: UUID, *, person_id: UUID, asked: dict[str, Any], by: str, by_id: UUID) -> SignUp:
    """Sign a member up, or give them a part; they are told."""
    facts = {"by": by, "by_id": by_id, "by_name": name_of(db, by_id), "by_unit": True}
    return sign_up(db, activity_id, person_id=person_id, asked=asked, **facts)  # type: ignore[arg-type]


def by_neighbour(db: Session, activity_id: UUID, *, name: str, phone: str, asked: dict[str, Any], by_id: UUID) -> None:
    """Sign up whoever has this name and this number, if somebody has, and has not signed up by themselves."""
    activity = locked(db, Activity, activity_id)
    expect_open(activity)
    wishes.expect_in_time(activity)
    wishes.checked(activity, asked)
    person = known_by(db, name, phone)
    if person is None or person.person_id == by_id or not _reaches(activity, person):
        return
    held = db.get(SignUp, (activity_id, person.person_id), populate_existing=True)
    if held is None or (held.state == "cancelled" and held.by_id != by_id):  # who said no once is not asked again
        facts = {"by": "neighbour", "by_id": by_id, "by_name": name_of(db, by_id)}
        sign_up(db, activity_id, person_id=person.person_id, asked=asked, **facts)  # type: ignore[arg-type]


def by_phone(
    db: Session, activity_id: UUID, *, name: str, phone: str | None, asked: dict[str, Any], by: str, by_id: UUID
) -> SignUp:
    """Enter somebody who has no account, as the desk heard it."""
    find(db, Activity, activity_id)
    guest = Guest(activity_id=activity_id, name=name, phone=phones.given(phone) if phone else None)
    db.add(guest)
    db.flush()
    return sign_up(db, activity_id, person_id=guest.id, asked=asked, by=by, by_id=by_id, by_unit=True, guest=True)


def name_of(db: Session, person_id: UUID) -> str:
    return db.scalar(select(Person.name).where(Person.person_id == person_id)) or ""


def known_by(db: Session, name: str, phone: str) -> Person | None:
    """The member of this name and number. Whether there is one is for nobody to hear."""
    number = blind(phones.given(phone))
    return db.scalars(select(Person).where(Person.phone_blind == number, Person.name == name, Person.active)).first()


def _reaches(activity: Activity, person: Person) -> bool:
    return activity.reach == "all" or (activity.reach == "unit" and person.unit_id == activity.unit_id)
