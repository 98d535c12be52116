"""Many are asked together: each answers for themselves, a drill says so, the weather is told in order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.notify.models import Sending
from shared.db import now
from shared.schemas import patrol
from tests.notify.happenings import EVERYONE, NOON, ids


@pytest.fixture
def asked(happen, settle, standin):
    """Call it to ask these people to come."""

    def asked(*people, response_id=None, drill=False, severity="serious", ring=0, **more):
        facts = {"response_id": response_id or uuid4(), "drill": drill, "severity": severity, "ring": ring}
        words = {"emergency": "flood", "place": "三号楼", "words": "水管爆了。", "needed": ["carry", "first_aid"]}
        happen(patrol.ResponseRung, **facts, **words, **more, asked_ids=ids(people))
        settle()
        return facts["response_id"]

    return asked


@pytest.fixture
def answers(notify, token):
    """Call it to let somebody answer a message."""

    def answers(person, message, answer):
        path = f"/inbox/{message.id}/answer"
        return notify.post(path, json={"answer": answer}, headers=token(person.person_id))

    return answers


def test_the_message_says_what_is_needed_where_and_asks_in_words_that_fit(asked, person, messages_of, notify, token):
    reader = person("王秀英")
    asked(reader)

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert (shown["title"], shown["class"]) == ("三号楼：跑水积水，需要人手", "critical")
    assert "现在缺：搬运、急救" in shown["body"]
    assert [choice["label"] for choice in shown["choices"]] == ["我去", "10 分钟后到", "去不了"]


def test_a_drill_says_so_and_wakes_nobody(asked, person, messages_of, notify, token):
    reader = person("王秀英")
    asked(reader, drill=True, severity="major")

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert shown["title"].startswith("【演练】")
    assert shown["body"].startswith("【演练】")
    assert shown["class"] == "duty"


def test_one_who_comes_settles_nothing_for_the_others_and_minds_may_change(
    asked, person, messages_of, answers, published
):
    first, second = person("王秀英"), person("李某")
    response_id = asked(first, second)

    for answer in ("ack", "later", "decline"):
        assert answers(first, messages_of(first)[0], answer).status_code == 200

    [waiting] = messages_of(second)
    assert (waiting.answer, waiting.cancelled_at) == (None, None)
    news = [facts for _, facts in published("notify.answer_given%")]
    assert [facts["answer"] for facts in news] == ["ack", "later", "decline"]
    assert {facts["thread"] for facts in news} == {str(response_id)}


def test_who_answered_on_the_page_is_not_asked_any_more(asked, person, messages_of, happen, settle, phone_of, db):
    reader = person("王秀英", phone="13800000001")
    response_id = asked(reader)
    facts = {"response_id": response_id, "person_id": reader.person_id, "answer": "ack", "answered_at": now()}

    happen(patrol.ResponseAnswered, **facts)
    settle()

    [message] = messages_of(reader)
    assert message.answer == "ack"
    assert not list(db.scalars(select(Sending).where(Sending.state.in_(("queued", "failed")))))


def test_the_end_drops_what_waits_and_a_ring_that_comes_later_rings_for_nobody(
    asked, person, messages_of, happen, settle
):
    first, late = person("王秀英"), person("李某")
    response_id = asked(first)
    over = {"response_id": response_id, "drill": False, "emergency": "flood", "place": "三号楼"}

    happen(patrol.ResponseStoodDown, **over, by_name="赵启明", note="修好了")
    settle()
    asked(late, response_id=response_id, ring=1, occurred_at=now() - timedelta(minutes=1))

    rung, told = messages_of(first)
    assert rung.cancelled_at
    assert told.topic == "patrol.response_stood_down.v1"
    assert messages_of(late) == []


def test_news_of_weather_whose_end_was_told_before_is_no_news(person, happen, settle, messages_of, standin):
    reader = person("王秀英")
    facts = {"weather_id": uuid4(), "weather": "cold", "level": "orange", "words": "零下二十八度。"}
    facts |= {"since": NOON, "until": None, "care_round": True, "audience": EVERYONE}

    happen(patrol.WeatherModeChanged, **facts, mode="off", version=2)
    settle()
    happen(patrol.WeatherModeChanged, **facts, mode="on", version=1, occurred_at=now() - timedelta(minutes=1))
    settle()

    assert [message.topic for message in messages_of(reader)] == ["patrol.weather_mode_changed.v1"]


def test_a_cold_wave_is_told_to_everybody_with_what_to_do(person, happen, settle, notify, token, standin):
    reader = person("王秀英")
    facts = {"weather_id": uuid4(), "weather": "cold", "level": "orange", "words": "零下二十八度。"}
    facts |= {"since": NOON, "until": None, "care_round": True, "audience": EVERYONE}

    happen(patrol.WeatherModeChanged, **facts, mode="on", version=1)
    settle()

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]
    assert shown["title"] == "寒潮橙色预警"
    assert "一氧化碳" in shown["body"]
    assert "零下二十八度" in shown["body"]


def test_the_reach_report_names_on_whose_door_to_knock(asked, person, messages_of, answers, notify, token, grant):
    comes, reads, silent = person("王秀英"), person("李某"), person("何雨桐", place_code="C2")
    clerk = person("赵启明")
    grant(clerk.person_id, "clerk")
    response_id = asked(comes, reads, silent)
    answers(comes, messages_of(comes)[0], "ack")
    notify.post(f"/inbox/{messages_of(reads)[0].id}/read", headers=token(reads.person_id))

    told = notify.get(f"/reach/{response_id}", headers=token(clerk.person_id)).json
    knock = notify.get(f"/reach/{response_id}/people?state=unreached", headers=token(clerk.person_id)).json["items"]

    assert told["people"] == 3
    assert told["counts"] == {"answered": 1, "read": 1, "reached": 0, "waiting": 0, "unreached": 1}
    assert [(one["name"], one["zone"]) for one in knock] == [("何雨桐", "C2")]
    assert notify.get(f"/reach/{uuid4()}", headers=token(clerk.person_id)).status_code == 404
