"""What comes of it: counts of each question, words and voices. Counts only: nobody is compared with anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.events.domain.attendance import marks
from services.events.domain.feedback import answers, voices
from services.events.domain.scope import Asker
from services.events.models import QUESTIONS, Activity, Feedback, Speaker, TermSlot
from shared.db import find, now
from shared.errors import NotFound

#: From so many answers on they are shown: of fewer, one might know whose they are.
LEAST = 3

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Results:
    """*counts*: of each question how often each answer; None, and no words, while there are fewer than *least*."""

    answers: int
    there: int
    until: datetime
    open: bool
    least: int = LEAST
    counts: Counts | None = None
    words: Sequence[str] = ()
    voices: Sequence[UUID] = ()

    @property
    def slips_left(self) -> int:
        """How many slips of paper can still be typed in."""
        return max(0, self.there - self.answers)


def may_hear(db: Session, activity: Activity, asker: Asker) -> bool:
    """Whoever may say who was there, and whoever spoke."""
    return marks.may_take(db, activity, asker) or asker.person_id in speakers_of(db, activity.id)


def of(db: Session, activity: Activity) -> Results:
    """As far as it may be shown. Words and voices come by ids that tell no time."""
    so_far = answers.answered(db, activity.id)
    until = answers.until(activity)
    facts: dict[str, Any] = {"answers": so_far, "until": until, "open": now() <= until}
    facts["there"] = answers.there(db, activity.id)
    if so_far < LEAST:
        return Results(**facts)
    said = select(Feedback.id, Feedback.words, Feedback.voice_kind).where(Feedback.activity_id == activity.id)
    rows = db.execute(said.order_by(Feedback.id)).all()
    words = [row.words for row in rows if row.words]
    spoken = [row.id for row in rows if row.voice_kind]
    return Results(**facts, counts=counted(db, activity.id), words=words, voices=spoken)


def counted(db: Session, activity_id: UUID) -> Counts:
    """How often each answer was given: one statement."""
    names = [(question, answer) for question, known in QUESTIONS.items() for answer in known]
    figures = [func.count().filter(getattr(Feedback, question) == answer) for question, answer in names]
    row = db.execute(select(*figures).where(Feedback.activity_id == activity_id)).one()
    found = dict(zip(names, row, strict=True))
    return {question: {answer: found[question, answer] for answer in known} for question, known in QUESTIONS.items()}


def voice(db: Session, voice_id: UUID, asker: Asker) -> Feedback:
    """A voice note, for whom it was left."""
    found = voices.heard(db, voice_id)
    activity = find(db, Activity, found.activity_id)
    if not may_hear(db, activity, asker) or answers.answered(db, activity.id) < LEAST:
        raise NotFound
    return found


def speakers_of(db: Session, activity_id: UUID) -> list[UUID]:
    """The members who spoke there, if it was a lecture."""
    spoke = select(Speaker.person_id).join(TermSlot, TermSlot.speaker_id == Speaker.id)
    return list(db.scalars(spoke.where(TermSlot.activity_id == activity_id, Speaker.person_id.is_not(None))))
