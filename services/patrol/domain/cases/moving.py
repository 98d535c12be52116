"""What the owner and the desk do about a case: take it, pause it, fix it, give it up."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.patrol.domain.cases import clocks, routing, telling, troubles
from services.patrol.domain.cases.steps import Why, expect, expect_open, note
from services.patrol.models import Case
from shared.db import now

#: Why a case was closed without anybody's word.
DONE = ("received", "routed", "in_hand", "paused", "reopened", "fixed")


def take(db: Session, case: Case, *, by: UUID) -> Case:
    """Whoever owns it sees to it now: the clock runs until it is fixed."""
    expect(case, "received", "routed", "reopened")
    _, to_fix = clocks.hours(case.severity, routing.rule_for(db, case.kind, case.zone))
    case.state = "in_hand"
    clocks.run(case, timedelta(hours=to_fix))
    note(db, case, "taken", by=by)
    troubles.take(db, case, by=by)
    telling.moved(db, case, "taken")
    return case


def pause(db: Session, case: Case, *, by: UUID, reason: str, words: str = "") -> Case:
    expect(case, "in_hand")
    clocks.pause(case, reason)
    note(db, case, "paused", by=by, words=words, why=[{"code": reason}])
    telling.moved(db, case, "paused", words=words)
    return case


def resume(db: Session, case: Case, *, by: UUID) -> Case:
    expect(case, "paused")
    clocks.resume(case)
    note(db, case, "resumed", by=by)
    return case


def fix(db: Session, case: Case, *, by: UUID, words: str) -> Case:
    """The owner says that it is fixed; whoever reported it is asked, and the next patrol looks."""
    expect_open(case)
    case.state, case.fixed_at, case.fixed_words, case.looked_again_at = "fixed", now(), words, None
    case.paused_at = case.pause_reason = None
    clocks.run(case, clocks.REPORTERS_TIME)
    note(db, case, "fixed", by=by, words=words)
    troubles.close(db, case, by=by, note=words)
    telling.ask_whether_fixed(db, case)
    return case


def reopen(db: Session, case: Case, *, by: UUID | None = None, words: str = "", why: Why | None = None) -> Case:
    """It is not fixed after all: back to its owner."""
    case.state, case.fixed_at, case.looked_again_at = "reopened", None, None
    to_take, _ = clocks.hours(case.severity, routing.rule_for(db, case.kind, case.zone))
    clocks.run(case, timedelta(hours=to_take))
    note(db, case, "reopened", by=by, words=words, why=why)
    telling.moved(db, case, "reopened", words=words)
    return case


def drop(db: Session, case: Case, *, by: UUID, reason: str) -> Case:
    """Nothing will be done, for this reason, which reporters read."""
    expect_open(case)
    end(db, case, "dropped", by=by, words=reason)
    return case


def close(db: Session, case: Case, *, by: UUID, words: str) -> Case:
    """The desk looked itself."""
    expect(case, *DONE)
    end(db, case, "closed", by=by, words=words)
    return case


def end(
    db: Session, case: Case, state: str, *, by: UUID | None = None, words: str = "", why: Why | None = None
) -> None:
    """It is over, and whoever reported it is told."""
    case.state, case.ended_at = state, now()
    case.paused_at = case.pause_reason = None
    clocks.stop(case)
    note(db, case, state, by=by, words=words, why=why)
    troubles.close(db, case, by=by, note=words)
    telling.moved(db, case, state, words=words)
