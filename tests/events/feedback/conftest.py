"""An activity that is over, and ways to say how it was."""

from base64 import b64encode
from uuid import uuid4

import pytest

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import sign_ups
from services.events.domain.attendance import credits, marks
from services.events.domain.sign_ups import behalf
from services.events.models import Activity
from tests.events.conftest import once
from tests.events.places import later, rules

SAID = {"overall": "good", "followed": "yes", "more": "maybe"}
OPUS = b"OggS\x00\x02" + bytes(8) + b"voice\x00\x00\x00\x00\x00\x00\x00" + b"\x01\x13OpusHead\x01\x01" + bytes(60)


def sent(sound: bytes) -> str:
    return b64encode(sound).decode()


@pytest.fixture
def over(db, hold, person, move):
    """Call it for an activity that is over, and those who were there."""

    def over(*names: str, of=None, finished: bool = True, led_by=None, **facts):
        activity = hold(of, **later() | {"sign_up": rules(parts=[{"code": "leader", "most": 1}])} | facts)
        people = [person(name) for name in names]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        if led_by:
            desk = {"by": "clerk", "by_id": led_by.person_id, "asked": {"part": "leader"}}
            behalf.by_desk(db, activity.id, person_id=led_by.person_id, **desk)
        db.commit()
        move(activity, days=-5, hours=-3)
        for somebody in people:
            marks.record(db, activity.id, somebody.person_id, id=uuid4(), source="leader")
        if finished:
            credits.finish(db, activity.id)
        db.commit()
        return activity, *people

    return over


@pytest.fixture
def say(events, token):
    """Call it to let somebody say how it was."""

    def say(activity: Activity, somebody, **said):
        path = f"/activities/{activity.id}/feedback/mine"
        return events.put(path, json=SAID | said, headers=token(somebody.person_id))

    return say


@pytest.fixture
def results(events, clerk):
    """Call it for what the desk is shown."""
    return lambda activity, headers=clerk: events.get(f"/activities/{activity.id}/feedback", headers=headers)


@pytest.fixture
def type_slip(events, clerk):
    """Call it to let the desk type in a slip of paper."""

    def type_slip(activity: Activity, **said):
        return events.post(f"/activities/{activity.id}/feedback/slips", json=said, headers=once(clerk))

    return type_slip
