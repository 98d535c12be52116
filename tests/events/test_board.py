"""The public board: open now, tonight, this week; as JSON, as a text message, and to be read out."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from services.events.domain import closures
from services.events.domain.board_texts import MOST_PARTS, PART, parts
from services.events.domain.hours import HERE
from tests.events.conftest import EVERYONE
from tests.events.venue_fixtures import local, rule

#: A Thursday in winter, in the afternoon and in the evening.
AFTERNOON = datetime(2026, 11, 26, 15, 0, tzinfo=HERE)
EVENING = datetime(2026, 11, 26, 18, 0, tzinfo=HERE)
WINTER = {"season_from": "10-15", "season_until": "04-30"}


@pytest.fixture
def clock():
    """Call it to let it be some time."""
    travellers = []

    def clock(moment: datetime) -> None:
        travellers.append(time_machine.travel(moment, tick=False))
        travellers[-1].start()

    yield clock
    for traveller in reversed(travellers):
        traveller.stop()


@pytest.fixture
def town(venue):
    """A ground with winter hours, a reading room with a note, and what the board does not show."""
    ground = venue("体工二大队操场", rule("17:30", "19:30", **WINTER), kind="ground", address="东门进")
    minors = {"note": "minors_with_guardian", "note_from": 18 * 60}
    room = venue("电子阅览室", rule("09:00", "20:00", **minors), kind="reading_room")
    venue("小剧场", rule("09:00", "21:00"), walk_in=False)
    venue("库房", rule("09:00", "21:00"), public=False)
    venue("大巴", rule("09:00", "21:00"), kind="vehicle")
    return ground, room


def names(listed: list[dict]) -> list[str]:
    return [one["venue"]["name"] for one in listed]


def test_in_the_afternoon_the_room_is_open_and_the_ground_will_be(events, town, clock):
    clock(AFTERNOON)

    board = events.get("/public/board").json

    assert [(one["venue"]["name"], local(one["until"])[-5:], one["note"]) for one in board["open"]] == [
        ("电子阅览室", "20:00", None)
    ]
    assert [(one["venue"]["name"], local(one["from"])[-5:]) for one in board["tonight"]] == [
        ("电子阅览室", "09:00"), ("体工二大队操场", "17:30"),
    ]  # fmt: skip
    assert [len(one["venues"]) for one in board["week"]] == [2] * 7


def test_in_the_evening_minors_need_a_guardian(events, town, clock):
    clock(EVENING)

    board = events.get("/public/board").json

    notes = {one["venue"]["name"]: one["note"] for one in board["open"]}
    assert notes == {"体工二大队操场": None, "电子阅览室": {"code": "minors_with_guardian", "from": "18:00"}}


def test_what_the_cold_closed_is_said_with_the_reason(events, db, town, clock):
    ground, _ = town
    clock(AFTERNOON)
    closures.close(db, ground, kind="cold", since=AFTERNOON, until=None, reason="零下二十五度", by="test")
    db.commit()

    board = events.get("/public/board").json

    [closed] = board["closed"]
    assert (closed["venue"]["name"], closed["kind"], closed["reason"], closed["until"]) == (
        "体工二大队操场", "cold", "零下二十五度", None,
    )  # fmt: skip
    assert names(board["tonight"]) == ["电子阅览室"]


def test_the_board_tells_of_activities_for_everyone_only(events, hold, clock):
    clock(AFTERNOON)
    evening = {"starts_at": EVENING + timedelta(days=1)}
    hold(title="秧歌", **evening)
    hold(title="支部会", audience=EVERYONE | {"everyone": False, "skills": ["law"]}, **evening)
    hold(title="草稿", submit_it=False, **evening)
    hold(title="单位自己的", reach="unit", **evening)
    hold(title="下个月", starts_at=EVENING + timedelta(days=30))

    assert [one["title"] for one in events.get("/public/board").json["activities"]] == ["秧歌"]


def test_the_board_names_nobody(events, db, venue, person, clock):
    keeper = person("拿钥匙的人")
    venue("操场", rule("17:30", "19:30"), key_holder_id=keeper.person_id, stewards=[keeper.person_id])
    clock(EVENING)

    answer = events.get("/public/board")

    assert "操场" in answer.get_data(as_text=True)
    assert "拿钥匙的人" not in answer.get_data(as_text=True)
    assert str(keeper.person_id) not in answer.get_data(as_text=True)


def test_a_screen_keeps_the_board_for_a_while_and_then_asks_whether_it_changed(events, town, db, clock):
    clock(EVENING)
    first = events.get("/public/board")
    assert first.headers["Cache-Control"] == "public, max-age=30"

    clock(EVENING + timedelta(seconds=40))
    again = events.get("/public/board", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")

    closures.close(db, town[0], kind="other", since=EVENING, until=None, reason="停电", by="test")
    db.commit()
    changed = events.get("/public/board", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_board_takes_as_many_statements_for_many_venues_as_for_one(events, venue, clock, counted):
    def statements() -> int:
        with counted() as seen:
            assert events.get("/public/board").status_code == 200
        return len([one for one in seen if "events." in one])

    venue("甲", rule("08:00", "20:00"))
    one = statements()
    for n in range(12):
        venue(f"第{n}间", rule("08:00", "20:00"))

    assert statements() == one <= 4


def test_a_board_is_for_one_compound_if_wanted(events, venue, labels, clock):
    labels("place", "C1")
    venue("甲", rule("00:00", "24:00"), place_code="C1")
    venue("乙", rule("00:00", "24:00"))

    assert names(events.get("/public/board?place=C1").json["open"]) == ["甲"]
    assert names(events.get("/public/board?place=C9").json["open"]) == []


def page(events, form: str, query: str = "") -> str:
    answer = events.get(f"/public/{form}.html?{query}")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    return answer.get_data(as_text=True)


def test_a_screen_shows_the_board_without_signing_in_and_in_both_languages(events, town, clock):
    clock(AFTERNOON)

    assert re.search(
        "现在开放.*电子阅览室.*到 20:00.*今晚.*体工二大队操场.*17:30–19:30", page(events, "board"), re.DOTALL
    )
    assert "until 20:00" in page(events, "board", "lang=en")
    assert "这一周" in page(events, "board")
    assert "这一周" not in page(events, "kiosk"), "a wall tells of today"
    assert "库房" not in page(events, "board"), "it is nobody's business"


def test_what_is_written_about_a_venue_is_no_part_of_the_page(events, town, clock, db):
    clock(AFTERNOON)
    closures.close(db, town[0], kind="cold", since=AFTERNOON, until=None, reason="<script>alert(1)</script>", by="test")
    db.commit()

    shown = page(events, "kiosk")

    assert "&lt;script&gt;alert(1)" in shown
    assert "恢复时间另行通知" in shown


def text(events, query: str) -> str:
    answer = events.get(f"/public/board.txt?{query}")
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; charset=utf-8"
    return answer.get_data(as_text=True)


def test_a_text_message_says_what_is_open_now_and_tonight(events, town, clock):
    clock(AFTERNOON)

    assert text(events, "") == "现在开放：电子阅览室到20:00。今晚：体工二大队操场17:30到19:30。"


def test_who_writes_the_name_of_a_venue_gets_its_hours(events, town, clock):
    clock(AFTERNOON)
    assert text(events, "words=操场") == "体工二大队操场下次开放：今天17:30到19:30。"
    assert text(events, "words=阅览室") == "电子阅览室现在开放，到20:00。"
    clock(AFTERNOON + timedelta(hours=6))
    assert text(events, "words=操场") == "体工二大队操场下次开放：明天17:30到19:30。"
    tomorrow = text(events, f"venue={town[1].code}")
    assert tomorrow == "电子阅览室下次开放：明天09:00到20:00（18:00后未成年人须家长陪同）。"


def test_a_telephone_reads_times_as_people_say_them(events, town, venue, db, clock):
    clock(AFTERNOON)
    closures.close(db, town[0], kind="cold", since=AFTERNOON, until=None, reason="零下二十五度", by="test")
    db.commit()

    assert text(events, "form=phone") == (
        "您好，这里是社区开放信息。现在开放：电子阅览室到20点。体工二大队操场今天关闭：天气太冷，零下二十五度。"
    )
    assert text(events, "words=操场&form=phone").endswith("什么时候恢复，请留意通知。"), "nobody knows yet"
    hut = venue("健康小屋", rule("08:15", "11:30", weekdays=[1]))
    assert text(events, f"venue={hut.code}&form=phone").endswith("健康小屋下次开放：周一8点15分到11点半。")


def test_words_that_name_nothing_get_the_whole_board(events, town, clock):
    clock(AFTERNOON)

    assert text(events, "words=游泳池") == text(events, "")


def test_a_hidden_venue_is_not_found_by_its_name(events, town, clock):
    clock(AFTERNOON)

    assert "库房" not in text(events, "words=库房")


@given(st.lists(st.text("开放场地阅览室，：0123456789", min_size=1, max_size=120), min_size=1, max_size=12))
def test_no_part_of_a_text_message_is_too_long(sentences):
    made = parts(sentences)

    assert 1 <= len(made) <= MOST_PARTS
    assert all(len(part) <= PART for part in made)
