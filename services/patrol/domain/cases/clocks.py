"""Until when a case must be taken and fixed; what is overdue climbs to the next level, and somebody is told."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.patrol.domain.cases import telling
from services.patrol.domain.cases.steps import note
from services.patrol.models import OPEN_CASES, Case
from shared.db import now

#: Hours to take it and to fix it, where no rule says otherwise. Of a rule and these, the shorter time holds.
HOURS = {"urgent": (1, 24), "high": (8, 72), "normal": (24, 168), "low": (72, 336)}

#: After so long, the next level is told.
NEXT_LEVEL = timedelta(hours=24)
SECRETARY = 2

#: A reporter who says nothing for so long leaves it to the next patrol.
REPORTERS_TIME = timedelta(days=7)

AT_ONCE = 100


def hours(severity: str, rule: Any = None) -> tuple[int, int]:
    """Hours until somebody takes it; from then on, until it is fixed."""
    to_take, to_fix = HOURS[severity]
    if rule is None:
        return to_take, to_fix
    return min(to_take, rule.hours_to_take), min(to_fix, rule.hours_to_fix)


def run(case: Case, span: timedelta) -> None:
    """Let the clock run for so long, from now: nobody is late with what they could not know."""
    case.level = 0
    case.due_at = case.climbs_at = now() + span


def stop(case: Case) -> None:
    case.due_at = case.climbs_at = None


def pause(case: Case, reason: str) -> None:
    case.state, case.paused_at, case.pause_reason = "paused", now(), reason


def resume(case: Case) -> timedelta:
    """Go on: all that was to come is later by as long as it was paused."""
    rested = now() - (case.paused_at or now())
    case.state, case.paused_at, case.pause_reason = "in_hand", None, None
    case.due_at = case.due_at and case.due_at + rested
    case.climbs_at = case.climbs_at and case.climbs_at + rested
    return rested


def is_overdue() -> ColumnElement[bool]:
    running = [state for state in OPEN_CASES if state != "paused"]
    return Case.state.in_(running) & (Case.due_at < now())


def climb(db: Session) -> None:
    """What nobody saw to in time goes to the next level."""
    late = select(Case).where(Case.climbs_at <= now(), is_overdue()).order_by(Case.climbs_at).limit(AT_ONCE)
    for case in db.scalars(late.with_for_update(skip_locked=True)):
        case.level = min(SECRETARY, case.level + 1 if case.unit_id else SECRETARY)
        case.climbs_at = None if case.level == SECRETARY else now() + NEXT_LEVEL
        note(db, case, "climbed", why=[{"code": "overdue", "due_at": case.due_at.isoformat()}])  # type: ignore[union-attr]
        telling.overdue(db, case)
