"""The way of a case through its states; each step is written down, with who did it, or why it was done by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.patrol.domain.news import tell_board
from services.patrol.models import OPEN_CASES, Case, CaseStep
from shared.db import now
from shared.errors import Problem

Why = list[dict[str, Any]]


class NotNow(Problem):
    """In this state it cannot be done."""


def expect(case: Case, *states: str) -> None:
    if case.state not in states:
        raise NotNow(state=case.state, allowed=list(states))


def expect_open(case: Case) -> None:
    expect(case, *OPEN_CASES)


def note(
    db: Session,
    case: Case,
    step: str,
    *,
    by: UUID | None = None,
    words: str = "",
    why: Why | None = None,
    at: datetime | None = None,
) -> None:
    """Write a step down, done just now unless it is of the past; boards that are open show it."""
    db.flush()
    db.add(CaseStep(case_id=case.id, step=step, by=by, words=words, why=why or [], at=at or now()))
    db.flush()
    tell_board(db, "case", case.id)
