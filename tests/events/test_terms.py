"""A term of the lecture hall, from votes to activities."""

from datetime import timedelta

import pytest

from services.events.domain import speakers, topics
from services.events.domain.days import correct
from services.events.domain.hall import fixing, publishing, terms
from services.events.domain.hall.publishing import NothingPlanned, RoomTaken
from services.events.domain.hall.terms import AlreadyPublished
from services.events.models import Activity, Speaker, TopicVote
from shared.errors import Invalid
from shared.schemas.members import PeopleChanged, UnitsChanged
from tests.events.conftest import once, seen
from tests.events.hall import FRIDAY, TUESDAY, codes, next_day, slots, speaker, term, topic, wanted
from tests.events.test_members_news import a_unit, news_of


@pytest.fixture
def hall(db, unit):
    """Call it for a term of a unit, with topics and somebody who speaks of them."""

    def hall(*votes: int, **facts):
        made = [topic(db, f"T{n}", votes=count) for n, count in enumerate(votes, 1)]
        speaker(db, *(one.code for one in made), load_cap=10)
        return term(db, unit(), **facts)

    return hall


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


def test_each_member_has_one_vote_and_only_how_many_they_are_is_shown(events, db, person, token, clerk):
    topic(db, "T1", votes=4)
    for name in ("甲", "乙"):
        somebody = person(name)
        for _ in range(2):
            assert events.put("/topics/T1/vote", headers=token(somebody.person_id)).status_code == 204

    [shown] = events.get("/topics", headers=token(somebody.person_id)).json["items"]
    assert (shown["votes"], shown["mine"]) == (6, True)
    assert str(somebody.person_id) not in events.get("/topics", headers=clerk).text


def test_paper_votes_counted_again_for_the_same_day_count_once(events, db, clerk):
    made = topic(db, "T1")
    day = next_day(TUESDAY) - timedelta(days=60)
    for count in (5, 7):
        answer = events.put("/topics/T1/tally", json={"on": day.isoformat(), "count": count}, headers=clerk)

    assert answer.json["votes"] == 7
    with pytest.raises(Invalid):
        topics.tally(db, made, on=next_day(TUESDAY), count=1)


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


def test_a_term_is_announced_once_and_each_speaker_is_told_of_theirs(db, hall, person, published):
    made = hall(1, 1)
    member = person("李老师")
    topic(db, "T9", votes=99)
    speaker(db, "T9", person_id=member.person_id, announced=True)
    terms.plan(db, made.id)

    publishing.publish(db, made.id, posted_by="test")

    assert [topic for topic, _ in published("events.%")] == ["events.term_published.v1", "events.speaker_booked.v1"]
    (_, news), (_, booked) = published("events.%")
    assert news["lectures"] == 3
    assert (booked["person_id"], booked["topics"]) == (str(member.person_id), ["题目T9"])
    activity = db.query(Activity).filter(Activity.title == "题目T9").one()
    assert (activity.state, activity.capacity) == ("published", 60)
    assert "主讲：李老师" in activity.summary
    assert "主讲" not in db.query(Activity).filter(Activity.title == "题目T1").one().summary


def test_votes_that_were_met_are_gone(events, db, hall, person, token):
    made = hall(2)
    headers = token(person().person_id)
    events.put("/topics/T1/vote", headers=headers)
    terms.plan(db, made.id)

    publishing.publish(db, made.id, posted_by="test")
    db.commit()

    assert events.get("/topics", headers=headers).json["items"][0]["votes"] == 0
    assert db.query(TopicVote).count() == 0


def test_published_twice_it_takes_place_once(events, db, hall, clerk):
    made = hall(1)
    terms.plan(db, made.id)
    publishing.publish(db, made.id, posted_by="test")

    with pytest.raises(AlreadyPublished):
        publishing.publish(db, made.id, posted_by="test")
    with pytest.raises(AlreadyPublished):
        terms.plan(db, made.id)

    assert db.query(Activity).count() == 1


def test_with_nothing_ready_there_is_nothing_to_publish(db, unit):
    made = term(db, unit())
    terms.plan(db, made.id)

    with pytest.raises(NothingPlanned):
        publishing.publish(db, made.id, posted_by="test")


def test_a_room_that_was_taken_since_is_named_when_it_is_published(db, hall, hold):
    made = hall(1)
    terms.plan(db, made.id)
    hold(place="社区大讲堂", starts_at=slots(db, made)[0].starts_at)

    with pytest.raises(RoomTaken) as refused:
        publishing.publish(db, made.id, posted_by="test")

    assert refused.value.facts == {"slots": [1]}


def test_a_stale_plan_is_not_published(events, db, hall, clerk):
    made = hall(1)
    terms.plan(db, made.id)
    db.commit()

    answer = events.post(f"/terms/{made.id}/publish", headers=clerk | {"If-Match": '"v1"'})

    assert answer.status_code == 412


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


def test_without_a_yes_nobody_is_in_the_speaker_bank(events, db, person, token):
    topic(db, "T1")
    headers = token(person().person_id)
    facts = {"topics": ["T1"], "load_cap": 2}

    refused = events.put("/me/speaker", json={**facts, "consent": False}, headers=headers)
    entered = events.put("/me/speaker", json={**facts, "consent": True}, headers=headers)

    assert refused.json["errors"] == {"consent": [{"code": "required"}]}
    assert (entered.json["consent"], entered.json["topics"]) == ("self", ["T1"])
    again = events.put("/me/speaker", json={**facts, "load_cap": 4, "consent": True}, headers=headers)
    assert (again.json["id"], again.json["load_cap"]) == (entered.json["id"], 4)


def test_who_speaks_no_more_is_in_no_plan_and_no_announcement(events, db, hall, person, token, published):
    made = hall()
    somebody = person("李老师")
    topic(db, "T9")
    speaker(db, "T9", person_id=somebody.person_id, announced=True)
    terms.plan(db, made.id)
    publishing.publish(db, made.id, posted_by="test")
    db.commit()

    assert events.delete("/me/speaker", headers=token(somebody.person_id)).status_code == 204

    db.expire_all()
    assert (slots(db, made)[0].speaker, codes(slots(db, made)[0].why)) == (None, ["speaker_withdrew"])
    assert "李老师" not in db.query(Activity).one().summary
    assert published("events.speaker_withdrew.v1")[0][1]["topics"] == ["题目T9"]


def test_who_cannot_speak_once_gives_up_that_lecture_and_the_desk_is_told(events, db, hall, person, token, published):
    made = hall(starts_on=next_day(TUESDAY), ends_on=next_day(TUESDAY, 1), repeats=2)
    somebody = person("李老师")
    headers = token(somebody.person_id)
    topic(db, "T9")
    speaker(db, "T9", person_id=somebody.person_id, announced=True)
    terms.plan(db, made.id)
    publishing.publish(db, made.id, posted_by="test")
    db.commit()
    first, second = (lecture["activity_id"] for lecture in events.get("/me/speaker", headers=headers).json["lectures"])
    assert [one["speaker"] for one in events.get("/lectures", headers=headers).json["items"]] == ["李老师"] * 2

    assert events.delete(f"/me/lectures/{first}", headers=headers).status_code == 204

    left = events.get("/me/speaker", headers=headers).json
    assert [one["activity_id"] for one in left["lectures"]] == [second]
    assert left["speaker"]["announced"]
    assert len(published("events.speaker_withdrew.v1")) == 1
    assert events.delete(f"/me/lectures/{first}", headers=headers).status_code == 404


def test_an_experts_name_goes_with_their_consent(events, db, unit, liaison):
    topic(db, "T1")
    of = unit("U06")
    officer = liaison(of)
    facts = {"topics": ["T1"], "load_cap": 2, "name": "孙医生", "consent": "paper"}
    made = events.post("/speakers", json=facts, headers=once(officer)).json
    assert (made["name"], made["unit"]["code"]) == ("孙医生", "U06")

    events.delete(f"/speakers/{made['id']}", headers=officer)

    db.expire_all()
    assert db.get(Speaker, made["id"]).name is None
    assert events.get("/speakers", headers=officer).json["items"] == []
    left = {"topics": ["T1"], "load_cap": 2}
    answer = events.put(f"/speakers/{made['id']}", json=left, headers=seen(officer, made))
    assert (answer.status_code, answer.json["title"]) == (409, "Withdrawn")


def test_another_speaker_steps_in_once_it_is_published_and_both_are_told(db, hall, person, published):
    made = hall()
    first, second = person("李老师"), person("王老师")
    topic(db, "T9")
    speaker(db, "T9", person_id=first.person_id, announced=True)
    terms.plan(db, made.id)
    publishing.publish(db, made.id, posted_by="test")
    stand_in = speaker(db, "T9", person_id=second.person_id, announced=True)

    fixing.fix(db, made.id, number=1, topic="T9", speaker_id=stand_in.id)

    assert published("events.speaker_released.v1")[0][1]["person_id"] == str(first.person_id)
    assert published("events.speaker_booked.v1")[-1][1]["person_id"] == str(second.person_id)
    assert "主讲：王老师" in db.query(Activity).one().summary
    with pytest.raises(AlreadyPublished):
        fixing.fix(db, made.id, number=1, topic=None)


def test_whoever_leaves_speaks_no_more_and_a_unit_that_leaves_names_nobody(db, hear, unit, person):
    topic(db, "T1")
    of, somebody = unit("U06"), person("李老师")
    speaker(db, "T1", person_id=somebody.person_id)
    speaker(db, "T1", unit_id=of.unit_id)
    assert len(speakers.available(db)) == 2

    hear(PeopleChanged, people=[news_of(somebody, active=False)])
    hear(UnitsChanged, units=[a_unit(unit_id=of.unit_id, code="U06", active=False)])

    assert list(speakers.available(db)) == []
