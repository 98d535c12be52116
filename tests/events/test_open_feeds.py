"""Calendars for everybody, as the programs on their phones read them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from services.events.domain import activities, changes, sign_ups
from services.events.domain.series import life, making
from services.events.models import Activity, Booking, Series
from tests.events.conftest import EVERYONE
from tests.events.series import series_plan

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def series(db, unit, labels) -> Series:
    """A series of U02 for everyone and, by name, for the photographers, over more than a year."""
    labels("group", "SY")
    plan = series_plan(audience=EVERYONE | {"groups": ["SY"]}, summary="自带垫子；\n下雨在室内，请看通知")
    made = life.post(db, unit("U02"), reach="all", posted_by="test", submit_it=True, **plan)
    db.commit()
    return made


@pytest.fixture
def first(db, series) -> Activity:
    return db.query(Activity).filter_by(series_id=series.id).order_by(Activity.starts_at).first()


@pytest.fixture
def paths(db, series, first, venue) -> dict[str, str]:
    """Each open calendar that shows the first occurrence."""
    where = venue("操场")
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    db.add(Booking(venue_id=where.id, kind="booking", title="健身操", activity_id=first.id, state="confirmed", **times))
    db.commit()
    return {
        "unit": "/feeds/units/U02.ics",
        "group": "/feeds/groups/SY.ics",
        "venue": f"/feeds/venues/{where.id}.ics",
        "series": f"/feeds/series/{series.id}.ics",
    }


def read(answer) -> list:
    """The entries, which a strict reader has nothing against."""
    assert answer.status_code == 200
    lines = answer.data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(answer.data)
    assert not any(component.errors for component in calendar.walk())
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert calendar["X-WR-CALNAME"] == calendar["NAME"]
    return calendar.walk("VEVENT")


def test_each_of_them_reads_without_an_error_and_says_the_same_twice(events, paths, first):
    for path in paths.values():
        entry, *_ = read(events.get(path))
        again, *_ = read(events.get(path))

        assert str(entry["UID"]) == f"{first.id}@joint-committee"
        assert entry["DTSTART"].dt == first.starts_at
        assert entry["DTSTAMP"].dt.utcoffset() == timedelta(0)
        assert entry.to_ical() == again.to_ical()


def test_what_is_called_off_stays_as_cancelled_and_comes_back_each_time_as_newer(events, db, paths, first):
    def told() -> list[tuple[str, int]]:
        db.commit()
        found = [read(events.get(path))[0] for path in paths.values()]
        return [(str(entry["STATUS"]), entry["SEQUENCE"]) for entry in found]

    before = told()
    activities.call_off(db, first.id, reason="停电")
    skipped = told()
    changes.restore(db, first.id)
    restored = told()

    assert [{status for status, _ in each} for each in (before, skipped, restored)] == [
        {"CONFIRMED"},
        {"CANCELLED"},
        {"CONFIRMED"},
    ]
    assert max(before)[1] < max(skipped)[1] < max(restored)[1]


def test_seven_in_the_evening_stays_so_where_clocks_change(events, series):
    entries = read(events.get(f"/feeds/series/{series.id}.ics"))

    starts: list[datetime] = [entry["DTSTART"].dt for entry in entries]
    assert {start.astimezone(making.HERE).hour for start in starts} == {19}
    assert {start.astimezone(NEW_YORK).hour for start in starts} == {6, 7}
    assert all(entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(minutes=90) for entry in entries)


def test_no_open_calendar_names_anybody(events, db, paths, first, person):
    sign_ups.sign_up(db, first.id, person_id=person("不该出现").person_id)
    db.commit()

    for path in paths.values():
        assert "不该出现".encode() not in events.get(path).data


def test_what_is_not_for_everyone_is_in_none(events, db, hold, unit):
    hold(of=unit("U05"), title="内部学习", audience=EVERYONE | {"everyone": False, "units": ["U05"]})

    assert read(events.get("/feeds/units/U05.ics")) == []


def test_a_calendar_that_did_not_change_is_not_sent_again(events, paths):
    for path in paths.values():
        tag = events.get(path).headers["ETag"]
        assert events.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_drafts_hidden_venues_and_what_is_not_there_have_none(events, db, unit, venue):
    draft = life.post(db, unit(), reach="all", posted_by="test", **series_plan())
    hidden = venue("库房", public=False)

    for path in (f"series/{draft.id}", f"venues/{hidden.id}", "units/U77", "groups/NONE"):
        assert events.get(f"/feeds/{path}.ics").status_code == 404


def test_the_29th_of_february_is_held_in_leap_years_only(db, unit):
    plan = series_plan(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", starts_on=date(2028, 1, 1), ends_on=date(2033, 1, 1))
    made = life.post(db, unit(), reach="all", posted_by="test", submit_it=True, **plan)
    db.commit()

    days = db.query(Activity.occurs_on).filter_by(series_id=made.id).order_by(Activity.occurs_on).all()
    assert [day for (day,) in days] == [date(2028, 2, 29), date(2032, 2, 29)]
