"""What a phone at the door kept without a network."""

from datetime import timedelta
from uuid import uuid4

from shared.db import now
from tests.events.attendance.conftest import there
from tests.events.places import later

HOUR = timedelta(hours=1)


def kept(activity, somebody, **facts) -> dict:
    """A mark as a phone keeps it."""
    return {"id": str(uuid4()), "activity_id": str(activity.id), "person_id": str(somebody.person_id), **facts}


def test_what_the_door_kept_without_network_arrives_once_however_often_it_is_sent(db, begun, door):
    activity, first, second = begun("甲", "乙")
    items = [kept(activity, one, at=(now() - HOUR / 4).isoformat()) for one in (first, second)]

    assert door(*items) == ["accepted", "accepted"]
    assert door(*reversed(items)) == ["duplicate", "duplicate"]
    assert {source for _, source in there(db, activity)} == {"door"}


def test_one_item_that_is_refused_keeps_no_other_from_being_taken(db, begun, hold, door):
    activity, goes = begun("甲")
    stranger = kept(activity, goes) | {"person_id": str(uuid4())}
    elsewhere = kept(activity, goes) | {"activity_id": str(uuid4())}
    too_early = kept(hold(**later()), goes)

    assert door(stranger, elsewhere, too_early, kept(activity, goes)) == ["refused"] * 3 + ["accepted"]


def test_an_undoing_that_arrives_before_what_it_undoes_holds(db, begun, door):
    activity, goes = begun("甲")
    mark = kept(activity, goes)

    assert door(mark | {"undone": True}) == ["accepted"]
    assert door(mark) == ["duplicate"]
    assert there(db, activity) == []


def test_somebody_from_another_unit_sends_nothing(events, begun, unit, liaison):
    activity, goes = begun("甲")
    body = {"items": [kept(activity, goes)]}

    answer = events.put("/attendance/uploads", json=body, headers=liaison(unit("U77")))

    assert answer.json["items"][0]["problem"] == "Forbidden"
