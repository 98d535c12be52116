"""What comes again: made at once, changed without losing what people changed, ended, extended by the clock."""

import pytest
from sqlalchemy import event, func, select

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import activities, changes, sign_ups
from services.events.domain.series import life, making, standing
from services.events.models import Activity, Series, SignUp
from shared.db import now
from tests.events.conftest import once, seen
from tests.events.series import in_days, sent, series_plan


@pytest.fixture
def repeat(db, unit):
    """Call it to let a unit hold a series that is published."""

    def repeat(of=None, **facts) -> Series:
        made = life.post(db, of or unit(), reach="all", posted_by="test", submit_it=True, **series_plan(**facts))
        db.commit()
        return made

    return repeat


@pytest.fixture
def coming(db):
    """Call it for the occurrences of a series, the next first."""

    def coming(series: Series) -> list[Activity]:
        db.expire_all()
        return list(db.scalars(select(Activity).where(Activity.series_id == series.id).order_by(Activity.starts_at)))

    return coming


def test_ten_years_of_weeks_are_made_by_one_statement(db, unit):
    statements: list[str] = []
    event.listen(db.bind, "before_cursor_execute", lambda *args: statements.append(args[2]))
    ten_years = {"starts_on": in_days(1), "ends_on": in_days(3650)}
    made = life.post(db, unit(), reach="all", posted_by="test", submit_it=True, **series_plan(**ten_years))

    assert db.scalar(select(func.count()).where(Activity.series_id == made.id)) == 522
    assert sum("INTO events.activities" in statement for statement in statements) == 1


def test_a_series_is_announced_once_and_not_for_each_day(repeat, published):
    repeat()

    assert [topic for topic, _ in published("events.%")] == ["events.series_published.v1"]


def test_a_unit_that_needs_approval_waits_for_a_clerk(events, db, unit, liaison, clerk, coming):
    of = unit("U07", needs_approval=True)
    officer = liaison(of)
    posted = events.post("/series", json=sent(submit=True), headers=once(officer)).json
    assert posted["state"] == "submitted"
    assert coming(db.get(Series, posted["id"])) == []

    answer = events.post(f"/series/{posted['id']}/publish", headers=seen(clerk, posted))

    assert answer.json["state"] == "published"
    assert len(answer.json["next"]) == 5


def test_a_change_moves_what_is_to_come_and_leaves_what_people_changed(db, repeat, coming):
    series = repeat()
    first, second, third, *_ = coming(series)
    plan = {name: getattr(second, name) for name in ("title", "summary", "kind", "form", "starts_at", "ends_at")}
    activities.edit(db, second.id, **plan, place="礼堂", capacity=None, audience=second.audience)
    activities.call_off(db, third.id, reason="停电")

    life.edit(db, series.id, **series_plan(place="小操场", start_time=series.start_time.replace(hour=18)))

    first, second, third, *_ = coming(series)
    assert (first.place, second.place, third.state) == ("小操场", "礼堂", "called_off")
    assert {one.starts_at.astimezone(making.HERE).hour for one in coming(series)} == {18}


def test_a_day_that_is_none_any_more_goes_unless_somebody_counts_on_it(db, repeat, coming, person, published):
    series = repeat(rule="FREQ=DAILY", ends_on=in_days(9))
    kept = coming(series)[1]
    sign_ups.sign_up(db, kept.id, person_id=person().person_id)

    life.edit(db, series.id, **series_plan(rule="FREQ=DAILY;INTERVAL=2", ends_on=in_days(9)))

    left = coming(series)
    assert [one.occurs_on for one in left if one.state == "published"] == [in_days(n) for n in (2, 4, 6, 8)]
    assert [one.id for one in left if one.state == "called_off"] == [kept.id]
    assert len(published("events.series_changed.v1")) == 1


def test_whoever_counts_on_many_of_them_is_told_of_a_change_once(db, repeat, person, published):
    series = repeat()
    for somebody in (person("甲"), person("乙")):
        standing.take(db, series.id, person_id=somebody.person_id)

    life.edit(db, series.id, **series_plan(place="礼堂"))

    [(_, news)] = published("events.series_changed.v1")
    assert len(news["person_ids"]) == 2
    assert news["changed"] == ["place"]


def test_what_was_skipped_can_come_back(db, repeat, coming, person, published):
    series = repeat()
    skipped = coming(series)[0]
    somebody = person()
    sign_ups.sign_up(db, skipped.id, person_id=somebody.person_id)
    activities.call_off(db, skipped.id, reason="停电")

    changes.restore(db, skipped.id)

    assert coming(series)[0].state == "published"
    assert published("events.activity_restored.v1")[0][1]["person_ids"] == [str(somebody.person_id)]


def test_the_clock_makes_what_has_come_within_reach_even_after_days_of_standstill(db, repeat, coming, tick):
    series = repeat()
    before = len(coming(series))
    db.query(Activity).filter(Activity.occurs_on > in_days(100)).delete()
    series.made_until = in_days(100)

    tick("events", "extend_series")
    tick("events", "extend_series")

    assert len(coming(series)) == before


def test_an_end_calls_off_what_somebody_counts_on_and_says_why(db, repeat, coming, person, published):
    series = repeat()
    somebody = person()
    standing.take(db, series.id, person_id=somebody.person_id)

    life.end(db, series.id, last=in_days(10), reason="教练调走了")

    states = [one.state for one in coming(series)]
    assert states[:2] == ["published", "published"]
    assert set(states[2:]) == {"called_off"}
    [(_, news)] = published("events.series_ended.v1")
    assert (news["person_ids"], news["reason"]) == ([str(somebody.person_id)], "教练调走了")


def test_a_series_that_never_takes_place_is_refused(events, unit, clerk):
    unit("U02")
    closed = {"from": "01-01", "until": "12-31", "closed": True}
    wrong = sent(unit="U02", seasons=[closed], submit=True)

    answer = events.post("/series", json=wrong, headers=once(clerk))

    assert (answer.status_code, answer.json["errors"]) == (422, {"rule": [{"code": "no_date"}]})


def test_a_preview_shows_days_and_why_others_are_left_out(events, clerk):
    plan = sent(rule="FREQ=DAILY", ends_on=in_days(30), seasons=[{"from": "02-29", "until": "02-29", "closed": True}])
    rhythm = {name: plan[name] for name in ("rule", "starts_on", "ends_on", "start_time", "minutes", "seasons", "days")}

    answer = events.post("/series/preview", json=rhythm, headers=clerk)

    assert answer.status_code == 200
    assert len(answer.json["items"]) == 29
    assert answer.json["items"][0]["on"] == in_days(2).isoformat()


def test_a_stale_edit_changes_nothing(events, db, repeat, clerk):
    series = repeat()
    answer = events.put(f"/series/{series.id}", json=sent(), headers=clerk | {"If-Match": '"v77"'})

    assert answer.status_code == 412


def test_nobody_signs_up_twice_by_a_standing_place(db, repeat, coming, person):
    series, somebody = repeat(), person()
    sign_ups.sign_up(db, coming(series)[0].id, person_id=somebody.person_id)

    standing.take(db, series.id, person_id=somebody.person_id)
    standing.take(db, series.id, person_id=somebody.person_id)

    held = db.scalar(select(func.count()).where(SignUp.person_id == somebody.person_id))
    assert held == len([one for one in coming(series) if one.starts_at > now()])
