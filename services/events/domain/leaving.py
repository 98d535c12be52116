"""What becomes of all that members and units held, when they leave the committee or ask to be forgotten."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.events.domain import (
    attendance,
    feedback,
    handing_back,
    jobs,
    referrals,
    sign_ups,
    speakers,
    topics,
    troupes,
    venues,
)
from services.events.domain.family_services import matrix, requests
from services.events.domain.loans import leaving as loans
from services.events.domain.series import standing
from services.events.domain.sign_ups import forgetting
from services.events.models import Feed, PollAnswer

#: Each takes back what its subject keeps of people.
OF_PEOPLE = (
    standing.leave,
    sign_ups.cancel_all,
    venues.forget_stewards,
    handing_back.let_people_go,
    topics.leave,
    speakers.leave,
    troupes.leave,
    requests.leave,
    referrals.leave,
    loans.let_people_go,
)
OF_UNITS = (handing_back.let_units_go, speakers.unit_left, matrix.unit_left, jobs.unit_left, loans.let_units_go)
OF_THE_FORGOTTEN = (
    handing_back.forget_person,
    feedback.forget,
    forgetting.forget,
    attendance.forget,
    speakers.forget_person,
    loans.forget_person,
)


def let_people_go(db: Session, person_ids: Sequence[UUID]) -> None:
    """Whoever left holds no seat any more, looks after no venue, and owes nothing."""
    for let_go in OF_PEOPLE if person_ids else ():
        let_go(db, person_ids)


def let_units_go(db: Session, unit_ids: Sequence[UUID]) -> None:
    """A unit that is no member any more offers nothing here."""
    for let_go in OF_UNITS if unit_ids else ():
        let_go(db, unit_ids)


def forget_person(db: Session, person_id: UUID) -> None:
    """Nothing says any more who it was; where they went is still counted."""
    let_people_go(db, [person_id])
    for forget in OF_THE_FORGOTTEN:
        forget(db, person_id)
    for table in (Feed, PollAnswer):
        db.execute(delete(table).where(table.person_id == person_id))
