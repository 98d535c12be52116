"""Nobody answers: ask the next people, at the minutes that the settings say, then the last ones again and again."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notify.domain import audiences, threads
from services.notify.domain.messages import Told, ring_the_bell, write
from services.notify.models import Ladder, Rule
from shared.config import config
from shared.db import find, locked, now

#: After so long nobody will come any more; the desk sees that nobody did.
LONGEST = timedelta(hours=2)
AT_ONCE = 100


def begin(db: Session, told: Told, rings: list[list[audiences.Part]]) -> None:
    """Ring the first people now; remember whom to ask later."""
    began = now()
    ladder_id = func.notify.id_of(told.event_id, "ladder", str(told.rule.id))
    row = {
        "id": ladder_id,
        "thread": told.thread,
        "event_id": told.event_id,
        "rule_id": told.rule.id,
        "topic": told.topic,
        "rings": rings,
        "step": -1,
        "began_at": began,
        "next_at": began,
    }
    statement = insert(Ladder).values(row).on_conflict_do_nothing().returning(Ladder.id)
    if made := db.execute(statement).scalar():
        _climb(db, find(db, Ladder, made))


def climb(db: Session) -> None:
    """Ring the next people of every ladder on which nobody has answered in time."""
    due = select(Ladder.id, Ladder.thread).where(Ladder.ended_at.is_(None), Ladder.next_at <= now()).limit(AT_ONCE)
    rung = [_climb_if_due(db, ladder_id, thread) for ladder_id, thread in db.execute(due).all()]
    if any(rung):
        ring_the_bell(db, urgent=True)


def move_on(db: Session, thread: UUID) -> None:
    """Somebody cannot come: ask the next people at once, if there are others than those asked already."""
    open_ones = select(Ladder).where(Ladder.thread == thread, Ladder.ended_at.is_(None))
    further = [ladder for ladder in db.scalars(open_ones.with_for_update()) if ladder.step < len(ladder.rings) - 1]
    for ladder in further:
        _climb(db, ladder)
    if further:
        ring_the_bell(db, urgent=True)


def next_at(step: int, moment: datetime) -> datetime:
    """When the step after this one is due."""
    steps = config().ladder_steps()
    if step >= len(steps):
        return moment + steps[-1]
    return moment + steps[step] - (steps[step - 1] if step else timedelta())


def _climb_if_due(db: Session, ladder_id: UUID, thread: UUID) -> bool:
    threads.lock(db, thread)
    ladder = locked(db, Ladder, ladder_id)
    if ladder.ended_at or ladder.next_at > now():
        return False
    if now() >= ladder.began_at + LONGEST:
        ladder.ended_at, ladder.why_ended = now(), "nobody"
        return False
    _climb(db, ladder)
    return True


def _climb(db: Session, ladder: Ladder) -> None:
    """One step up. A ring in which there is nobody is passed over."""
    rule = find(db, Rule, ladder.rule_id)
    told = Told(ladder.event_id, ladder.topic, rule, ladder.thread)
    while True:
        ladder.step += 1
        ring = ladder.rings[min(ladder.step, len(ladder.rings) - 1)]
        if write(db, told, ring, ladder.step) or ladder.step >= len(ladder.rings) - 1:
            break
    ladder.next_at = next_at(ladder.step, now())
    db.flush()
