"""When it is over, the members who were there are asked how it was: once each, and not when it is too late."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from services.events.domain.feedback import answers
from services.events.domain.news import tell_people
from services.events.models import Activity, Attendance, Feedback, Person
from shared.db import now
from shared.schemas.events import FeedbackAsked


def ask(db: Session, activity: Activity) -> None:
    """Ask those who are not credited yet: whoever is, was asked with it."""
    until = answers.until(activity)
    if now() < until and (people := _to_ask(db, activity.id)):
        tell_people(db, FeedbackAsked, activity, people, useless_after=until)


def _to_ask(db: Session, activity_id: UUID) -> list[UUID]:
    """Also not those who answered, or were asked, before it was undone that they were there."""
    before = aliased(Attendance)
    credited = exists().where(
        before.activity_id == activity_id,
        before.person_id == Attendance.person_id,
        before.credited.is_not(None),
    )
    there = select(Attendance.person_id).join(Person, Person.person_id == Attendance.person_id)
    there = there.where(Attendance.activity_id == activity_id, Attendance.undone_at.is_(None), Person.active, ~credited)
    said = set(db.scalars(select(Feedback.who).where(Feedback.activity_id == activity_id, Feedback.who.is_not(None))))
    return sorted(person for person in db.scalars(there) if answers.whose(activity_id, person) not in said)
