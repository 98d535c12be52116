"""Who asks, in the words of domain/scope.py."""

from uuid import UUID

from flask import g

from services.events.domain import scope, sign_ups
from services.events.domain.scope import Asker
from services.events.models import REACHES, Activity
from shared.audit import record
from shared.auth import actor
from shared.errors import Unauthenticated
from shared.web import match, tag

#: What a unit's keys may touch; what they post reaches the first.
REACHES_OF_KEYS = {"test": ("guests",), "team": ("unit", "guests"), "live": REACHES}


def asker() -> Asker:
    who = actor()
    return Asker(
        name=str(who),
        person_id=who.person_id,
        home_unit_id=who.unit_id if who.person_id else None,
        clerk=who.has("clerk"),
        units=frozenset(who.units()),
        reaches=REACHES_OF_KEYS[who.key_kind] if who.key_kind else REACHES,
    )


def me() -> UUID:
    """The person who asks, on a route that lets in persons only."""
    if (person_id := actor().person_id) is None:
        raise Unauthenticated
    return person_id


def to_change(activity_id: UUID) -> Activity:
    """The activity, locked, if who asks may change it and has seen its last version."""
    return match(scope.own(g.db, activity_id, asker(), lock=True))


def noted(done: str, activity: Activity) -> Activity:
    """The same as an answer, and in the audit log that this was done to it."""
    unit_id = activity.unit_id if activity.unit_id in actor().units() else None
    record(g.db, f"events.activity_{done}", "activity", activity.id, on_behalf_of=unit_id, state=activity.state)
    return shown(activity)


def shown(activity: Activity) -> Activity:
    """The activity as an answer, with its counts and its version."""
    sign_ups.counted(g.db, [activity], actor().person_id)
    return tag(activity)
