"""Whoever was there says how it was, once and without their name; for two weeks they may say it otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from services.events.domain.feedback import voices
from services.events.models import Activity, Attendance, Feedback
from shared.crypto import blind
from shared.db import locked, now
from shared.errors import Problem

#: How long after the end.
WINDOW = timedelta(days=14)


class NotThere(Problem):
    """Only those who were there say how it was."""

    status = 403


class NotFinished(Problem):
    """It is not over yet."""


class FeedbackClosed(Problem):
    """The time for saying how it was is over."""


class EverybodyAnswered(Problem):
    """There are as many answers as people who were there: those on paper are nobody's, so one may be yours."""


@dataclass(frozen=True)
class Standing:
    """Whether somebody may say how it was, until when, what they said; *why*: the name of the problem, if not."""

    until: datetime
    mine: Feedback | None
    why: str | None

    @property
    def may(self) -> bool:
        return self.why is None


def standing(db: Session, activity: Activity, person_id: UUID) -> Standing:
    mine = _answer_of(db, activity.id, person_id)
    problem = _objection(db, activity, person_id, mine)
    return Standing(until(activity), mine, type(problem).__name__ if problem else None)


def give(db: Session, activity_id: UUID, *, person_id: UUID, **said: Any) -> Feedback:
    """Say how it was, or say it otherwise. *voice*: None takes it back, left out it stays."""
    activity = locked(db, Activity, activity_id)
    mine = _answer_of(db, activity_id, person_id)
    if problem := _objection(db, activity, person_id, mine):
        raise problem
    if "voice" in said:
        said["voice_kind"] = voices.judged(said["voice"]) if said["voice"] else None
    if mine is None:
        mine = Feedback(activity_id=activity_id, who=whose(activity_id, person_id), source="phone")
        db.add(mine)
    said["words"] = said["words"] or None
    for name, value in said.items():
        setattr(mine, name, value)
    db.flush()
    return mine


def until(activity: Activity) -> datetime:
    """Until when people say how it was."""
    return activity.ends_at + WINDOW


def left(db: Session, activity_id: UUID) -> int:
    """How many of those who were there have not answered, on the phone or on paper."""
    return max(0, there(db, activity_id) - answered(db, activity_id))


def there(db: Session, activity_id: UUID) -> int:
    return db.scalar(_count(Attendance).where(Attendance.activity_id == activity_id, Attendance.undone_at.is_(None)))


def answered(db: Session, activity_id: UUID) -> int:
    return db.scalar(_count(Feedback).where(Feedback.activity_id == activity_id))


def whose(activity_id: UUID, person_id: UUID) -> bytes:
    """A person as one activity knows them: another one knows them otherwise, and neither can be turned back."""
    return blind(f"feedback:{activity_id}:{person_id}")


def forget(db: Session, person_id: UUID) -> None:
    """Who asked to be forgotten is still counted; what they wrote and said is gone, and what they typed nobody's."""
    been = db.scalars(select(Attendance.activity_id).where(Attendance.person_id == person_id).distinct())
    hashes = [whose(activity_id, person_id) for activity_id in been]
    quiet = {"synchronize_session": False}
    gone = {"words": None, "voice": None, "voice_kind": None}
    db.execute(update(Feedback).where(Feedback.who.in_(hashes)).values(**gone), execution_options=quiet)
    db.execute(update(Feedback).where(Feedback.typed_by == person_id).values(typed_by=None), execution_options=quiet)


def _answer_of(db: Session, activity_id: UUID, person_id: UUID) -> Feedback | None:
    theirs = Feedback.who == whose(activity_id, person_id)
    return db.scalars(select(Feedback).where(Feedback.activity_id == activity_id, theirs)).one_or_none()


def _objection(db: Session, activity: Activity, person_id: UUID, mine: Feedback | None) -> Problem | None:
    """Why somebody may not say how it was."""
    been = select(Attendance.id).where(
        Attendance.activity_id == activity.id, Attendance.person_id == person_id, Attendance.undone_at.is_(None)
    )
    if db.scalar(been) is None:
        return NotThere()
    if activity.finished_at is None:
        return NotFinished()
    if now() > until(activity):
        return FeedbackClosed(until=until(activity))
    if mine is None and not left(db, activity.id):
        return EverybodyAnswered()
    return None


def _count(table: Any) -> Select[Any]:
    return select(func.count()).select_from(table)
