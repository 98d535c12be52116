"""Households support a need, one voice each, and are owed an answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.events.domain import supports
from services.events.models import Need
from shared.db import now

HOME = {"entrance": "C1-B3-E2", "room": "501"}


@pytest.fixture
def neighbour(person, token):
    """Call it for the headers of one more member."""

    def neighbour(name: str = "邻居") -> dict[str, str]:
        return token(person(name).person_id)

    return neighbour


def test_a_household_counts_once_whoever_of_it_supports(events, need, neighbour):
    lamp = f"/needs/{need().id}"
    first, second, other = neighbour(), neighbour("家人"), neighbour("别家")

    events.put(f"{lamp}/support", json=HOME, headers=first)
    events.put(f"{lamp}/support", json=HOME, headers=first)
    events.put(f"{lamp}/support", json=HOME | {"room": " 501 室"}, headers=second)
    seen = events.put(f"{lamp}/support", json=HOME | {"room": "502"}, headers=other)

    assert (seen.json["supports"], seen.json["supported"]) == (2, True)


def test_somebody_supports_from_one_household_only_and_may_take_it_back(events, need, neighbour):
    lamp, somebody = f"/needs/{need().id}", neighbour()

    events.put(f"{lamp}/support", json=HOME, headers=somebody)
    moved = events.put(f"{lamp}/support", json=HOME | {"room": "601"}, headers=somebody)
    events.delete(f"{lamp}/support", headers=somebody)

    assert moved.json["supports"] == 1
    assert events.get(lamp, headers=somebody).json["supports"] == 0


def test_the_room_is_not_kept_and_two_needs_do_not_share_a_household(events, need, neighbour, db):
    for each in (need(), need()):
        events.put(f"/needs/{each.id}/support", json=HOME, headers=neighbour())

    rows = db.execute(text("SELECT s::text, s.household FROM events.supports s")).all()

    assert not any("501" in row[0].replace(row[1].hex(), "") or "C1-B3" in row[0] for row in rows)
    assert len({bytes(row[1]) for row in rows}) == 2


def test_the_desk_counts_a_household_without_an_account_and_nobody_else_does(events, need, clerk, neighbour):
    lamp = f"/needs/{need().id}/support"

    assert events.put(lamp, json=HOME | {"on_behalf": True}, headers=clerk).json["supports"] == 1
    assert events.put(lamp, json=HOME | {"on_behalf": True}, headers=neighbour()).status_code == 403


def test_who_is_owed_an_answer_too_long_comes_first_and_is_overdue(events, need, neighbour, clerk, db):
    lamp, fresh = need(), need()  # the newer is not so urgent
    for each in (lamp, fresh):
        events.put(f"/needs/{each.id}/support", json=HOME, headers=neighbour())
    db.expire_all()
    db.get(Need, lamp.id).answer_due_at = now() - timedelta(days=1)
    db.commit()

    owed = events.get("/needs?answer=owed", headers=clerk).json["items"]
    overdue = events.get("/needs?answer=overdue", headers=clerk).json["items"]

    assert [each["id"] for each in owed] == [str(lamp.id), str(fresh.id)]
    assert [(each["id"], each["answer"]["overdue"]) for each in overdue] == [(str(lamp.id), True)]


def test_an_answer_with_its_reason_is_public_and_told_to_who_supports_it(events, need, person, token, clerk, published):
    lamp, supporter = need(), person("支持者")
    events.put(f"/needs/{lamp.id}/support", json=HOME, headers=token(supporter.person_id))

    said = events.post(
        f"/needs/{lamp.id}/answer", json={"decision": "not_now", "text": "要等开春才能施工。"}, headers=clerk
    )

    assert said.json["answer"]["decision"] == "not_now"
    [listed] = events.get("/public/needs").json["items"]
    assert (listed["answer"]["text"], listed["supports"]) == ("要等开春才能施工。", 1)
    told = [person for _, payload in published("events.need_answered.v1") for person in payload["person_ids"]]
    assert told == [str(supporter.person_id)]


def test_after_the_answer_nobody_needs_to_support_it_any_more(events, need, neighbour, clerk):
    lamp = f"/needs/{need().id}"
    events.post(f"{lamp}/answer", json={"decision": "do", "text": "下周就修。"}, headers=clerk)

    late = events.put(f"{lamp}/support", json=HOME, headers=neighbour())

    assert (late.status_code, late.json["title"]) == (409, "NotNow")


def test_an_answer_without_a_reason_is_none_and_is_the_desks(events, need, clerk, neighbour):
    path = f"/needs/{need().id}/answer"

    bare = events.post(path, json={"decision": "no", "text": " "}, headers=clerk)

    assert list(bare.json["errors"]) == ["text"]
    assert events.post(path, json={"decision": "no", "text": "没钱"}, headers=neighbour()).status_code == 403


def test_many_who_support_are_told_in_pieces(db, need, published, monkeypatch):
    monkeypatch.setattr(supports, "CHUNK", 2)
    lamp = need()
    for room in range(3):
        supports.support(db, lamp.id, entrance="E1", room=str(room), person_id=uuid4())

    supports.answer(db, lamp.id, decision="do", words="好")

    assert sorted(len(payload["person_ids"]) for _, payload in published("events.need_answered.v1")) == [0, 1, 2]
