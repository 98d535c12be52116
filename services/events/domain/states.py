"""draft -> submitted -> published -> called off; or sent back and submitted again, postponed and dated again."""

from services.events.models import Activity
from shared.db import now
from shared.errors import Problem


class WrongState(Problem):
    """That cannot be done in the state that the activity is in."""


class AlreadyStarted(Problem):
    """The activity has started."""


class CalledOff(Problem):
    """The activity was called off."""


def expect(activity: Activity, *allowed: str) -> None:
    if activity.shown_state not in allowed:
        raise WrongState(state=activity.shown_state, allowed=list(allowed))


def expect_not_started(activity: Activity) -> None:
    if activity.starts_at <= now():
        raise AlreadyStarted(starts_at=activity.starts_at)


def expect_open(activity: Activity) -> None:
    """Seats can be taken and given back."""
    if activity.state == "called_off":
        raise CalledOff(reason=activity.reason)
    expect(activity, "published")
    expect_not_started(activity)
