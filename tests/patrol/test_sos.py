"""A call for help is never refused, never doubled, and over only when a person says so."""

from uuid import uuid4

import pytest

from services.patrol.models import Squad
from shared.db import now
from shared.outbox import publish
from shared.schemas.notify import AnswerGiven
from shared.schemas.patrol import SosRaised


@pytest.fixture
def call(patrol, token):
    """Call it to let somebody hold the button: the answer."""

    def call(person_id, sos_id=None, **facts):
        return patrol.put(f"/sos/{sos_id or uuid4()}", json={"at": now(), **facts}, headers=token(person_id))

    return call


def test_a_call_says_who_and_where_and_goes_to_crew_leader_and_desk(
    call, shift, send, item, checkpoint, walker, companion, leader, published
):
    send(item("check_in", shift, checkpoint_id=checkpoint(7).id))

    answer = call(walker)

    assert answer.status_code == 200
    assert answer.json["place"] == "P07 自行车棚"
    [(_, facts)] = published("patrol.sos%")
    assert facts["person_name"] == "苏红梅"
    assert (facts["squad"], facts["place"]) == ("夜安一队", "P07 自行车棚")
    assert (facts["crew_ids"], facts["leader_ids"]) == ([str(companion)], [str(leader)])


def test_sent_twice_it_is_one_call(call, walker, published):
    sos_id = uuid4()

    answers = [call(walker, sos_id), call(walker, sos_id)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(published("patrol.sos%")) == 1


def test_another_persons_id_is_no_call(call, walker, companion):
    sos_id = uuid4()
    call(walker, sos_id)

    assert call(companion, sos_id).status_code == 409


def test_it_is_not_refused_for_a_shift_or_a_place_that_we_do_not_know(call, person, published, shift):
    answer = call(person("云三"), shift_id=str(shift.id), checkpoint_id=str(uuid4()), at="1970-01-01T00:00:00Z")

    assert answer.status_code == 200
    assert answer.json["shift_id"] is None
    [(_, facts)] = published("patrol.sos%")
    assert (facts["squad"], facts["crew_ids"], facts["leader_ids"]) == (None, [], [])


def test_it_is_acknowledged_once_by_somebody_else(call, patrol, token, walker, companion, leader, shift, published):
    sos_id = uuid4()
    call(walker, sos_id)

    assert patrol.post(f"/sos/{sos_id}/acknowledge", headers=token(walker)).status_code == 403
    first = patrol.post(f"/sos/{sos_id}/acknowledge", headers=token(companion))
    second = patrol.post(f"/sos/{sos_id}/acknowledge", headers=token(leader))

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json["acknowledged_by"] == "高秀英"
    assert [facts["by_name"] for _, facts in published("patrol.sos_acknowledged%")] == ["高秀英"]


def test_an_answer_to_the_message_acknowledges_it(db, call, walker, leader, shift, hear, published):
    sos_id = uuid4()
    call(walker, sos_id)

    for answer in ("call_me", "decline", "ack", "ack"):
        facts = {"about": SosRaised.topic, "person_id": leader, "answer": answer, "answered_at": now()}
        publish(db, AnswerGiven, thread=sos_id, **facts)
        hear()

    assert [facts["by_name"] for _, facts in published("patrol.sos_acknowledged%")] == ["郭建国"]


def test_ones_own_answer_acknowledges_nothing(db, call, walker, hear, published):
    sos_id = uuid4()
    call(walker, sos_id)

    facts = {"about": SosRaised.topic, "person_id": walker, "answer": "ack", "answered_at": now()}
    publish(db, AnswerGiven, thread=sos_id, **facts)
    hear()

    assert published("patrol.sos_acknowledged%") == []


def test_it_is_over_when_a_person_says_so(call, patrol, token, walker, desk, published):
    sos_id = uuid4()
    call(walker, sos_id)
    assert len(patrol.get("/sos?open=1", headers=token(desk)).json["items"]) == 1

    for _ in range(2):
        answer = patrol.post(f"/sos/{sos_id}/stand-down", json={"note": "虚惊"}, headers=token(desk))
        assert answer.status_code == 200

    assert patrol.get("/sos?open=1", headers=token(desk)).json["items"] == []
    [(_, facts)] = published("patrol.sos_stood_down%")
    assert (facts["by_name"], facts["note"]) == ("赵启明", "虚惊")


def test_who_called_may_stand_it_down_and_the_crew_may_not(call, patrol, token, walker, companion, shift):
    sos_id = uuid4()
    call(walker, sos_id)

    assert patrol.post(f"/sos/{sos_id}/stand-down", json={}, headers=token(companion)).status_code == 404
    assert patrol.post(f"/sos/{sos_id}/stand-down", json={}, headers=token(walker)).status_code == 200


def test_others_do_not_see_it(db, call, patrol, token, walker, person, shift):
    sos_id, stranger = uuid4(), person("外队的人")
    db.add(Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=stranger))
    call(walker, sos_id)

    assert patrol.get("/sos", headers=token(stranger)).json["items"] == []
    assert patrol.post(f"/sos/{sos_id}/acknowledge", headers=token(stranger)).status_code == 404
    assert patrol.post(f"/sos/{sos_id}/stand-down", json={}, headers=token(stranger)).status_code == 404


def test_nobody_calls_without_being_signed_in(patrol):
    assert patrol.put(f"/sos/{uuid4()}", json={"at": now()}).status_code == 401
