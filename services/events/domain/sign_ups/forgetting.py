"""What people told when they signed up is forgotten: some time after the activity, or when they ask for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from services.events.models import SignUp
from shared.db import now

#: How long after the end somebody may still have to ask what was agreed.
KEPT = timedelta(days=30)

TOLD = text("""
    UPDATE events.sign_ups s SET details = NULL, quotas = '{}' FROM events.activities a
    WHERE a.id = s.activity_id AND a.ends_at < :before AND s.details IS NOT NULL
""")
GUESTS = text("""
    UPDATE events.guests g SET name = NULL, phone = NULL FROM events.activities a
    WHERE a.id = g.activity_id AND a.ends_at < :before AND num_nonnulls(g.name, g.phone) > 0
""")
TRIES = text("""
    DELETE FROM events.code_tries t USING events.activities a WHERE a.id = t.activity_id AND a.ends_at < :before
""")


def forget_old(db: Session) -> None:
    """Answers, years of birth, guardians, companions, and the names of guests."""
    for statement in (TOLD, GUESTS, TRIES):
        db.execute(statement, {"before": now() - KEPT})


def forget(db: Session, person_id: UUID) -> None:
    """Of somebody who asked to be forgotten only that there was somebody; also that they acted for others."""
    quiet = {"synchronize_session": False}
    theirs: dict[str, Any] = {"details": None, "quotas": [], "asked_id": None}
    db.execute(update(SignUp).where(SignUp.person_id == person_id).values(**theirs), execution_options=quiet)
    db.execute(update(SignUp).where(SignUp.by_id == person_id).values(by_id=None), execution_options=quiet)
