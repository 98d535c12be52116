"""An activity that has begun, and a desk that takes down who is there."""

from uuid import uuid4

import pytest

from services.events.domain import sign_ups
from services.events.models import Attendance
from tests.events.conftest import once
from tests.events.places import later


@pytest.fixture
def begun(db, hold, person, move):
    """Call it for an activity that began half an hour ago, and those who signed up for it."""

    def begun(*names: str, of=None, **facts):
        activity = hold(of, **later() | facts)
        people = [person(name) for name in names]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        move(activity, days=-5, minutes=-30)
        return activity, *people

    return begun


@pytest.fixture
def tick_off(events):
    """Call it to let somebody with these headers tick a person."""

    def tick_off(activity, somebody, headers, **facts):
        path = f"/activities/{activity.id}/attendance/{somebody.person_id}"
        return events.put(path, json={"id": str(uuid4()), **facts}, headers=headers)

    return tick_off


def there(db, activity) -> list[tuple]:
    rows = db.query(Attendance).filter_by(activity_id=activity.id, undone_at=None).populate_existing().all()
    return sorted((row.person_id, row.source) for row in rows)


@pytest.fixture
def door(events, clerk):
    """Call it to let the phone at the door send what it kept."""

    def door(*items: dict) -> list[str]:
        answer = events.put("/attendance/uploads", json={"device_id": "门口", "items": list(items)}, headers=clerk)
        return [item["verdict"] for item in answer.json["items"]]

    return door


@pytest.fixture
def paper(events, clerk):
    """Call it to print a sheet."""
    return lambda activity: events.post(f"/activities/{activity.id}/sheets", headers=once(clerk)).json


@pytest.fixture
def typed(events, clerk):
    """Call it to type in rows of a sheet."""

    def typed(sheet, *rows: dict):
        return events.post(f"/sheets/{sheet['number']}/rows", json={"rows": list(rows)}, headers=clerk)

    return typed
