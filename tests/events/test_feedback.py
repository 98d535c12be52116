"""How it was: who says so, once and without a name; on paper; what is shown from three answers on; what goes."""

from base64 import b64encode
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import leaving, sign_ups
from services.events.domain.attendance import credits, marks
from services.events.domain.sign_ups import behalf
from services.events.models import Activity, Feedback
from tests.events import hall
from tests.events.conftest import once
from tests.events.places import later, rules

SAID = {"overall": "good", "followed": "yes", "more": "maybe"}
OPUS = b"OggS\x00\x02" + bytes(8) + b"voice\x00\x00\x00\x00\x00\x00\x00" + b"\x01\x13OpusHead\x01\x01" + bytes(60)
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\x18S\x80g\x86\x86A_OPUS" + bytes(60)
FILM = WEBM + b"\x86\x85V_VP8"


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def mp4(*tracks: bytes) -> bytes:
    handlers = b"".join(box(b"hdlr", bytes(8) + track + bytes(12)) for track in tracks)
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42") + box(b"moov", handlers)


def sent(sound: bytes) -> str:
    return b64encode(sound).decode()


@pytest.fixture
def over(db, hold, person, move):
    """Call it for an activity that is over, and those who were there."""

    def over(*names: str, of=None, finished: bool = True, led_by=None, **facts):
        activity = hold(of, **later() | {"sign_up": rules(parts=[{"code": "leader", "most": 1}])} | facts)
        people = [person(name) for name in names]
        for somebody in people:
            sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
        if led_by:
            desk = {"by": "clerk", "by_id": led_by.person_id, "asked": {"part": "leader"}}
            behalf.by_desk(db, activity.id, person_id=led_by.person_id, **desk)
        db.commit()
        move(activity, days=-5, hours=-3)
        for somebody in people:
            marks.record(db, activity.id, somebody.person_id, id=uuid4(), source="leader")
        if finished:
            credits.finish(db, activity.id)
        db.commit()
        return activity, *people

    return over


@pytest.fixture
def say(events, token):
    """Call it to let somebody say how it was."""

    def say(activity: Activity, somebody, **said):
        path = f"/activities/{activity.id}/feedback/mine"
        return events.put(path, json=SAID | said, headers=token(somebody.person_id))

    return say


@pytest.fixture
def results(events, clerk):
    """Call it for what the desk is shown."""
    return lambda activity, headers=clerk: events.get(f"/activities/{activity.id}/feedback", headers=headers)


@pytest.fixture
def type_slip(events, clerk):
    """Call it to let the desk type in a slip of paper."""

    def type_slip(activity: Activity, **said):
        return events.post(f"/activities/{activity.id}/feedback/slips", json=said, headers=once(clerk))

    return type_slip


def test_whoever_was_there_says_how_it_was_and_may_say_it_otherwise(events, over, say, token, results):
    activity, goes, *_ = over("甲", "乙", "丙")

    first = say(activity, goes, words="讲得清楚")
    again = say(activity, goes, overall="fair", words="")

    assert (first.json["mine"]["overall"], first.json["mine"]["words"]) == ("good", "讲得清楚")
    assert (again.json["mine"]["overall"], again.json["mine"]["words"]) == ("fair", None)
    assert results(activity).json["answers"] == 1
    mine = events.get(f"/activities/{activity.id}/feedback/mine", headers=token(goes.person_id)).json
    assert (mine["may"], mine["why"], mine["mine"]["overall"]) == (True, None, "fair")


def test_nobody_else_says_how_it_was(over, say, person):
    activity, _ = over("甲")

    answer = say(activity, person("没来的"))

    assert (answer.status_code, answer.json["title"]) == (403, "NotThere")


def test_whose_being_there_was_undone_was_not_there(db, over, say):
    activity, goes = over("甲")
    marks.undo(db, activity.id, goes.person_id, by=None)
    db.commit()

    assert say(activity, goes).json["title"] == "NotThere"


def test_before_the_end_and_two_weeks_after_it_nobody_says_anything(over, say, move):
    going_on, early = over("甲", finished=False)
    long_ago, late = over("乙")
    move(long_ago, days=-14)

    assert say(going_on, early).json["title"] == "NotFinished"
    assert say(long_ago, late).json["title"] == "FeedbackClosed"


def test_an_answer_has_neither_name_nor_time(db, over, say):
    one, goes = over("甲")
    other, _ = over("乙")
    marks.record(db, other.id, goes.person_id, id=uuid4(), source="leader")
    db.commit()
    say(one, goes)
    say(other, goes)

    rows = db.execute(text("SELECT f::text, f.who, uuid_extract_timestamp(f.id) FROM events.feedback f")).all()

    assert not [row for row in rows if str(goes.person_id) in row[0]]
    assert len({bytes(row[1]) for row in rows}) == 2
    assert {row[2] for row in rows} == {None}


def test_words_and_voices_lie_sealed(db, over, say):
    activity, goes = over("甲")
    say(activity, goes, words="灯太暗", voice=sent(OPUS))

    words, voice = db.execute(text("SELECT words, voice FROM events.feedback")).one()

    assert "灯" not in words
    assert b"OpusHead" not in bytes(voice)


def test_nothing_is_shown_of_fewer_than_three_and_counts_from_then_on(over, say, results):
    activity, *people = over("甲", "乙", "丙", "丁")
    for somebody in people[:2]:
        say(activity, somebody, words="好")
    few = results(activity).json
    say(activity, people[2], overall="poor", words="太吵")

    shown = results(activity).json

    assert (few["answers"], few["there"], few["counts"], few["words"], few["voices"]) == (2, 4, None, [], [])
    assert shown["counts"]["overall"] == {"good": 2, "fair": 0, "poor": 1}
    assert shown["counts"]["more"] == {"yes": 0, "maybe": 3, "no": 0}
    assert sorted(shown["words"]) == ["太吵", "好", "好"]


def test_results_are_for_who_led_spoke_or_held_it(events, db, over, unit, liaison, person, token, results):
    ours, leader, speaker = unit(), person("领队"), person("讲师")
    activity, goes = over("甲", of=ours, led_by=leader)
    topic = hall.topic(db, "cpr")
    voice = hall.speaker(db, topic.code, person_id=speaker.person_id)
    hall.term(db, ours)
    db.execute(
        text(
            "INSERT INTO events.term_slots (term_id, number, starts_at, ends_at, topic_id, speaker_id, fixed, why,"
            " activity_id) SELECT id, 1, :starts, :ends, :topic, :speaker, true, '[]', :activity FROM events.terms"
        ),
        {
            "starts": activity.starts_at, "ends": activity.ends_at, "topic": topic.id, "speaker": voice.id,
            "activity": activity.id,
        },
    )  # fmt: skip
    db.commit()

    def answers_to(somebody) -> int:
        return results(activity, token(somebody.person_id)).status_code

    assert [answers_to(one) for one in (leader, speaker, goes, person("旁人"))] == [200, 200, 403, 403]
    assert results(activity, liaison(ours)).status_code == 200
    assert results(activity, liaison(unit("U09"))).status_code == 403
    [given] = events.get("/me/speaker", headers=token(speaker.person_id)).json["given"]
    assert (given["activity_id"], given["topic"]["code"]) == (str(activity.id), "cpr")


def test_slips_are_typed_in_until_everybody_who_was_there_has_answered(over, say, type_slip):
    activity, goes, late, _ = over("甲", "乙", "丙")
    say(activity, goes)
    assert type_slip(activity, overall="fair").json["slips_left"] == 1
    shown = type_slip(activity, followed="no", words="字太小").json

    assert (shown["answers"], shown["slips_left"]) == (3, 0)
    assert (shown["counts"]["overall"], shown["words"]) == ({"good": 1, "fair": 1, "poor": 0}, ["字太小"])
    assert type_slip(activity, overall="good").json["title"] == "EverybodyAnswered"
    assert say(activity, late).json["title"] == "EverybodyAnswered"
    assert say(activity, goes, overall="poor").status_code == 200  # theirs is known to be theirs


def test_a_slip_sent_twice_is_one_and_a_blank_one_is_none(events, over, clerk, type_slip):
    activity, *_ = over("甲", "乙")
    path, key = f"/activities/{activity.id}/feedback/slips", once(clerk)

    for _ in range(2):
        shown = events.post(path, json={"overall": "good"}, headers=key).json
    blank = type_slip(activity, overall=None, words=" ")

    assert shown["answers"] == 1
    assert (blank.status_code, blank.json["errors"]["overall"][0]["code"]) == (422, "required")


def test_slips_come_in_weeks_later_but_not_months(over, move, type_slip):
    activity, *_ = over("甲", "乙")
    move(activity, days=-30)
    assert type_slip(activity, overall="good").status_code == 201
    move(activity, days=-31)

    assert type_slip(activity, overall="good").json["title"] == "LongAgo"


@pytest.mark.parametrize(("sound", "kind"), [(OPUS, "ogg"), (WEBM, "webm"), (mp4(b"soun"), "mp4")])
def test_a_voice_is_heard_as_it_was_recorded_by_those_who_read_the_results(
    events, over, say, token, clerk, results, sound, kind
):
    activity, goes, *others = over("甲", "乙", "丙")
    say(activity, goes, voice=sent(sound))
    say(activity, goes)  # left out, it stays
    for somebody in others:
        say(activity, somebody)

    [voice] = results(activity).json["voices"]
    heard = events.get(f"/feedback/{voice}/voice", headers=clerk)

    assert (heard.data, heard.content_type) == (sound, f"audio/{kind}")
    assert events.get(f"/feedback/{voice}/voice", headers=token(goes.person_id)).status_code == 404
    say(activity, goes, voice=None)
    assert events.get(f"/feedback/{voice}/voice", headers=clerk).status_code == 404


def test_a_voice_of_few_is_not_heard(events, db, over, say, clerk):
    activity, goes, _ = over("甲", "乙")
    say(activity, goes, voice=sent(OPUS))
    voice_id = db.query(Feedback.id).scalar()

    assert events.get(f"/feedback/{voice_id}/voice", headers=clerk).status_code == 404


@pytest.mark.parametrize(
    "sound", [b"", b"<html>" * 20, b"MZ" + bytes(200), FILM, mp4(b"soun", b"vide"), mp4(), b"\x89PNG" + bytes(99)]
)
def test_what_is_no_sound_is_no_voice(over, say, results, sound):
    activity, goes = over("甲")

    answer = say(activity, goes, voice=sent(sound) or "AA==")

    assert (answer.status_code, answer.json["errors"]["voice"][0]["code"]) == (422, "not_a_sound")
    assert results(activity).json["answers"] == 0


@pytest.mark.parametrize(
    ("voice", "code"), [("no base64!", "not_a_sound"), (sent(OPUS + bytes(1024 * 1024)), "too_long")]
)
def test_a_voice_is_bounded(over, say, voice, code):
    activity, goes = over("甲")

    answer = say(activity, goes, voice=voice)

    assert answer.json["errors"]["voice"][0]["code"] == code


def test_after_ninety_days_voices_are_gone_and_answers_stay(db, over, say, move, tick, results):
    old, *people = over("甲", "乙", "丙")
    newer, somebody = over("丁")
    for one in people:
        say(old, one, voice=sent(OPUS))
    say(newer, somebody, voice=sent(OPUS))
    move(old, days=-91)
    move(newer, days=-80)

    tick("events", "erase_old_voices")

    assert results(old).json["voices"] == []
    assert results(old).json["answers"] == 3
    assert db.execute(text("SELECT count(voice) FROM events.feedback")).scalar() == 1


def test_who_is_forgotten_leaves_counts_and_no_words(db, over, say, results):
    activity, goes, *others = over("甲", "乙", "丙")
    say(activity, goes, words="我是甲", voice=sent(OPUS))
    for somebody in others:
        say(activity, somebody)

    leaving.forget_person(db, goes.person_id)
    db.commit()

    shown = results(activity).json
    assert (shown["counts"]["overall"]["good"], shown["words"], shown["voices"]) == (3, [], [])


def test_members_who_were_there_are_asked_once_each(db, over, published, person):
    activity, goes, other = over("甲", "乙")
    credits.finish(db, activity.id, minutes=90)
    late = person("补点名的")
    marks.record(db, activity.id, late.person_id, id=uuid4(), source="sheet")
    marks.undo(db, activity.id, goes.person_id, by=None)
    marks.record(db, activity.id, goes.person_id, id=uuid4(), source="leader")
    db.commit()

    asked = [one["person_ids"] for _, one in published("events.feedback_asked.v1")]

    assert asked == [sorted(str(one.person_id) for one in (goes, other)), [str(late.person_id)]]


def test_nobody_is_asked_when_it_is_too_late(db, over, published, move):
    activity, _ = over("甲", finished=False)
    move(activity, days=-15)

    credits.finish(db, activity.id)

    assert published("events.attendance_credited.v1")
    assert not published("events.feedback_asked.v1")


def test_who_led_hears_the_counts_after_two_weeks_and_of_slips_that_come_later(
    db, over, say, person, move, tick, type_slip, published
):
    leader = person("领队")
    activity, *people = over("甲", "乙", "丙", "丁", led_by=leader)
    few, one = over("戊")
    for somebody in people[:3]:
        say(activity, somebody)
    say(few, one)
    tick("events", "tell_what_people_said")
    assert not published("events.feedback_gathered.v1")
    move(activity, days=-15)
    move(few, days=-15)

    for _ in range(2):
        tick("events", "tell_what_people_said")
    type_slip(activity, overall="poor")
    tick("events", "tell_what_people_said")
    db.execute(text("UPDATE events.feedback_told SET at = at - interval '25 hours'"))
    tick("events", "tell_what_people_said")

    told = [facts for _, facts in published("events.feedback_gathered.v1")]
    assert [(one["answers"], one["overall_good"], one["overall_poor"]) for one in told] == [(3, 3, 0), (4, 3, 1)]
    assert {(tuple(one["person_ids"]), one["led"]) for one in told} == {((str(leader.person_id),), True)}
    assert not [name for name in told[0] if "words" in name or "voice" in name]


def test_slips_to_print_ask_the_same_three_questions(events, over, clerk):
    activity, _ = over("甲", title="<b>健身操</b>")

    page = events.get(f"/activities/{activity.id}/feedback/paper", headers=clerk)

    assert page.text.count("<section>") == 8
    assert page.text.count("<svg") == 8 * 9
    assert "<b>健身操" not in page.text
    assert events.get("/public/papers/slips.css").content_type.startswith("text/css")
