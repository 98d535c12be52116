"""Two weeks after the end, who spoke and who led hear what people said, in counts; again if slips come in later."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload

from services.events.domain.attendance.marks import LATE
from services.events.domain.feedback import results
from services.events.domain.feedback.answers import WINDOW
from services.events.domain.news import tell
from services.events.models import Activity, Feedback, FeedbackTold, SignUp
from shared.db import now
from shared.schemas.events import FeedbackGathered

#: Slips are typed in one after the other: whoever heard of them hears of more a day later at the earliest.
PAUSE = timedelta(days=1)


def tell_of_feedback(db: Session) -> None:
    """Tell of activities whose two weeks are over and of which there is more than was told."""
    for activity, so_far in db.execute(_due().limit(200)).all():
        told = {"answers": so_far, "at": now()}
        note = insert(FeedbackTold).values(activity_id=activity.id, **told)
        db.execute(note.on_conflict_do_update(index_elements=["activity_id"], set_=told))
        people = _listeners(db, activity.id)
        facts = {"person_ids": people, "led": bool(people), "answers": so_far, **_figures(db, activity.id)}
        tell(db, FeedbackGathered, activity, **facts)


def _due() -> Any:
    so_far = func.count(Feedback.id)
    rested = or_(FeedbackTold.activity_id.is_(None), FeedbackTold.at < now() - PAUSE)
    over = Activity.ends_at.between(now() - LATE - 2 * PAUSE, now() - WINDOW)
    query = select(Activity, so_far).join(Feedback, Feedback.activity_id == Activity.id)
    query = query.outerjoin(FeedbackTold, FeedbackTold.activity_id == Activity.id).where(over, rested)
    query = query.group_by(Activity.id, FeedbackTold.activity_id)
    more = or_(FeedbackTold.activity_id.is_(None), so_far > FeedbackTold.answers)
    query = query.having(so_far >= results.LEAST, more)
    return query.options(selectinload(Activity.unit)).order_by(Activity.ends_at, Activity.id)


def _listeners(db: Session, activity_id: UUID) -> Sequence[UUID]:
    leads = select(SignUp.person_id).where(
        SignUp.activity_id == activity_id, SignUp.part == "leader", SignUp.state == "going"
    )
    return sorted({*results.speakers_of(db, activity_id), *db.scalars(leads)})


def _figures(db: Session, activity_id: UUID) -> dict[str, int]:
    """The counts, as the event has them: overall_good, followed_yes …"""
    counts = results.counted(db, activity_id)
    return {f"{question}_{answer}": n for question, each in counts.items() for answer, n in each.items()}
