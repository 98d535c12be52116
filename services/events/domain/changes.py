"""Three things that are not the same: put off to another day, taken back before it was ripe, and called off after all.

Calling off is activities.call_off(). Here are the other two, and the way back from each.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import activities, polls, sign_ups
from services.events.domain.bookings import following, steps
from services.events.domain.news import tell, tell_people
from services.events.domain.states import expect, expect_not_started
from services.events.models import Activity
from shared.db import locked
from shared.errors import Invalid
from shared.schemas.events import ActivityPostponed, ActivityPublished, ActivityRestored, ActivityWithdrawn


def postpone(
    db: Session,
    activity_id: UUID,
    *,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    options: list[dict] | None = None,
) -> Activity:
    """To another time; or, without one, to one that is still open, for which those who signed up may say what suits.

    Seats are kept. Raises Invalid for times that lie in the past or end before they start.
    """
    following.hold(db, activity_id)
    activity = locked(db, Activity, activity_id)
    expect(activity, "published", "postponed")
    if (starts_at is None) != (ends_at is None):
        raise Invalid(errors={"starts_at" if starts_at is None else "ends_at": ["required"]})
    people = sign_ups.people_of(db, activity.id)
    if starts_at and ends_at:
        activities.move(db, activity, starts_at, ends_at)
        polls.close(db, activity.id)
    else:
        activity.state = "postponed"
        steps.release_of_activity(db, activity_id, "postponed")
        polls.open_for(db, activity.id, options or [])
    activity.reason = reason
    db.flush()
    facts = {"reason": reason, "dated": starts_at is not None, "options": [one["starts_at"] for one in options or []]}
    tell_people(db, ActivityPostponed, activity, people, **facts)
    return activity


def withdraw(db: Session, activity_id: UUID, *, reason: str) -> Activity:
    """Make a draft of it again. Whoever signed up keeps the seat, is told, and told again when it is published."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "published", "postponed")
    expect_not_started(activity)
    people = sign_ups.people_of(db, activity.id)
    tell_people(db, ActivityWithdrawn, activity, people, reason=reason)
    activity.state, activity.reason, activity.published_at = "draft", reason, None
    db.flush()
    return activity


def restore(db: Session, activity_id: UUID) -> Activity:
    """It takes place after all: what was called off, or an occurrence that was skipped."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "called_off")
    expect_not_started(activity)
    activity.state, activity.reason = ("published" if activity.published_at else "draft"), None
    activity.own = [name for name in activity.own if name != "state"]
    db.flush()
    if activity.published_at:
        tell_back(db, activity)
    return activity


def tell_back(db: Session, activity: Activity) -> None:
    """Those who signed up before hear that it is on again; without any of them, its audience does."""
    people = sign_ups.people_of(db, activity.id)
    if people:
        tell_people(db, ActivityRestored, activity, people)
    elif activity.series_id is None:
        tell(db, ActivityPublished, activity, audience=activity.audience)
