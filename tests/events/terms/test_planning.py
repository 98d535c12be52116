"""A term of the lecture hall, from votes to a plan that says why."""

from datetime import timedelta

import pytest

from services.events.domain.days import correct
from services.events.domain.hall import fixing, terms
from shared.errors import Invalid
from tests.events.conftest import once, seen
from tests.events.hall import FRIDAY, TUESDAY, codes, next_day, slots, speaker, term, topic, wanted


def filled(plan) -> list[str]:
    return [slot.topic.code for slot in plan if slot.topic]


def test_one_sitting_fills_a_term_and_each_proposal_says_why(events, db, unit, clerk):
    unit("U01")
    for code, votes in (("T1", 3), ("T2", 8)):
        topic(db, code, votes=votes)
    speaker(db, "T1", "T2", weekdays=[TUESDAY])
    facts = wanted(starts_on=next_day(TUESDAY).isoformat(), ends_on=next_day(TUESDAY, 3).isoformat(), unit="U01")
    made = events.post("/terms", json=facts, headers=once(clerk)).json

    plan = events.post(f"/terms/{made['id']}/plan", headers=seen(clerk, made)).json

    assert [slot["topic"] and slot["topic"]["code"] for slot in plan["slots"]] == ["T2", None, "T1", None]
    first = plan["slots"][0]
    assert codes(first["why"])[:4] == ["votes", "speaker_free", "speaker_load", "room_free"]
    assert (first["place"], first["speaker"]["name"]) == ("社区大讲堂", "钱教授")
    assert plan["slots"][3]["why"] == [{"code": "no_topic_fits"}]
    done = events.post(f"/terms/{made['id']}/publish", headers=seen(clerk, plan)).json
    assert (done["state"], len([slot for slot in done["slots"] if slot["activity_id"]])) == ("published", 2)
    assert events.get("/terms", headers=clerk).json["items"][0]["id"] == made["id"]


def test_planned_again_it_is_the_same_plan(db, hall):
    made = hall(3, 1, 2)
    terms.plan(db, made.id)
    before = [(slot.topic_id, slot.speaker_id, slot.why) for slot in slots(db, made)]

    terms.plan(db, made.id)

    assert [(slot.topic_id, slot.speaker_id, slot.why) for slot in slots(db, made)] == before


def test_nothing_is_planned_on_a_holiday_and_the_term_says_so(db, hall):
    made = hall(1)
    correct(db, next_day(TUESDAY), kind="holiday", name="清明节")

    terms.plan(db, made.id)

    assert len(slots(db, made)) == 3
    assert terms.seen(db, made.id).skipped == [
        {"on": next_day(TUESDAY).isoformat(), "why": [{"code": "holiday"}]},
    ]


def test_a_room_in_which_something_is_held_is_passed_over_for_the_next_one(db, hall, hold):
    rooms = [{"name": "社区大讲堂", "capacity": 60}, {"name": "小剧场", "capacity": None}]
    made = hall(1, 2, rooms=rooms)
    terms.plan(db, made.id)
    first = slots(db, made)[0]
    hold(place="社区大讲堂", starts_at=first.starts_at + timedelta(minutes=30))

    terms.plan(db, made.id)

    assert [slot.place for slot in slots(db, made)[:2]] == ["小剧场", "社区大讲堂"]


def test_what_a_person_decided_stays_when_it_is_planned_again(db, hall):
    made = hall(9, 1)
    terms.plan(db, made.id)
    fixing.fix(db, made.id, number=1, topic="T2")

    terms.plan(db, made.id)

    first, *rest = slots(db, made)
    assert (filled([first]), first.fixed, first.speaker) == (["T2"], True, None)
    assert codes(first.why) == ["by_hand", "speaker_missing"]
    assert filled(rest) == ["T1"]
    fixing.fix(db, made.id, number=1, fixed=False)
    terms.plan(db, made.id)
    assert filled(slots(db, made))[0] == "T1"


def test_two_lectures_change_places_although_their_speaker_has_no_room_for_more(db, hall):
    made = hall()
    topic(db, "T1", votes=2)
    topic(db, "T2", votes=1, group="health")
    one, other = speaker(db, "T1", load_cap=1), speaker(db, "T2", load_cap=1, name="孙医生")
    terms.plan(db, made.id)

    fixing.swap(db, made.id, first=1, second=2)

    assert [(slot.topic and slot.topic.code, slot.speaker_id) for slot in slots(db, made)[:2]] == [
        ("T2", other.id),
        ("T1", one.id),
    ]
    fixing.swap(db, made.id, first=2, second=4)
    _, emptied, _, last = slots(db, made)
    assert (emptied.topic, emptied.fixed, last.topic and last.topic.code, last.fixed) == (None, False, "T1", True)


def test_a_speakers_limit_holds_by_hand_too_and_what_else_speaks_against_it_is_said(db, hall):
    made = hall(1, 2)
    busy = speaker(db, "T1", load_cap=1, weekdays=[FRIDAY], name="孙医生")
    terms.plan(db, made.id)

    fixing.fix(db, made.id, number=3, topic="T2", speaker_id=busy.id)
    assert codes(slots(db, made)[2].why) == ["by_hand", "not_their_topic", "speaker_not_free"]
    with pytest.raises(Invalid) as refused:
        fixing.fix(db, made.id, number=4, topic="T1", speaker_id=busy.id)

    assert refused.value.errors == {"speaker_id": [{"code": "load_cap", "max": 1}]}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": next_day(TUESDAY) - timedelta(days=7)}, "ends_on"),
        ({"ends_on": next_day(TUESDAY) + timedelta(days=400)}, "ends_on"),
        ({"wanted": [{"weekday": 3, "start_time": "19:00", "minutes": 60}], "ends_on": next_day(TUESDAY)}, "wanted"),
        ({"rooms": [{"name": "大厅", "capacity": None}] * 2}, "rooms"),
        (
            {
                "wanted": [{"weekday": n % 7 + 1, "start_time": f"{8 + n}:00", "minutes": 60} for n in range(2, 14)],
                "ends_on": next_day(TUESDAY) + timedelta(days=199),
            },
            "wanted",
        ),
    ],
)
def test_a_term_that_cannot_be_is_refused_at_its_field(db, unit, facts, field):
    with pytest.raises(Invalid) as refused:
        term(db, unit(), **facts)

    assert list(refused.value.errors or ()) == [field]
