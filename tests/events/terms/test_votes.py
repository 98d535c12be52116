"""What residents want to hear."""

from datetime import timedelta

import pytest

from services.events.domain import topics
from services.events.domain.hall import publishing, terms
from services.events.models import TopicVote
from shared.errors import Invalid
from tests.events.hall import TUESDAY, next_day, topic


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


def test_votes_that_were_met_are_gone(events, db, hall, person, token):
    made = hall(2)
    headers = token(person().person_id)
    events.put("/topics/T1/vote", headers=headers)
    terms.plan(db, made.id)

    publishing.publish(db, made.id, posted_by="test")
    db.commit()

    assert events.get("/topics", headers=headers).json["items"][0]["votes"] == 0
    assert db.query(TopicVote).count() == 0
