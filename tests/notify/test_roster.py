"""What people are told of the roster: all their shifts at once, a place offered, being asked to stand in and why."""

from uuid import uuid4

import pytest

from shared.schemas import patrol
from tests.notify.happenings import shift


@pytest.fixture
def inbox(notify, token):
    """Call it with a person for what their inbox shows."""
    return lambda reader: notify.get("/inbox", headers=token(reader.person_id)).json["items"]


def test_who_is_asked_to_stand_in_reads_why_and_hears_when_it_is_filled(person, happen, settle, inbox):
    reader, facts = person(), shift(ask_id=uuid4())
    happen(patrol.CoverAsked, person_id=reader.person_id, why_you=["not_asked_yet", "near"], **facts)
    settle()
    [asked] = inbox(reader)

    happen(patrol.CoverEnded, person_id=reader.person_id, cover_outcome="filled", **facts)
    settle()

    assert "问您是因为：还没有麻烦过您、离您家近" in asked["body"]
    assert [choice["label"] for choice in asked["choices"]] == ["能来，我顶这一班", "这次去不了"]
    over, was = inbox(reader)
    assert "已经有人顶上，您不用来了" in over["body"]
    assert was["note"] == "不用再答复了"


def test_a_place_is_offered_by_name_and_its_owner_hears_who_took_it(person, happen, settle, inbox, notify, token):
    owner, mate, facts = person("苏红梅"), person("郭建国"), shift(swap_id=uuid4())
    happen(patrol.ShiftSwapOffered, person_id=mate.person_id, from_name=owner.name, **facts)
    settle()
    [offered] = inbox(mate)

    done = notify.post(f"/inbox/{offered['id']}/answer", json={"answer": "ack"}, headers=token(mate.person_id))
    happen(patrol.ShiftSwapEnded, person_id=owner.person_id, by_name=mate.name, swap_outcome="accepted", **facts)
    settle()

    assert "苏红梅 去不了" in offered["body"]
    assert done.status_code < 300
    assert "郭建国接下了，您这一班不用来了" in inbox(owner)[0]["body"]


def test_a_plan_is_one_message_to_each_with_all_of_their_shifts(person, happen, settle, inbox):
    reader, times = person(), [shift()[moment] for moment in ("starts_at", "ends_at")]

    happen(patrol.RosterPublished, plan_id=uuid4(), person_id=reader.person_id, turns=2, shifts=times)
    settle()

    [told] = inbox(reader)
    assert told["title"] == "新的排班：您有 2 个班"
    assert "11:00、" in told["body"]
    assert told["link"] == "/my-shifts"


def test_when_nobody_is_left_to_ask_leader_and_desk_each_find_their_own_page(person, grant, happen, settle, inbox):
    leader, desk = person("郭建国"), person("赵启明")
    grant(desk.person_id, "duty")

    happen(patrol.CoverFoundNobody, cover_id=uuid4(), leader_ids=[leader.person_id], **shift())
    settle()

    assert [told["link"] for reader in (leader, desk) for told in inbox(reader)] == ["/my-shifts", "/desk/board/roster"]
