"""A code of six digits that the leader shows, and that is another one every half minute."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain.attendance import marks
from services.events.models import Attendance, Try
from shared.db import now
from shared.errors import Problem
from shared.turning_codes import TurningCode

CODE = TurningCode("attend", step=30)

#: Wrong codes after which somebody must go to the leader.
TRIES = 10


class WrongCode(Problem):
    """That is not the code that is shown now."""

    status = 422


class TooManyTries(Problem):
    """Too many wrong codes: ask the leader to tick you."""


@dataclass(frozen=True)
class Attempt:
    """How it went; a wrong one must be kept although the answer to it is no."""

    attendance: Attendance | None = None
    problem: Problem | None = None


def attend(db: Session, activity_id: UUID, *, person_id: UUID, code: str) -> Attempt:
    """Somebody has read the code where it is shown. The caller keeps the attempt whatever it was."""
    if _wrong(db, activity_id, person_id) >= TRIES:
        return Attempt(problem=TooManyTries())
    if not CODE.fits(activity_id, code, now()):
        _count(db, activity_id, person_id)
        return Attempt(problem=WrongCode())
    facts = {"id": uuid4(), "source": "scan", "by": person_id}
    return Attempt(marks.record(db, activity_id, person_id, **facts))  # type: ignore[arg-type]


def _wrong(db: Session, activity_id: UUID, person_id: UUID) -> int:
    tries = db.get(Try, (activity_id, person_id), populate_existing=True)
    return tries.wrong if tries else 0


def _count(db: Session, activity_id: UUID, person_id: UUID) -> None:
    first = insert(Try).values(activity_id=activity_id, person_id=person_id, wrong=1)
    db.execute(first.on_conflict_do_update(constraint="code_tries_pkey", set_={"wrong": Try.wrong + 1}))
