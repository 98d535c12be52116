"""Slips of paper: typed in one after the other, and never more than people of whom there is no answer yet."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain.attendance import marks
from services.events.domain.feedback import answers
from services.events.models import QUESTIONS, Activity, Feedback
from shared.db import locked, now
from shared.errors import Invalid


def add(db: Session, activity_id: UUID, *, by: UUID, **said: Any) -> Feedback:
    """What stands on a slip: a question may have been left out, but not everything."""
    activity = locked(db, Activity, activity_id)
    if activity.finished_at is None:
        raise answers.NotFinished
    if now() > activity.ends_at + marks.LATE:
        raise marks.LongAgo(ends_at=activity.ends_at)
    if not said["words"] and not any(said[question] for question in QUESTIONS):
        raise Invalid(errors={"overall": ["required"]})
    if not answers.left(db, activity_id):
        raise answers.EverybodyAnswered
    said["words"] = said["words"] or None
    slip = Feedback(activity_id=activity_id, source="paper", typed_by=by, **said)
    db.add(slip)
    db.flush()
    return slip
