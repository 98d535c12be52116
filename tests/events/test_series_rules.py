"""Which days a rule means, and which of them are left out."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events import almanac
from services.events.domain import days
from services.events.domain.series import rule
from services.events.domain.series.dates import check_seasons, occurrences
from shared.errors import Invalid
from tests.events.series import rhythm

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
SUMMER = {"from": "05-01", "until": "10-14", "start_time": "19:00", "minutes": 150}
WINTER = {"from": "10-15", "until": "04-30", "start_time": "17:30", "minutes": 120}


def meant(text: str, starts_on: date = FIRST, last: date = LAST) -> list[date]:
    return rule.days(text, starts_on, starts_on, last)


def codes(text: str) -> list:
    with pytest.raises(Invalid) as refused:
        meant(text)
    return (refused.value.errors or {})["rule"]


@pytest.fixture
def plan():
    """Call it for a plan of which only the rhythm matters."""
    return lambda **facts: SimpleNamespace(**rhythm(starts_on=FIRST, **facts))


def test_people_say_second_tuesday_and_last_friday():
    assert meant("FREQ=MONTHLY;BYDAY=2TU;COUNT=2") == [date(2026, 1, 13), date(2026, 2, 10)]
    assert meant("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2") == [date(2026, 1, 30), date(2026, 2, 27)]
    assert meant("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260120") == [
        date(2026, 1, 12), date(2026, 1, 14),
    ]  # fmt: skip


def test_the_29th_of_february_comes_in_leap_years_only():
    found = meant("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", last=date(2035, 12, 31))

    assert found == [date(2028, 2, 29), date(2032, 2, 29)]


def test_a_rule_without_an_end_means_the_days_up_to_where_one_looks():
    assert len(meant("FREQ=DAILY")) == 730
    assert len(meant("FREQ=DAILY", last=date(2200, 1, 1))) == rule.LONGEST.days + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FREQ=HOURLY", "invalid"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "invalid"),
        ("INTERVAL=2", "invalid"),
        ("FREQ=WEEKLY;BYDAY=XX", "invalid"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "invalid"),
        ("FREQ=DAILY;FREQ=WEEKLY", "invalid"),
        ("FREQ=DAILY;INTERVAL=0", "invalid"),
        ("FREQ=DAILY;COUNT=-1", "invalid"),
        ("每周三", "invalid"),
        ("FREQ=DAILY;COUNT=100000", {"code": "too_many", "max": rule.MOST}),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "no_date"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "no_date"),
    ],
)
def test_what_is_no_such_rule_is_refused_at_its_field(text, code):
    assert codes(text) == [code]


@given(text=st.text(alphabet="FREQDAILYWKMONTHBYSP=;,-+0123456789 ", max_size=60))
def test_whatever_is_typed_is_a_rule_or_refused(text):
    try:
        found = meant(text)
    except Invalid:
        return

    assert found == sorted(set(found))
    assert len(found) <= rule.MOST


def test_summer_and_winter_have_their_own_hours_and_winter_goes_over_new_year(db, plan):
    found = occurrences(db, plan(rule="FREQ=DAILY", seasons=[SUMMER, WINTER]), FIRST, LAST)

    at = {one.on: f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in found}
    assert at[date(2026, 4, 30)] == at[date(2026, 1, 1)] == at[date(2026, 12, 31)] == "17:30-19:30"
    assert at[date(2026, 5, 1)] == at[date(2026, 10, 14)] == "19:00-21:30"


def test_a_closed_season_says_why_nothing_takes_place(db, plan):
    holidays = {"from": "07-15", "until": "08-31", "closed": True}
    found = occurrences(db, plan(rule="FREQ=WEEKLY", seasons=[holidays]), FIRST, LAST)

    assert {one.why for one in found if date(2026, 7, 15) <= one.on <= date(2026, 8, 31)} == {"closed_season"}
    assert {one.why for one in found if one.on < date(2026, 7, 15)} == {None}


def test_seasons_that_share_a_day_are_refused_and_which_it_is():
    with pytest.raises(Invalid) as refused:
        check_seasons([SUMMER, WINTER | {"from": "10-14"}])

    assert refused.value.errors == {"seasons.1.from": [{"code": "season_overlaps", "with": 1, "on": "10-14"}]}


def test_the_state_calendar_knows_new_year_and_the_saturday_worked_for_it():
    known = {day["on"]: day["kind"] for day in almanac.read([2026])}

    assert known[date(2026, 2, 17)] == "holiday"
    assert known[date(2026, 2, 14)] == "working"


def test_every_working_day_means_make_up_saturdays_too_and_no_holiday(db, plan):
    days.learn(db, almanac.read([2026]))
    february = occurrences(db, plan(rule="FREQ=DAILY", days="working"), date(2026, 2, 9), date(2026, 2, 28))

    why = {one.on.day: one.why for one in february}
    assert why[13] is why[14] is why[28] is None
    assert why[15] == why[21] == "day_off"
    assert why[17] == why[23] == "holiday"


def test_a_clerk_knows_better_than_the_calendar(db):
    new_year = date(2026, 2, 17)
    days.learn(db, almanac.read([2026]))
    days.correct(db, new_year, kind="working", name="值班")
    days.correct(db, date(2026, 2, 14), kind="ordinary", name="照常休息")
    days.learn(db, almanac.read([2026]))

    assert days.kind_of(db, [new_year, date(2026, 2, 14)]) == {new_year: "working", date(2026, 2, 14): "rest"}


def test_times_are_those_of_shanghai_wherever_somebody_reads_them(db, plan):
    [first, *_] = occurrences(db, plan(rule="FREQ=WEEKLY", start_time=time(0, 30)), FIRST, LAST)

    assert first.starts_at.utcoffset() == timedelta(hours=8)
    assert first.starts_at.date() == first.on
