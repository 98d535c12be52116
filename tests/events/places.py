"""Verbs of signing up with rules, and of being there."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.events.models import Activity, SignUp
from services.events.schemas.rules import SignUpRules
from shared.db import now

#: Far enough ahead that who waits is asked first.
LATER = timedelta(days=5)


def rules(**facts: Any) -> dict[str, Any]:
    """How one signs up, as a client sends it and the schema completes it."""
    loaded: dict[str, Any] = SignUpRules().load(facts)
    return loaded


def quota(by: str, *of: str, seats: int, **ages: int | None) -> dict[str, Any]:
    return {"by": by, "of": list(of), "seats": seats, **ages}


def later() -> dict[str, Any]:
    """The start of an activity some days from now."""
    return {"starts_at": now() + LATER}


def sign_up_of(db, activity: Activity, person_id: UUID) -> SignUp:
    return db.get_one(SignUp, (activity.id, person_id), populate_existing=True)


def born(age: int) -> int:
    """The year of birth of somebody who reaches this age in the year of an activity some days from now."""
    return (now() + LATER).year - age
