"""A seat is offered, or somebody was signed up by another: asked in words that fit, answered by one tap."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify.domain import links
from shared.schemas import events
from tests.notify.happenings import NOON, activity


@pytest.fixture
def offered(person, happen, settle, messages_of, standin):
    """Somebody who waited, is offered a seat, and has the message."""
    reader = person("王秀英")
    facts = activity(offer_id=uuid4(), person_id=reader.person_id)
    happen(events.SeatOffered, **facts, until=NOON + timedelta(hours=6))
    settle()
    [message] = messages_of(reader)
    return facts, reader, message


def test_the_message_says_until_when_and_asks_for_an_answer(offered, notify, token):
    _, reader, _message = offered

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]

    assert (shown["title"], shown["needs_answer"]) == ("有空位了：健康讲座", True)
    assert "18:00" in shown["body"]
    assert [choice["label"] for choice in shown["choices"]] == ["要，我来参加", "不要，让给别人"]


def test_the_link_offers_the_same_two_answers(offered, notify):
    _, _, message = offered

    shown = notify.get(f"/a/{links.token(message)}").json

    assert [choice["answer"] for choice in shown["answers"]] == ["ack", "decline"]
    assert "王秀英" not in str(shown)


def test_an_answer_that_makes_no_sense_here_is_refused(offered, notify):
    _, _, message = offered

    refused = notify.post(f"/a/{links.token(message)}", json={"answer": "call_me"})

    assert (refused.status_code, refused.json["errors"]["answer"][0]["code"]) == (422, "not_one_of")


def test_the_answer_names_the_offer(offered, notify, published):
    facts, reader, message = offered

    notify.post(f"/a/{links.token(message)}", json={"answer": "ack"})

    [(_, news)] = published("notify.answer_given.v1")
    assert (news["thread"], news["about"], news["answer"]) == (str(facts["offer_id"]), events.SeatOffered.topic, "ack")
    assert news["person_id"] == str(reader.person_id)


def test_an_offer_whose_time_passed_asks_for_nothing_any_more_and_says_so(
    offered, happen, settle, notify, token, messages_of
):
    facts, reader, message = offered

    happen(events.SeatOfferEnded, **facts, outcome="expired")
    settle()

    shown = notify.get(f"/inbox/{message.id}", headers=token(reader.person_id)).json
    assert (shown["note"], bool(shown["cancelled_at"])) == ("不用再答复了", True)
    assert "过了答复时间" in notify.get("/inbox", headers=token(reader.person_id)).text


def test_an_end_that_overtakes_its_offer_keeps_it_from_being_told(person, happen, settle, messages_of):
    reader = person()
    facts = activity(offer_id=uuid4(), person_id=reader.person_id)
    happen(events.SeatOfferEnded, **facts, outcome="declined")
    settle()

    happen(events.SeatOffered, **facts, until=NOON, occurred_at=NOON - timedelta(days=2))
    settle()

    assert messages_of(reader) == []


def test_whom_another_signed_up_hears_by_whom_but_the_title_names_nobody(person, happen, settle, notify, token):
    reader = person()
    facts = activity(asked_id=uuid4(), person_id=reader.person_id, by="neighbour", by_name="李小明", state="going")

    happen(events.SignedUpFor, **facts)
    settle()

    [shown] = notify.get("/inbox", headers=token(reader.person_id)).json["items"]
    assert "李小明" not in shown["title"]
    assert "李小明 替您报名参加" in shown["body"]
    assert [choice["answer"] for choice in shown["choices"]] == ["ack", "decline"]
