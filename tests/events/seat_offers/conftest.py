"""People who wait for a seat."""

import pytest

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import sign_ups
from tests.events.places import later, sign_up_of


@pytest.fixture
def queue(db, hold, person):
    """Call it for an activity with one seat, whose it is, and those who wait, in their order."""

    def queue(*names: str, **facts):
        activity = hold(capacity=1, **later() | facts)
        people = [person(name) for name in ("有座的", *names)]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        db.commit()
        return activity, *people

    return queue


@pytest.fixture
def give_up(db):
    """Call it to let somebody give their seat back."""

    def give_up(activity, somebody) -> None:
        sign_ups.cancel(db, activity.id, person_id=somebody.person_id)
        db.commit()

    return give_up


@pytest.fixture
def states(db):
    def states(activity, *people) -> list[str]:
        return [sign_up_of(db, activity, one.person_id).state for one in people]

    return states
