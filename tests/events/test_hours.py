"""When a venue is open: seasons, weekdays, days off, exceptions, closures."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain import hours
from services.events.domain.hours import HERE, Closed, Span, Timetable, cut, merged
from services.events.domain.timetables import contradictions, days_of
from tests.events.conftest import once
from tests.events.venue_fixtures import at, codes, day, local, rule

SUMMER = {"season_from": "05-01", "season_until": "10-14"}
WINTER = {"season_from": "10-15", "season_until": "04-30"}
GROUND = [rule("19:00", "21:30", **SUMMER), rule("17:30", "19:30", **WINTER)]


def times(opening: hours.Opening) -> list[tuple[str, str]]:
    spans = [[moment.astimezone(HERE) for moment in (one.starts_at, one.ends_at)] for one in opening.spans]
    return [(f"{begin:%H:%M}", f"{end:%H:%M}") for begin, end in spans]


def kept(rules: list[dict]) -> Timetable:
    return Timetable(rules=rules)


@pytest.mark.parametrize(
    ("on", "opens", "season"),
    [
        (date(2026, 5, 1), "19:00", "05-01"),
        (date(2026, 10, 14), "19:00", "05-01"),
        (date(2026, 10, 15), "17:30", "10-15"),
        (date(2026, 12, 31), "17:30", "10-15"),
        (date(2027, 1, 1), "17:30", "10-15"),
        (date(2028, 2, 29), "17:30", "10-15"),
        (date(2027, 4, 30), "17:30", "10-15"),
    ],
)
def test_a_season_goes_on_over_the_new_year(on, opens, season):
    opening = kept(GROUND).opening(on, "rest")

    assert times(opening)[0][0] == opens
    assert opening.why[0]["from"] == season


def test_each_weekday_has_its_own_hours():
    reading_room = kept([rule("09:00", "17:00", weekdays=[2, 4, 6, 7]), rule("09:00", "20:00", weekdays=[3, 5])])
    monday = date(2026, 11, 23)

    week = [times(reading_room.opening(monday + timedelta(days=n), "working")) for n in range(7)]

    assert week[0] == []
    assert [spans[0][1] for spans in week[1:]] == ["17:00", "20:00", "17:00", "20:00", "17:00", "17:00"]
    assert reading_room.opening(monday, "working").why == [{"code": "no_hours"}]


def test_a_saturday_that_is_worked_counts_as_a_working_day():
    health_hut = kept([rule("08:00", "11:30", on_days="working"), rule("14:00", "17:00", on_days="working")])
    saturday = date(2026, 10, 10)

    assert times(health_hut.opening(saturday, "working")) == [("08:00", "11:30"), ("14:00", "17:00")]
    assert health_hut.opening(saturday, "rest").spans == []
    assert health_hut.opening(saturday, "rest").why == [{"code": "rest"}]


def test_a_school_opens_on_holidays_only():
    school = kept([rule("08:00", "18:00", on_days="holiday")])

    assert [bool(school.opening(date(2026, 10, 1), kind).spans) for kind in ("working", "rest", "holiday")] == [
        False, True, True,
    ]  # fmt: skip


def test_an_exception_takes_the_place_of_the_rules_on_its_day():
    on = date(2026, 7, 1)
    closed = {"day": on.isoformat(), "opens": None, "closes": None, "reason": "场地维护"}
    late = {"day": "2026-07-02", "opens": 1200, "closes": 1440, "reason": "露天电影"}
    ground = Timetable(rules=GROUND, exceptions=[closed, late])

    assert ground.opening(on, "working").spans == []
    assert ground.opening(on, "working").why == [{"code": "exception", "reason": "场地维护"}]
    assert times(ground.opening(date(2026, 7, 2), "working")) == [("20:00", "00:00")]


def test_a_closure_takes_its_part_of_the_evening_and_says_why():
    on = date(2026, 12, 1)
    shut = Closed(at(on, "18:00"), at(on, "19:00"), "event", "联欢会")
    opening = Timetable(rules=GROUND, closures=[shut]).opening(on, "working")

    assert times(opening) == [("17:30", "18:00"), ("19:00", "19:30")]
    assert opening.why[-1]["code"] == "closed"
    assert opening.why[-1]["reason"] == "联欢会"


def test_the_weather_closes_for_the_days_that_one_can_foresee_and_works_until_further_notice():
    soon, later = day(1), day(5)
    begin = at(day(0), "00:00")
    cold, works = (Timetable(rules=GROUND, closures=[Closed(begin, None, kind, "x")]) for kind in ("cold", "works"))

    assert (cold.opening(soon, "rest").spans, works.opening(soon, "rest").spans) == ([], [])
    assert cold.opening(later, "rest").spans
    assert works.opening(later, "rest").spans == []


def test_a_season_that_overlaps_another_is_refused_with_the_day():
    rules = [rule("19:00", "21:30", **SUMMER), rule("17:30", "19:00", season_from="10-01", season_until="04-30")]

    assert contradictions(rules) == {"rules.1.season": [{"code": "overlaps", "with": 1, "on": "10-01"}]}


def test_hours_of_one_day_must_not_overlap_but_may_follow_each_other():
    morning = rule("08:00", "12:00")

    assert contradictions([morning, rule("12:00", "17:00")]) == {}
    assert contradictions([morning, rule("11:00", "17:00")]) == {
        "rules.1.opens": [{"code": "overlaps", "with": 1, "weekday": 1}]
    }
    assert contradictions([morning, rule("11:00", "17:00", weekdays=[6])])
    assert contradictions([rule("08:00", "12:00", on_days="working"), rule("09:00", "11:00", on_days="holiday")]) == {}


def test_a_season_of_a_leap_day_has_a_day():
    assert days_of(rule("08:00", "9:00", season_from="02-29", season_until="02-29")) == {"02-29"}
    assert len(days_of(rule("08:00", "9:00", season_from="03-01", season_until="02-29"))) == 366


moments = st.integers(0, 2000).map(lambda n: datetime(2026, 11, 26, tzinfo=HERE) + timedelta(minutes=n))
spans = st.tuples(moments, moments).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair))


@given(span=spans, hole=spans)
def test_what_is_cut_out_is_gone_and_nothing_else(span, hole):
    def length(pieces):
        return sum((piece.ends_at - piece.starts_at for piece in pieces), timedelta())

    left = cut(span, hole.starts_at, hole.ends_at)
    common = max(timedelta(), min(span.ends_at, hole.ends_at) - max(span.starts_at, hole.starts_at))

    assert length(left) == length([span]) - common
    assert all(piece.ends_at <= hole.starts_at or hole.ends_at <= piece.starts_at for piece in left)


@given(st.lists(spans))
def test_merged_spans_are_apart_and_cover_the_same(found):
    together = merged(found)

    assert all(one.ends_at < other.starts_at for one, other in pairwise(together))
    assert all(any(m.starts_at <= s.starts_at and s.ends_at <= m.ends_at for m in together) for s in found)


HOURS: dict[str, Any] = {
    "rules": [
        {
            "season": {"from": "05-01", "until": "10-14"}, "weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "19:00",
            "closes": "21:30", "note": {"code": "minors_with_guardian", "from": "20:00"},
        },
        {"season": {"from": "10-15", "until": "04-30"}, "weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "17:30",
         "closes": "24:00"},
    ],
    "exceptions": [{"on": "2026-12-31", "reason": "跨年，提前关门", "opens": "17:30", "closes": "18:00"}],
}  # fmt: skip


@pytest.fixture
def ours(unit, venue, liaison):
    """A venue, and its unit's liaison officer, who has seen its last version."""
    owner = unit()
    made = venue(of=owner)
    return made, liaison(owner) | {"If-Match": f'"v{made.version}"'}


def test_hours_are_laid_down_whole_and_read_back_the_same(events, ours, published):
    made, officer = ours

    said = events.put(f"/venues/{made.id}/hours", json=HOURS, headers=officer)
    assert said.status_code == 200, said.text
    again = events.get(f"/venues/{made.id}/hours", headers=officer).json

    assert again == said.json
    assert again["rules"][0]["note"] == {"code": "minors_with_guardian", "from": "20:00"}
    assert again["rules"][1]["closes"] == "24:00"
    assert [topic for topic, _ in published("events.venue_hours%")] == ["events.venue_hours_changed.v1"]
    assert events.put(f"/venues/{made.id}/hours", json=HOURS, headers=officer).status_code == 412, "seen before"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"opens": "21:30", "closes": "19:00"}, "rules.0.closes", "ends_before_start"),
        ({"opens": "25:00"}, "rules.0.opens", "invalid"),
        ({"weekdays": []}, "rules.0.weekdays", "length"),
        ({"weekdays": [8]}, "rules.0.weekdays.0", "out_of_range"),
        ({"season": {"from": "02-30", "until": "04-30"}}, "rules.0.season.from", "invalid"),
        ({"on": "sometimes"}, "rules.0.on", "not_one_of"),
        ({"season": {"from": "04-30", "until": "05-01"}}, "rules.1.season", "overlaps"),
    ],
)
def test_hours_that_make_no_sense_are_refused(events, ours, change, field, code):
    made, officer = ours
    rules = [HOURS["rules"][0] | change, HOURS["rules"][1]]

    assert codes(events.put(f"/venues/{made.id}/hours", json={"rules": rules}, headers=officer), field) == [code]


def test_a_day_cannot_be_closed_and_open(events, ours):
    made, officer = ours
    shut = {"on": "2026-12-31", "reason": "关"}
    both = [shut, shut | {"opens": "08:00", "closes": "09:00"}]

    answer = events.put(f"/venues/{made.id}/hours", json={"rules": [], "exceptions": both}, headers=officer)

    assert codes(answer, "exceptions.1.opens") == ["overlaps"]
    half = {"rules": [], "exceptions": [shut | {"opens": "08:00"}]}
    answer = events.put(f"/venues/{made.id}/hours", json=half, headers=officer)
    assert codes(answer, "exceptions.0.closes") == ["required"]


def test_bookings_outside_of_new_hours_are_named_and_stay(events, ours, booked, state_of):
    made, officer = ours
    late = booked(made, day(), "20:00", "22:00")

    said = events.put(
        f"/venues/{made.id}/hours",
        json={"rules": [{"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "08:00", "closes": "21:00"}]},
        headers=officer,
    )

    assert [one["id"] for one in said.json["outside"]] == [str(late.id)]
    assert state_of(late) == "confirmed"


def test_everybody_reads_when_a_public_venue_is_open(events, venue):
    made, hidden = venue("操场", rule("17:30", "19:30")), venue("库房", rule("8:00", "9:00"), public=False)

    week = events.get(f"/venues/{made.id}/opening").json["items"]

    assert len(week) == 7
    assert [local(one["spans"][0]["from"])[-5:] for one in week] == ["17:30"] * 7
    assert events.get(f"/venues/{hidden.id}/opening").status_code == 404


def test_days_are_asked_for_in_order_and_not_too_many(events, venue):
    path = f"/venues/{venue().id}/opening"

    assert codes(events.get(f"{path}?from=2026-12-02&to=2026-12-01"), "to") == ["ends_before_start"]
    assert codes(events.get(f"{path}?from=2026-12-02&to=2029-12-01"), "to") == ["too_many_days"]


def test_only_those_who_run_a_venue_lay_down_its_hours_and_close_it(events, ours, unit, liaison):
    made, officer = ours
    stranger = liaison(unit("U77")) | {"If-Match": "*"}
    closure = {"kind": "other", "reason": "试试"}

    assert events.put(f"/venues/{made.id}/hours", json=HOURS, headers=stranger).status_code == 403
    assert events.post(f"/venues/{made.id}/closures", json=closure, headers=once(stranger)).status_code == 403
    assert events.post(f"/venues/{made.id}/closures", json=closure, headers=once(officer)).status_code == 201
