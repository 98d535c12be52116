"""What people write back is understood however they write it, and never taken for a yes by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.answer_words import OTHER_ANSWERS, answers_to
from services.notify.domain.sms_questions import LONGEST, how_to_answer
from services.notify.domain.sms_words import DIGITS, MEANT, understood

RUNG, SOS, FIXED = "patrol.response_rung.v1", "patrol.sos_raised.v1", "patrol.case_fixed.v1"
TOPICS = [*OTHER_ANSWERS, SOS]
WORDS = [(word, answer) for answer, words in MEANT.items() for word in words.split()]
NOISE = st.text(" \t\n.,!?…。，！？~～、·", max_size=4)
FULL_WIDTH = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("１", "ack"), ("1.", "ack"), ("收到", "ack"), ("好的，谢谢", "ack"), ("能来", "ack"), ("1 我去", "ack"),
        ("回复1", "ack"), ("我马上去", "ack"), ("②", "decline"), ("不能", "decline"), ("去不了", "decline"),
        ("我不去了", "decline"), ("No!", "decline"), ("3", "later"), ("１０ 分钟后到", "later"), ("晚点", "later"),
        ("In 10 minutes", "later"),
    ],
)  # fmt: skip
def test_people_write_as_they_speak(text, answer):
    assert understood(text, RUNG) == answer


@given(st.sampled_from(WORDS), NOISE, NOISE, st.booleans(), st.booleans())
def test_signs_around_a_word_its_case_and_its_width_change_nothing(known, before, after, upper, wide):
    word, answer = known
    written = before + (word.upper() if upper else word) + after

    assert understood(written.translate(FULL_WIDTH) if wide else written, RUNG if answer == "later" else SOS) == answer


@given(st.text(), st.sampled_from(TOPICS))
def test_whatever_is_written_nothing_is_understood_that_was_not_offered(text, topic):
    assert understood(text, topic) in (None, *answers_to(topic))


@pytest.mark.parametrize(
    "text",
    ["", "…", "1号楼漏水", "2点到", "12", "1 2", "1 去不了", "好不好", "去不去", "谢谢", "您是谁", "1" * 50, "0"],
)
def test_what_is_not_sure_is_asked_again(text):
    assert understood(text, RUNG) is None


def test_no_word_means_two_things():
    words = [word for word, _ in WORDS]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_line_that_says_how_to_answer_fits_and_offers_each_answer(topic, language):
    line = how_to_answer(topic, language)

    assert 0 < len(line) <= LONGEST
    assert [digit for answer, digit in DIGITS.items() if answer in answers_to(topic)] == [
        key.strip()[0] for key in line.removeprefix("回").removeprefix("Reply").replace("；", ", ").split(", ")
    ]


def test_the_words_on_the_buttons_are_understood_too():
    for topic in TOPICS:
        for answer, label in answers_to(topic).items():
            assert [understood(words, topic) for words in label.values()] == [answer, answer], topic
