"""A term that is announced: once, as planned, or not at all."""

import pytest

from services.events.domain.hall import publishing, terms
from services.events.domain.hall.publishing import NothingPlanned, RoomTaken
from services.events.domain.hall.terms import AlreadyPublished
from services.events.models import Activity
from tests.events.hall import slots, speaker, term, topic


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
