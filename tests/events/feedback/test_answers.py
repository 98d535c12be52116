"""How it was: who says so, once and without a name; what is shown from three answers on; what goes."""

from uuid import uuid4

from sqlalchemy import text

from services.events.domain import leaving
from services.events.domain.attendance import marks
from tests.events import hall
from tests.events.feedback.conftest import OPUS, sent


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


def test_who_is_forgotten_leaves_counts_and_no_words(db, over, say, results):
    activity, goes, *others = over("甲", "乙", "丙")
    say(activity, goes, words="我是甲", voice=sent(OPUS))
    for somebody in others:
        say(activity, somebody)

    leaving.forget_person(db, goes.person_id)
    db.commit()

    shown = results(activity).json
    assert (shown["counts"]["overall"]["good"], shown["words"], shown["voices"]) == (3, [], [])
