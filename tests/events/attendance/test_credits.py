"""Whoever was there is credited when it is over."""

import pytest

from tests.events.places import later


@pytest.fixture
def finish(events, clerk):
    def finish(activity, **how):
        return events.post(f"/activities/{activity.id}/finish", json=how, headers=clerk)

    return finish


def test_when_it_is_over_whoever_was_there_is_credited_by_source(
    begun, clerk, tick_off, paper, typed, finish, published
):
    activity, ticked, on_paper, _absent = begun("甲", "乙", "丙")
    sheet = paper(activity)
    tick_off(activity, ticked, clerk)
    typed(sheet, {"n": 2}, {"n": 4, "name": "没有账号的人"})

    answer = finish(activity)

    assert answer.json["finished_at"]
    told = [(news["provenance"], news["person_ids"], news["minutes"]) for _, news in credited(published)]
    assert told == [("measured", [str(ticked.person_id)], 120), ("paper", [str(on_paper.person_id)], 120)]


def credited(published) -> list:
    return published("events.attendance_credited.v1")


def test_finished_twice_is_credited_once_and_other_minutes_are_told(begun, clerk, tick_off, finish, published):
    activity, goes = begun("甲")
    tick_off(activity, goes, clerk)

    finish(activity)
    finish(activity)
    finish(activity, minutes=90)

    assert [news["minutes"] for _, news in credited(published)] == [120, 90]


def test_who_is_taken_down_after_the_end_is_credited_and_who_is_undone_is_not(
    events, begun, clerk, tick_off, finish, published
):
    activity, goes = begun("甲")
    finish(activity, minutes=60)
    tick_off(activity, goes, clerk)
    assert [news["person_ids"] for _, news in credited(published)] == [[str(goes.person_id)]]

    events.delete(f"/activities/{activity.id}/attendance/{goes.person_id}", headers=clerk)

    [(_, back)] = published("events.attendance_withdrawn.v1")
    assert back["person_ids"] == [str(goes.person_id)]


def test_what_has_not_begun_is_not_over(hold, finish):
    assert finish(hold(**later())).json["title"] == "NotBegun"


def test_an_activity_of_a_test_key_credits_nobody(db, begun, clerk, tick_off, finish, published):
    activity, goes = begun("甲", reach="guests")
    tick_off(activity, goes, clerk)

    finish(activity)

    assert credited(published) == []
