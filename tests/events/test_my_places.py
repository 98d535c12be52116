"""What one holds: seats that are to come, standing places, and whom one would ask."""

import pytest

from services.events.domain import sign_ups
from services.events.domain.series import life, standing
from services.events.models import Activity, Series
from shared.crypto import blind
from shared.phones import normalised
from tests.events.series import series_plan


@pytest.fixture
def series(db, unit) -> Series:
    made = life.post(db, unit(), reach="all", posted_by="test", submit_it=True, **series_plan())
    db.commit()
    return made


@pytest.fixture
def first(db, series) -> Activity:
    return db.query(Activity).filter_by(series_id=series.id).order_by(Activity.starts_at).first()


def test_one_sees_where_one_has_a_seat_and_nothing_else(events, db, hold, person, token):
    somebody, mine, other, given_back = person(), hold(title="我的"), hold(), hold()
    for activity in (mine, given_back):
        sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    sign_ups.sign_up(db, other.id, person_id=person().person_id)
    sign_ups.cancel(db, given_back.id, person_id=somebody.person_id)
    db.commit()

    found = events.get("/activities?mine=true", headers=token(somebody.person_id)).json["items"]

    assert [(one["title"], one["mine"]) for one in found] == [("我的", "going")]


def test_one_sees_the_series_in_which_one_has_a_standing_place(events, db, series, person, token):
    holder, other = person(), person()
    standing.take(db, series.id, person_id=holder.person_id)
    db.commit()

    seen = [events.get("/series?mine=true", headers=token(who.person_id)).json["items"] for who in (holder, other)]

    assert [[one["id"] for one in each] for each in seen] == [[str(series.id)], []]


def test_a_key_has_no_places_of_its_own(events, unit, key):
    assert events.get("/activities?mine=true", headers=key(unit("U09"))).status_code == 401
    assert events.get("/series?mine=true", headers=key(unit("U10"))).status_code == 401


def test_a_buddy_is_named_by_name_and_number_and_nobody_hears_whether_there_is_one(
    events, series, first, person, token
):
    holder, buddy = person("甲"), person("乙", phone_blind=blind(normalised("13900000001")))
    path, headers = f"/series/{series.id}/standing-place", token(holder.person_id)

    unknown = events.put(path, json={"buddy": {"name": "乙", "phone": "13900000002"}}, headers=headers)
    known = events.put(path, json={"buddy": {"name": "乙", "phone": "13900000001"}}, headers=headers)

    assert (unknown.status_code, unknown.json.keys()) == (known.status_code, known.json.keys()) == (200, {"since"})
    offered = events.put(f"/activities/{first.id}/swap", json={}, headers=headers)
    assert offered.status_code == 200
    [swap] = events.get("/me/swaps", headers=token(buddy.person_id)).json["items"]
    assert swap["activity"]["id"] == str(first.id)
