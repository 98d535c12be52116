"""How it was, spoken: bounded, heard by few, gone after ninety days."""

import pytest
from sqlalchemy import text

from services.events.models import Feedback
from tests.events.feedback.conftest import OPUS, sent

WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\x18S\x80g\x86\x86A_OPUS" + bytes(60)
FILM = WEBM + b"\x86\x85V_VP8"


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def mp4(*tracks: bytes) -> bytes:
    handlers = b"".join(box(b"hdlr", bytes(8) + track + bytes(12)) for track in tracks)
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42") + box(b"moov", handlers)


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
