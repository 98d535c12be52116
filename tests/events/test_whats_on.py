"""What is on, on pages for everybody: what they show, whom they never name, what a chat makes of them."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
import time_machine

from services.events.domain import activities, closures
from services.events.domain.hours import today
from services.events.routes import open_words, screen_words
from shared.db import now
from shared.pages import SCREENS, WRITTEN
from tests.events.conftest import EVERYONE
from tests.events.venue_fixtures import at, day, rule

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(events):
    """Call it with an address for the text of the page that is there."""

    def page(address: str, status: int = 200) -> str:
        answer = events.get(f"/public{address}")
        assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.text
        return answer.text

    return page


def preview(page: str) -> dict[str, str]:
    """What a chat reads of a page."""
    found = re.findall(r'<meta (?:property|name|itemprop)="([^"]+)" content="([^"]*)">', page)
    return {name: unescape(content) for name, content in found}


def test_an_activity_for_everybody_has_a_page_with_a_preview(hold, unit, page):
    held = hold(unit(name="体院党支部"), title="羽毛球赛", starts_at=at(day(), "19:00"), capacity=40)

    shown = page(f"/come/{held.id}")

    said = preview(shown)
    assert (said["og:title"], said["og:url"]) == ("羽毛球赛", f"http://127.0.0.1:8000/come/{held.id}")
    when = open_words.day(day(), "zh")
    assert said["og:description"] == said["description"] == f"{when} 19:00–21:00 · 操场 · 体院党支部"
    assert said["og:image"].startswith("http://127.0.0.1:8000/")
    assert "还有 40 个" in shown
    assert f'href="/activities/{held.id}"' in shown  # where one signs in, and comes back to


def test_the_page_names_nobody_who_comes(hold, person, token, events, page):
    held, somebody = hold(), person("乌日娜")
    events.put(f"/activities/{held.id}/sign-up", headers=token(somebody.person_id))

    for address in (f"/come/{held.id}", "/tonight", "/week", "/week/paper"):
        assert "乌日娜" not in page(address)


@pytest.mark.parametrize(
    "facts",
    [
        {"reach": "unit"},
        {"reach": "guests"},
        {"submit_it": False},
        {"audience": EVERYONE | {"everyone": False, "units": ["U09"]}},
    ],
)
def test_what_is_not_for_everybody_has_no_page(hold, unit, page, facts):
    unit("U09")
    held = hold(title="支部会议", starts_at=now() + timedelta(hours=3), **facts)

    assert "支部会议" not in page(f"/come/{held.id}", 404)
    assert "支部会议" not in page("/week") + page("/tonight")


@pytest.mark.parametrize("asked", ["no-such-thing", str(UUID(int=1)), "%3Cscript%3E"])
def test_an_address_that_is_wrong_says_so_in_words(page, asked):
    shown = page(f"/come/{asked}", 404)

    assert "没有这次活动" in shown
    assert "<script" not in shown


def test_words_that_a_unit_wrote_stay_words(hold, page):
    held = hold(title='<script>alert("1")</script>', summary="<b>1</b>")

    shown = page(f"/come/{held.id}") + page("/week")

    assert "<script" not in shown
    assert "<b>1" not in shown
    assert preview(shown)["og:title"] == '<script>alert("1")</script>'


def test_what_was_called_off_is_said_to_be(db, hold, page):
    held = hold(title="羽毛球赛")
    activities.call_off(db, held.id, reason="王教练病了")
    db.commit()

    shown = page(f"/come/{held.id}")

    assert "请不要前往" in shown
    assert "我要报名" not in shown
    assert preview(shown)["og:description"].startswith("已取消")
    assert "<s>羽毛球赛</s>" in page("/week")
    assert "王教练" not in shown + page("/week")


def test_a_full_activity_offers_to_wait(hold, person, token, events, page):
    held = hold(capacity=1)
    events.put(f"/activities/{held.id}/sign-up", headers=token(person().person_id))

    assert "我要候补" in page(f"/come/{held.id}")


def test_the_week_is_narrowed_to_a_compound_and_to_a_kind(hold, venue, booked, labels, page):
    labels("place", "C1", "C2")
    hall = venue("小剧场", rule("09:00", "21:00"), place_code="C1")
    venue("活动室", rule("09:00", "21:00"), place_code="C2")
    held = hold(title="合唱会", kind="culture", starts_at=at(day(), "14:00"))
    booked(hall, day(), "14:00", "16:00", activity_id=held.id)
    hold(title="棋会", kind="sport", place="C2 凉亭", starts_at=at(day(), "10:00"))

    there, other = page("/week?place=C1"), page("/week?place=C2")
    sport, open_ones = page("/week?kind=sport"), page("/week?kind=venue")

    assert [name in there for name in ("合唱会", "小剧场", "棋会", "活动室")] == [True, True, False, False]
    assert [name in other for name in ("合唱会", "小剧场", "棋会", "活动室")] == [False, False, True, True]
    assert [name in sport for name in ("合唱会", "小剧场", "棋会")] == [False, False, True]
    assert [name in open_ones for name in ("合唱会", "小剧场", "棋会")] == [False, True, False]


def test_what_the_cold_closed_is_on_the_page_of_today(db, venue, page):
    ground = venue("体工二大队操场", rule("00:00", "24:00"))
    closures.close(db, ground, kind="cold", since=now() - timedelta(hours=1), until=None, reason="零下二十五度", by="t")
    db.commit()

    shown = page("/tonight")

    assert "体工二大队操场" in shown
    assert "天气太冷 · 零下二十五度" in shown


def test_who_has_no_screen_hears_of_it(db, hold, events):
    on = day()
    with time_machine.travel(at(on, "12:00"), tick=False):
        assert "今天没有别的活动了" in events.get("/public/tonight.txt").text
        hold(title="羽毛球赛", place="操场", starts_at=at(on, "19:30"))
        held = hold(title="棋会", starts_at=at(on, "20:00"))
        activities.call_off(db, held.id, reason="停电")
        db.commit()

        message = events.get("/public/tonight.txt").text
        read_out = events.get("/public/tonight.txt?form=phone").text

    assert message == "19:30羽毛球赛，在操场。20:00的棋会取消了。"
    assert "19点半羽毛球赛，在操场。20点的棋会取消了。" in read_out


def test_a_page_is_asked_for_again_only_when_something_changed(hold, events):
    first = events.get("/public/week")

    same = events.get("/public/week", headers={"If-None-Match": first.headers["ETag"]})
    hold(title="新的活动")
    other = events.get("/public/week", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=30"
    assert (same.status_code, same.data, other.status_code) == (304, b"", 200)


def test_pages_run_nothing_and_no_search_engine_keeps_them(hold, events):
    answer = events.get(f"/public/come/{hold().id}")

    assert "default-src 'none'; style-src 'self'; img-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_english_readers_find_no_chinese_but_what_units_wrote(hold, unit, page):
    held = hold(unit(name="Unit"), title="Chess", place="Yard", starts_at=now() + timedelta(hours=1))

    for address in (f"/come/{held.id}?lang=en", "/week?lang=en", "/tonight?lang=en", "/come/x?lang=en"):
        shown = page(address, 404 if "/x" in address else 200).replace(">中文<", "><")
        assert not re.findall(r"[\u4e00-\u9fff]+", shown), address


def test_both_languages_have_the_same_words():
    for words in (open_words.WORDS, open_words.KINDS, screen_words.NOTES, screen_words.CAUSES):
        assert words["zh"].keys() == words["en"].keys()


def test_a_week_costs_as_many_statements_with_much_as_with_little(hold, venue, events, heard):
    hold()
    with heard() as few:
        events.get("/public/week")
    for _ in range(6):
        venue("场地", rule("09:00", "21:00"))
        hold(starts_at=at(today() + timedelta(days=2), "10:00"))
    with heard() as many:
        events.get("/public/week")

    assert len(many) <= len(few) + 1  # the hours of venues, of which there were none


def test_the_gateway_the_proxy_and_the_pages_know_the_same_addresses():
    written, screens, both = ("|".join(sorted(names)) for names in (WRITTEN, SCREENS, WRITTEN + SCREENS))
    proxy = (ROOT / "deploy/proxy/nginx.conf").read_text()

    assert f"rewrite ^/(?:{written})(?:/|$) /api/events/public$uri last;" in proxy
    assert f"rewrite ^/({screens})$ /api/events/public/$1.html last;" in proxy
    assert rf"/^\/({both})(\/|$)/" in (ROOT / "web/src/sw.ts").read_text()
    assert f"'^/({both})(/|$)'" in (ROOT / "web/vite.config.ts").read_text()


def test_the_colours_are_those_of_the_other_pages():
    own = re.findall(r"(--color-[\w-]+): ([^;]+);", (ROOT / "services/events/open/open.css").read_text())
    theirs = set(re.findall(r"(--color-[\w-]+): ([^;]+);", (ROOT / "web/src/main.css").read_text()))

    assert set(own) <= theirs
