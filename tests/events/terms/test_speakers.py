"""Who speaks: with consent, within a limit, until they cannot."""

import pytest

from services.events.domain import speakers
from services.events.domain.hall import fixing, publishing, terms
from services.events.domain.hall.terms import AlreadyPublished
from services.events.models import Activity, Speaker
from shared.schemas.members import PeopleChanged, UnitsChanged
from tests.events.conftest import once, seen
from tests.events.hall import TUESDAY, codes, next_day, slots, speaker, topic
from tests.events.test_members_news import a_unit, news_of


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
