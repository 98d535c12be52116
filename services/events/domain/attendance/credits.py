"""Hours: whoever was there is credited in their account, which members keeps."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.events.domain.feedback import asking
from services.events.domain.news import chunks, tell
from services.events.domain.states import expect
from services.events.models import Activity, Attendance, Person
from shared.db import locked, now
from shared.errors import Problem
from shared.schemas.events import AttendanceCredited, AttendanceWithdrawn

#: Typed in from paper is one thing, seen by a device or by the leader another.
PROVENANCE = {"sheet": "paper"}


class NotBegun(Problem):
    """What has not begun cannot be over."""


def finish(db: Session, activity_id: UUID, *, minutes: int | None = None) -> Activity:
    """Credit everybody who was there, and from now on whoever is still taken down; again: with other minutes."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "published", "ended")
    if activity.starts_at > now():
        raise NotBegun(starts_at=activity.starts_at)
    whole = (activity.ends_at - activity.starts_at) // timedelta(minutes=1)
    activity.credit_minutes = minutes or max(1, min(whole, 1440))
    activity.finished_at = activity.finished_at or now()
    db.flush()
    credit(db, activity)
    return activity


def credit(db: Session, activity: Activity) -> None:
    """Tell of all members who were there and are not credited yet, or otherwise; who is new is asked how it was."""
    minutes = activity.credit_minutes
    if activity.sandbox or minutes is None:
        return
    asking.ask(db, activity)
    there = (Attendance.activity_id == activity.id, Attendance.undone_at.is_(None))
    other = Attendance.credited.is_distinct_from(minutes)
    members = Attendance.person_id.in_(select(Person.person_id).where(Person.active))
    new = update(Attendance).where(*there, other, members).values(credited=minutes)
    found = db.execute(new.returning(Attendance.person_id, Attendance.source)).all()
    for provenance in ("measured", "paper"):
        people = sorted(id for id, source in found if PROVENANCE.get(source, "measured") == provenance)
        for some in chunks(people) if people else ():
            tell(db, AttendanceCredited, activity, person_ids=some, minutes=minutes, provenance=provenance)


def withdraw(db: Session, activity: Activity, person_ids: Sequence[UUID]) -> None:
    """They were not there: what was credited is taken back."""
    tell(db, AttendanceWithdrawn, activity, person_ids=person_ids)
