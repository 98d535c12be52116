"""A plan for a term: the same whoever asks, never against what a speaker said, and nothing left that would fit."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.domain.hall import reasons
from services.events.domain.hall.planning import Hour, Plan, Subject, Voice

FIRST = datetime(2026, 3, 3, 11, tzinfo=UTC)  # a Tuesday evening in Shanghai
ROOM = "社区大讲堂"


def hour(number: int, *, days: int = 0, place: str | None = ROOM) -> Hour:
    starts_at = FIRST + timedelta(days=days)
    return Hour(number, starts_at, starts_at + timedelta(minutes=90), place)


def subject(number: int, *, votes: int = 0, group: str = "law", **facts) -> Subject:
    return Subject(UUID(int=number), f"T{number:02}", group, votes, **facts)


def voice(number: int, *subjects: Subject, cap: int = 3, **facts) -> Voice:
    return Voice(UUID(int=1000 + number), frozenset(one.id for one in subjects), cap, **facts)


def planned(hours: list[Hour], subjects: list[Subject], voices: list[Voice], repeats: int = 1, **facts) -> Plan:
    plan = Plan({one.number: one for one in hours}, {one.id: one for one in voices}, **facts)
    plan.fill(subjects, repeats)
    return plan


def weeks(count: int) -> list[Hour]:
    return [hour(number, days=7 * (number - 1)) for number in range(1, count + 1)]


def test_what_most_people_want_to_hear_comes_first_and_says_so():
    few, many = subject(1, votes=2), subject(2, votes=9)

    plan = planned(weeks(1), [few, many], [voice(1, few, many)])

    assert plan.subjects[1] == many
    why = {one["code"]: one for one in reasons.of_proposal(plan, 1)}
    assert why["votes"]["count"] == 9
    assert why["speaker_load"] == {"code": "speaker_load", "has": 1, "cap": 3}
    assert why["room_free"]["place"] == ROOM
    assert reasons.of_left(plan, few) == [{"code": "no_time_left"}]


def test_a_topic_waits_for_its_season():
    winter = subject(1, votes=9, months=frozenset({4}))

    plan = planned(weeks(6), [winter], [voice(1, winter)])

    assert list(plan.subjects) == [6]  # the fifth is on the last of March
    assert {"code": "season", "months": [4]} in reasons.of_proposal(plan, 6)


def test_out_of_season_it_is_left_and_says_why():
    summer = subject(1, votes=9, months=frozenset({7}))

    plan = planned(weeks(3), [summer], [voice(1, summer)])

    assert reasons.of_left(plan, summer) == [{"code": "out_of_season", "months": [7]}]


def test_a_taken_time_is_given_up_by_what_can_be_at_another():
    anytime, only_march = subject(1, votes=9), subject(2, votes=1, months=frozenset({3}))
    hours = [hour(1), hour(2, days=35)]

    plan = planned(hours, [anytime, only_march], [voice(1, anytime, only_march)])

    assert {number: one.code for number, one in plan.subjects.items()} == {1: "T02", 2: "T01"}


def test_nobody_speaks_more_often_than_they_agreed_to():
    topics = [subject(number, votes=number) for number in range(1, 5)]

    plan = planned(weeks(4), topics, [voice(1, *topics, cap=2)])

    assert len(plan.subjects) == 2
    assert reasons.of_left(plan, topics[0]) == [{"code": "speakers_full", "speakers": 1}]


def test_whoever_is_full_passes_on_what_another_can_do():
    both, only_first = subject(1, votes=9), subject(2, votes=1)
    first, second = voice(1, both, only_first, cap=1), voice(2, both, cap=1)

    plan = planned(weeks(2), [both, only_first], [first, second])

    assert {plan.subjects[n].code: speaker for n, speaker in plan.speakers.items()} == {
        "T01": second.id,
        "T02": first.id,
    }


def test_lectures_are_shared_out_among_those_who_can():
    topics = [subject(number) for number in range(1, 5)]

    plan = planned(weeks(4), topics, [voice(1, *topics), voice(2, *topics)])

    assert [plan.load(UUID(int=1000 + number)) for number in (1, 2)] == [2, 2]


def test_nobody_speaks_in_two_rooms_at_once():
    topics = [subject(1), subject(2)]
    hours = [hour(1), hour(2, place="小剧场")]

    plan = planned(hours, topics, [voice(1, *topics)])

    assert len(plan.subjects) == 1


def test_nobody_speaks_on_a_day_on_which_they_are_away():
    topic = subject(1)
    away = ((hour(1).on, hour(1).on),)

    plan = planned(weeks(2), [topic], [voice(1, topic, away=away)])

    assert list(plan.subjects) == [2]


def test_without_a_room_only_what_has_its_own_place_can_be():
    talk, outing = subject(1, votes=9), subject(2, place="植物园", needs_speaker=False)

    plan = planned([hour(1, place=None)], [talk, outing], [voice(1, talk)])

    assert plan.subjects[1] == outing
    assert {"code": "own_place", "place": "植物园"} in reasons.of_proposal(plan, 1)


def test_what_nobody_speaks_of_is_left_and_says_so():
    topic = subject(1)
    plan = planned(weeks(1), [topic], [])

    assert reasons.of_left(plan, topic) == [{"code": "nobody_speaks_of_it"}]
    assert reasons.of_gap(plan, 1) == [{"code": "no_topic_fits"}]


def test_neighbours_are_of_different_groups_where_that_can_be():
    law = [subject(number, votes=9) for number in (1, 2)]
    health = [subject(number, votes=1, group="health") for number in (3, 4)]

    plan = planned(weeks(4), [*law, *health], [voice(1, *law, *health, cap=4)])

    groups = [plan.subjects[number].group for number in sorted(plan.subjects)]
    assert all(one != other for one, other in pairwise(groups)), groups


def test_what_a_person_decided_is_not_moved():
    decided, wanted = subject(1), subject(2, votes=9)
    plan = Plan({one.number: one for one in weeks(1)}, {}, subjects={1: decided}, fixed=frozenset({1}))

    plan.fill([decided, wanted])

    assert plan.subjects == {1: decided}


@st.composite
def situations(draw):
    """Some hours, topics and speakers."""
    hours = [
        hour(number, days=draw(st.integers(0, 60)), place=draw(st.sampled_from([None, ROOM, ROOM])))
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]
    months = st.sampled_from([frozenset(), frozenset({3}), frozenset({4, 5})])
    topics = [
        subject(n, votes=draw(st.integers(0, 3)), months=draw(months), needs_speaker=draw(st.booleans()))
        for n in range(1, draw(st.integers(1, 8)) + 1)
    ]
    voices = [
        voice(
            number,
            *draw(st.lists(st.sampled_from(topics), unique=True)),
            cap=draw(st.integers(1, 3)),
            weekdays=frozenset(draw(st.lists(st.integers(1, 7), max_size=4))),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return hours, topics, voices, draw(st.integers(1, 3))


@settings(max_examples=300, deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_a_plan_keeps_every_promise_and_does_not_depend_on_the_order_of_what_it_is_given(situation, luck):
    hours, topics, voices, repeats = situation
    plan = planned(hours, topics, voices, repeats)

    for number, topic in plan.subjects.items():
        assert topic.suits(plan.hours[number])
        assert (number in plan.speakers) == topic.needs_speaker
    for number, speaker in plan.speakers.items():
        assert plan.voices[speaker].can(plan.subjects[number], plan.hours[number])
        others = [n for n, other in plan.speakers.items() if other == speaker and n != number]
        assert not any(plan.hours[n].meets(plan.hours[number]) for n in others)
    assert all(plan.load(one.id) <= one.cap for one in voices)
    assert all(plan.count(one) <= repeats for one in topics)
    for given_ones in (hours, topics, voices):
        luck.shuffle(given_ones)
    again = planned(hours, topics, voices, repeats)
    assert (again.subjects, again.speakers) == (plan.subjects, plan.speakers)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_no_topic_is_left_for_which_there_is_a_time_a_room_and_a_speaker(situation):
    hours, topics, voices, _ = situation
    plan = planned(hours, topics, voices)

    for topic in topics:
        if plan.count(topic):
            continue
        assert reasons.of_left(plan, topic)
        for open_one in (one for one in hours if one.number not in plan.subjects and topic.suits(one)):
            assert topic.needs_speaker
            for one in voices:
                meeting = [n for n, s in plan.speakers.items() if s == one.id and plan.hours[n].meets(open_one)]
                assert not one.can(topic, open_one) or plan.load(one.id) >= one.cap or meeting
