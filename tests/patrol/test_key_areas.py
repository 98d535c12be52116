"""Key areas: due by their calendar, in the hours of Shanghai, and always with a reason."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from services.patrol.domain.way import tips
from services.patrol.models import Stop, Tip

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCHOOL = {"kind": "school", "weekday": 4, "from": "16:00", "until": "17:30", "note": "放学"}


@pytest.fixture
def gate(db, checkpoint, squad):
    """A checkpoint on the squad's way."""
    place = checkpoint(23, "晨光小学门")
    squad.stops = [Stop(position=1, checkpoint_id=place.id)]
    db.flush()
    return place


@pytest.fixture
def put(patrol, token, clerk, gate):
    """Call it to put a key area at the gate."""

    def put(area_id=None, *days, **facts):
        body = {"name": "晨光小学", "times": 2, "checkpoints": [gate.id], "days": list(days), **facts}
        return patrol.put(f"/key-areas/{area_id or uuid4()}", json=body, headers=token(clerk) | {"If-Match": "*"})

    return put


@pytest.fixture
def due(plan, patrol, token, walker):
    """Call it with the beginning and the end of a shift, in Shanghai, for the key areas on its sheet."""

    def due(begins: str, ends: str):
        starts_at, ends_at = (datetime.fromisoformat(at).replace(tzinfo=SHANGHAI) for at in (begins, ends))
        shift = plan(starts_at=starts_at, ends_at=ends_at)
        areas = patrol.get(f"/shifts/{shift.id}", headers=token(walker)).json["key_areas"]
        shift.state = "cancelled"
        return [(area["name"], [why["code"] for why in area["why"]]) for area in areas]

    return due


def test_without_a_calendar_it_is_due_on_each_shift_that_passes(put, due):
    put()

    assert due("2026-11-26T20:00", "2026-11-26T22:00") == [("晨光小学", ["always"])]


def test_by_its_calendar_it_is_due_only_then_and_says_why(put, due):
    put(None, SCHOOL)

    assert due("2026-11-26T16:50", "2026-11-26T18:00") == [("晨光小学", ["school"])]  # a Thursday
    assert due("2026-11-26T17:30", "2026-11-26T19:00") == []
    assert due("2026-11-27T16:00", "2026-11-27T17:40") == []


def test_a_day_is_shanghais_also_around_midnight(put, due):
    put(None, {"kind": "festival", "on": "2027-02-06", "from": "00:00", "until": "01:00"})

    assert due("2027-02-05T23:00", "2027-02-06T00:30") == [("晨光小学", ["festival"])]
    assert due("2027-02-05T22:00", "2027-02-06T00:00") == []


def test_a_weekly_hour_holds_in_its_season(put, due):
    put(None, SCHOOL | {"first_day": "2026-09-01", "last_day": "2026-11-20"})

    assert due("2026-11-19T16:00", "2026-11-19T17:00") == [("晨光小学", ["school"])]
    assert due("2026-11-26T16:00", "2026-11-26T17:00") == []


def test_on_exam_days_it_asks_for_quiet(put, plan, patrol, token, walker):
    put(None, {"kind": "exam_quiet", "on": "2027-06-07", "from": "08:00", "until": "18:00", "note": "高考"})
    at = datetime(2027, 6, 7, 9, tzinfo=SHANGHAI)
    shift = plan(starts_at=at, ends_at=at.replace(hour=10))

    [area] = patrol.get(f"/shifts/{shift.id}", headers=token(walker)).json["key_areas"]

    assert (area["quiet"], area["why"]) == (
        True, [{"code": "exam_quiet", "from": "08:00", "until": "18:00", "note": "高考"}],
    )  # fmt: skip


def test_elsewhere_and_no_longer_kept_it_is_not_due(put, due, checkpoint):
    put(checkpoints=[checkpoint(30).id])
    put(active=False)

    assert due("2026-11-26T20:00", "2026-11-26T22:00") == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"every_minutes": 30}, "times"),  # both rhythms
        ({"times": None}, "times"),
        ({"checkpoints": []}, "checkpoints"),
        ({"checkpoints": [str(uuid4())]}, "checkpoints"),
        ({"zone": "nowhere"}, "zone"),
        ({"days": [SCHOOL | {"on": "2026-11-26"}]}, "days.0.weekday"),
        ({"days": [SCHOOL | {"until": "15:00"}]}, "days.0.until"),
        ({"days": [SCHOOL | {"first_day": "2026-12-01", "last_day": "2026-11-01"}]}, "days.0.last_day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(put, facts, field):
    refused = put(**facts)

    assert refused.status_code == 422
    assert field in refused.json["errors"]


def test_a_change_of_the_calendar_is_a_change_of_the_area(put, patrol, token, clerk):
    area_id = uuid4()
    first = put(area_id, SCHOOL).json["version"]
    second = put(area_id).json

    assert (second["version"], second["days"]) == (first + 1, [])


def test_each_shift_has_one_tip_of_its_season(db, shift, patrol, token, walker):
    month = shift.starts_at.astimezone(SHANGHAI).month
    ours, other = Tip(months=[month], zh="关好门窗", en="Lock up"), Tip(months=[month % 12 + 1], zh="防滑", en="Ice")
    db.add_all([ours, other, Tip(months=[], zh="旧的", en="old", active=False)])
    db.flush()

    [sheet] = patrol.get("/me/shifts", headers=token(walker)).json["items"]

    assert sheet["tip"] == {"zh": "关好门窗", "en": "Lock up"}
    assert tips.of_shift([other], shift.id, shift.starts_at) is None
