"""Papers for the notice board: what is on them, and who may have them printed."""

import re
from datetime import timedelta

from services.events.domain import activities
from services.events.routes import open_words
from tests.events.venue_fixtures import at, day, rule


def test_the_poster_says_what_when_where_and_leads_back(hold, unit, person, token, events):
    held = hold(unit(name="体院党支部"), title="羽毛球赛", starts_at=at(day(), "19:00"), capacity=40)

    answer = events.get(f"/activities/{held.id}/poster", headers=token(person().person_id))

    said = re.sub(r"<[^>]+>", " ", answer.text)
    for words in ("羽毛球赛", open_words.day(day(), "zh"), "19:00–21:00", "操场", "体院党支部", "名额 40 个"):
        assert words in said
    assert "<svg" in answer.text
    assert "还没有发布" not in said


def test_a_poster_of_what_is_not_published_says_so_itself(hold, unit, liaison, person, token, events):
    of = unit()
    held = hold(of, submit_it=False)

    mine = events.get(f"/activities/{held.id}/poster", headers=liaison(of))
    others = events.get(f"/activities/{held.id}/poster", headers=token(person().person_id))

    assert "先不要张贴" in mine.text
    assert others.status_code == 404


def test_the_plan_of_a_week_begins_where_it_is_asked_to(hold, events):
    hold(title="羽毛球赛", starts_at=at(day(3), "19:00"))
    hold(title="读书会", starts_at=at(day(12), "19:00"))

    plan = events.get(f"/public/week/paper?from={day(3)}").text

    assert "羽毛球赛" in plan
    assert "读书会" not in plan
    assert open_words.day(day(9), "zh") in plan


def test_the_plan_of_a_unit_or_a_venue_shows_only_that(db, hold, unit, venue, booked, events):
    of = unit("U05", name="剧团党支部")
    hall = venue("小剧场", rule("09:00", "21:00"), of=of, code="V1")
    venue("阅览室", rule("09:00", "21:00"), code="V2")
    held = hold(of, title="合唱会", starts_at=at(day(), "14:00"))
    booked(hall, day(), "14:00", "16:00", activity_id=held.id)
    hold(title="棋会", starts_at=at(day(), "10:00"))

    of_unit = events.get(f"/public/week/paper?from={day()}&unit=U05").text
    of_venue = events.get(f"/public/week/paper?from={day()}&venue=V1&form=portrait").text
    activities.call_off(db, held.id, reason="停电")
    db.commit()
    later = events.get(f"/public/week/paper?from={day()}&unit=U05").text

    for plan, title in ((of_unit, "剧团党支部"), (of_venue, "小剧场")):
        assert f"<h1>{title}</h1>" in plan
        words = re.sub(r"<[^>]+>", "", plan)
        assert [name in words for name in ("合唱会", "小剧场 09:00", "棋会", "阅览室")] == [True, True, False, False]
    assert "（已取消）" in later


def test_a_week_that_lies_nowhere_is_refused(events):
    for asked in ("from=1999-01-01", "from=31.02.2026", "form=round", "unit=%00"):
        assert events.get(f"/public/week/paper?{asked}").status_code == 422, asked


def test_a_poster_over_two_days_names_both(hold, person, token, events):
    held = hold(starts_at=at(day(), "22:00"), ends_at=at(day(), "22:00") + timedelta(hours=9))

    answer = events.get(f"/activities/{held.id}/poster", headers=token(person().person_id))

    assert f"22:00–{open_words.day(day(4), 'zh')} 07:00" in answer.text
