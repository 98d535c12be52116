"""The life of an activity, from its unit's draft to the day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.events.domain import audiences, sign_ups
from services.events.domain.bookings import following
from services.events.domain.news import tell, tell_people
from services.events.domain.states import expect, expect_not_started
from services.events.models import Activity, Unit
from shared.db import locked, now
from shared.errors import Invalid
from shared.schemas.events import (
    ActivityCalledOff,
    ActivityChanged,
    ActivityPublished,
    ActivityRestored,
    ActivitySentBack,
    ActivitySubmitted,
)

#: No activity lasts longer, or is posted earlier before its start. Lists rely on the former.
LONGEST = timedelta(days=31)
AHEAD = timedelta(days=3 * 366)

UNPUBLISHED = ("draft", "submitted", "sent_back")

#: What those who signed up are told of when it changes.
TOLD = ("title", "place", "starts_at", "ends_at", "capacity")


def post(db: Session, unit: Unit, *, reach: str, posted_by: str, submit_it: bool = False, **plan: Any) -> Activity:
    """Draft an activity of *unit*, and submit it at once if wanted."""
    plan["audience"] = audiences.tidy(plan["audience"])
    _check(db, plan)
    activity = Activity(unit_id=unit.unit_id, reach=reach, posted_by=posted_by, **plan)
    db.add(activity)
    db.flush()
    return submit(db, activity.id) if submit_it else activity


def edit(db: Session, activity_id: UUID, **plan: Any) -> Activity:
    """Change the plan; tell those who signed up, and let waiting ones move up when there is more room."""
    following.hold(db, activity_id)
    activity = locked(db, Activity, activity_id)
    expect(activity, *UNPUBLISHED, "published")
    before = (activity.starts_at, activity.ends_at)
    plan["audience"] = audiences.tidy(plan["audience"])
    _check(db, plan, before=activity)
    changed = [name for name, value in plan.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, plan[name])
    keep_own(activity, changed)
    db.flush()
    following.follow(db, activity, before)
    if activity.state == "published" and {"capacity", "sign_up"} & set(changed):
        sign_ups.follow_rules(db, activity)
    if activity.state == "published":
        _tell_of_change(db, activity, [name for name in TOLD if name in changed])
    return activity


def submit(db: Session, activity_id: UUID) -> Activity:
    """Ask a clerk to publish it; a unit that needs no approval publishes by itself."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "draft", "sent_back")
    expect_not_started(activity)
    if not activity.unit.needs_approval:
        return _publish(db, activity)
    activity.state, activity.reason = "submitted", None
    db.flush()
    tell(db, ActivitySubmitted, activity)
    return activity


def approve(db: Session, activity_id: UUID) -> Activity:
    """Publish what a unit submitted."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "submitted")
    expect_not_started(activity)
    return _publish(db, activity)


def send_back(db: Session, activity_id: UUID, *, reason: str) -> Activity:
    """Let the unit change something first, and say what."""
    activity = locked(db, Activity, activity_id)
    expect(activity, "submitted")
    activity.state, activity.reason = "sent_back", reason
    db.flush()
    tell(db, ActivitySentBack, activity, reason=reason)
    return activity


def call_off(db: Session, activity_id: UUID, *, reason: str) -> Activity:
    """It will not take place: tell all who go or wait. What was never published is withdrawn in silence."""
    activity = locked(db, Activity, activity_id)
    expect(activity, *UNPUBLISHED, "published", "postponed")
    activity.state, activity.reason = "called_off", reason
    keep_own(activity, ["state"])
    db.flush()
    if activity.published_at:
        tell_people(db, ActivityCalledOff, activity, sign_ups.people_of(db, activity.id), reason=reason)
    return activity


def move(db: Session, activity: Activity, starts_at: datetime, ends_at: datetime) -> None:
    """To these times, with its venue, which the caller holds. An occurrence keeps them if its series changes."""
    if errors := wrong_times(starts_at, ends_at):
        raise Invalid(errors=errors)
    before = (activity.starts_at, activity.ends_at)
    activity.starts_at, activity.ends_at, activity.state = starts_at, ends_at, "published"
    keep_own(activity, ["starts_at", "ends_at"])
    db.flush()
    following.follow(db, activity, before)


def keep_own(activity: Activity, names: list[str]) -> None:
    """Remember of an occurrence what somebody changed on it: a change of its series leaves that as it is."""
    if activity.series_id:
        activity.own = sorted({*activity.own, *names})


def _publish(db: Session, activity: Activity) -> Activity:
    activity.state, activity.reason, activity.published_at = "published", None, now()
    db.flush()
    tell(db, ActivityPublished, activity, audience=activity.audience)
    if people := sign_ups.people_of(db, activity.id):  # from before it was withdrawn
        tell_people(db, ActivityRestored, activity, people)
        sign_ups.move_up(db, activity)
    return activity


def _tell_of_change(db: Session, activity: Activity, changed: list[str]) -> None:
    if changed and (people := sign_ups.people_of(db, activity.id)):
        tell_people(db, ActivityChanged, activity, people, changed=changed)


def _check(db: Session, plan: dict[str, Any], before: Activity | None = None) -> None:
    errors = wrong_times(plan["starts_at"], plan["ends_at"], before)
    errors |= audiences.unknown(db, plan["audience"]) | audiences.unknown_in_quotas(db, plan.get("sign_up", {}))
    if before and before.state == "published":
        errors |= _too_late(db, before, plan)
    if errors:
        raise Invalid(errors=errors)


def wrong_times(starts_at: datetime, ends_at: datetime, before: Activity | None = None) -> dict[str, list]:
    """What is wrong with these times, by field; a start that stays may lie in the past."""
    errors: dict[str, list] = {}
    if ends_at <= starts_at:
        errors["ends_at"] = ["ends_before_start"]
    elif ends_at - starts_at > LONGEST:
        errors["ends_at"] = [{"code": "lasts_too_long", "max_days": LONGEST.days}]
    if before and before.starts_at == starts_at:
        return errors
    if starts_at <= now():
        errors["starts_at"] = ["in_the_past"]
    elif starts_at > now() + AHEAD:
        errors["starts_at"] = [{"code": "too_far_ahead", "max_days": AHEAD.days}]
    return errors


def _too_late(db: Session, before: Activity, plan: dict[str, Any]) -> dict[str, list]:
    """What cannot change once it is published: whom it was announced to, and seats that are taken."""
    errors: dict[str, list] = {}
    if plan["audience"] != before.audience:
        errors["audience"] = ["already_published"]
    taken = sign_ups.taken_count(db, before.id)
    if plan["capacity"] is not None and plan["capacity"] < taken:
        errors["capacity"] = [{"code": "seats_taken", "min": taken}]
    return errors
