"""A code of six digits that the leader shows, and that is another one every half minute."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.events.domain.attendance import marks
from services.events.models import Attendance, Try
from shared.crypto import blind
from shared.db import now
from shared.errors import Problem

STEP = 30

#: Wrong codes after which somebody must go to the leader.
TRIES = 10


class WrongCode(Problem):
    """That is not the code that is shown now."""

    status = 422


class TooManyTries(Problem):
    """Too many wrong codes: ask the leader to tick you."""


@dataclass(frozen=True)
class Code:
    """What is shown now, and until when."""

    code: str
    until: datetime


@dataclass(frozen=True)
class Attempt:
    """How it went; a wrong one must be kept although the answer to it is no."""

    attendance: Attendance | None = None
    problem: Problem | None = None


def current(activity_id: UUID, at: datetime | None = None) -> Code:
    """What is shown at that moment; by default, now."""
    step = _step(at or now())
    return Code(_code(activity_id, step), datetime.fromtimestamp((step + 1) * STEP, UTC))


def good(activity_id: UUID, code: str, at: datetime) -> bool:
    """Whether it is what is shown at that moment, or was half a minute ago, or will be by another's clock."""
    return code in (_code(activity_id, _step(at) + late) for late in (-1, 0, 1))


def attend(db: Session, activity_id: UUID, *, person_id: UUID, code: str) -> Attempt:
    """Somebody has read the code where it is shown. The caller keeps the attempt whatever it was."""
    if _wrong(db, activity_id, person_id) >= TRIES:
        return Attempt(problem=TooManyTries())
    if not good(activity_id, code, now()):
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


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(activity_id: UUID, step: int) -> str:
    proof = blind(f"attend:{activity_id}:{step}")
    return f"{int.from_bytes(proof[:8], 'big') % 1_000_000:06}"
