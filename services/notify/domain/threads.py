"""What messages are about: a call for help, a silent squad. One change of a thread at a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain import queueing
from services.notify.models import Ladder, Message, StandDown
from shared.db import now

LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:thread, 1))")


def lock(db: Session, thread: UUID) -> None:
    """Let nobody else ring, answer or end this thread until we are done."""
    db.execute(LOCK, {"thread": str(thread)})


def is_over(db: Session, thread: UUID, at: datetime) -> bool:
    """Whether the thread was stood down after *at*: news can overtake each other."""
    lock(db, thread)
    return db.scalars(select(StandDown.at).where(StandDown.thread == thread, StandDown.at >= at)).first() is not None


def stand_down(db: Session, thread: UUID, *, at: datetime, by: str) -> None:
    """It is over: nobody is rung any more, and what is queued is not sent. What is being sent now stays."""
    lock(db, thread)
    over = insert(StandDown).values(thread=thread, at=at)
    latest = func.greatest(StandDown.at, over.excluded.at)
    db.execute(over.on_conflict_do_update(index_elements=["thread"], set_={"at": latest}))
    settle(db, thread, by=by, why="stood_down")


def settle(db: Session, thread: UUID, *, by: str, why: str) -> None:
    """End the thread's ladders, drop what waits for them, and let the others' inboxes say who saw to it."""
    ladders = update(Ladder).where(Ladder.thread == thread, Ladder.ended_at.is_(None))
    db.execute(ladders.values(ended_at=now(), why_ended=why))
    asking = (Message.thread == thread) & Message.needs_answer
    queueing.cancel(db, asking)
    unanswered = update(Message).where(asking, Message.answer.is_(None), Message.cancelled_at.is_(None))
    db.execute(unanswered.values(cancelled_at=now(), settled_by=by))
