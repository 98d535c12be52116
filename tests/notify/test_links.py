"""One tap without signing in: the link in a message."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from services.notify.domain import links
from services.notify.models import Message
from shared.db import now
from shared.schemas import patrol
from tests.notify.happenings import shift, sos


@pytest.fixture
def link(person, happen, settle, standin, messages_of):
    """The path of the link that a helper's SMS carries, and the helper."""
    helper = person("队员", phone="8610000000041")
    facts = sos(person("求助的人"), crew=[helper])
    happen(patrol.SosRaised, **facts)
    settle()
    return f"/a/{links.token(messages_of(helper)[0])}", helper


def test_the_sms_of_an_alarm_carries_the_link(link, standin):
    path, _ = link

    [sms] = standin.received("sms", "8610000000041")[-1:]
    assert path.removeprefix("/a/") in sms.content["TemplateParam"]


def test_the_link_shows_what_is_asked_and_names_nobody(link, notify):
    path, _ = link

    shown = notify.get(path).json

    assert shown["title"] == "紧急求助：有人需要帮助"
    assert "求助的人" not in str(shown)
    assert [choice["answer"] for choice in shown["answers"]] == ["ack", "decline", "call_me"]
    assert shown["answered"] is None


def test_a_chat_program_that_opens_the_link_for_a_preview_answers_nothing(link, notify, messages_of, published):
    path, helper = link

    notify.get(path)
    notify.head(path)
    notify.get(f"{path}?answer=ack")

    assert messages_of(helper)[0].answer is None
    assert published("notify.answer_given.v1") == []


def test_one_tap_answers_for_the_reader_and_says_so_when_tapped_again(link, notify, messages_of):
    path, helper = link

    first = notify.post(path, json={"answer": "ack"})
    again = notify.post(path, json={"answer": "ack"})

    assert first.status_code == again.status_code == 200
    assert again.json["answered"]["by"] == "队员"
    assert messages_of(helper)[0].answer == "ack"


def test_a_link_that_is_too_old_answers_nothing(link, db, notify, messages_of):
    _, helper = link
    db.execute(update(Message).values(created_at=now() - timedelta(hours=25)))
    path = f"/a/{links.token(messages_of(helper)[0])}"

    for refused in (notify.get(path), notify.post(path, json={"answer": "ack"})):
        assert (refused.status_code, refused.json["title"]) == (410, "LinkExpired")
    assert messages_of(helper)[0].answer is None


@pytest.mark.parametrize("changed", ["", "x", "A" * 72, "秘密", "%00"])
def test_a_link_that_we_did_not_make_leads_nowhere(changed, link, notify):
    path, _ = link

    for forged in (f"/a/{changed}", f"{path[:10]}{'B' if path[10] != 'B' else 'C'}{path[11:]}", f"{path}x"):
        assert notify.get(forged).status_code == 404
        assert notify.post(forged, json={"answer": "ack"}).status_code == 404


def test_an_unknown_answer_is_refused(link, notify):
    path, _ = link

    refused = notify.post(path, json={"answer": "perhaps"})

    assert refused.status_code == 422
    assert refused.json["errors"]["answer"][0]["code"] == "not_one_of"


def test_a_message_that_asks_for_nothing_cannot_be_answered(
    person, happen, settle, notify, token, messages_of, standin
):
    reader = person()
    happen(patrol.ShiftAssigned, **shift(person_ids=[reader.person_id]))
    settle()
    [message] = messages_of(reader)

    refused = notify.post(f"/inbox/{message.id}/answer", json={"answer": "ack"}, headers=token(reader.person_id))

    assert (refused.status_code, refused.json["title"]) == (409, "NoAnswerWanted")
