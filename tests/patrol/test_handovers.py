"""What one squad leaves to the next: a word, what is still open, and a receipt that it was read."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.patrol.models import Squad
from shared.db import now

TROUBLE = {"kind": "lamp", "place": "东门", "words": "第三盏"}


@pytest.fixture
def before(plan, item, send):
    """Call it for a shift that ended and left word, with trouble that is still open."""

    def before(handover="东门路灯不亮"):
        shift = plan(-300, state="active", started_at=now() - timedelta(minutes=300))
        trouble = item("trouble", shift, trouble=TROUBLE)
        send(trouble)
        send(item("end", shift, now() - timedelta(minutes=180), handover=handover, carried=[trouble["id"], uuid4()]))
        return shift, trouble["id"]

    return before


@pytest.fixture
def sheet(patrol, token, walker):
    return lambda shift: patrol.get(f"/shifts/{shift.id}", headers=token(walker)).json


def test_the_next_squad_sees_what_is_open_and_says_that_it_has_read(
    before, plan, item, send, sheet, patrol, token, desk
):
    left, trouble_id = before()
    mine = plan(-10)

    told = sheet(mine)["handover_before"]
    [read] = send(item("handover_read", mine, of=left.id))

    assert (told["text"], told["read_at"], [one["id"] for one in told["items"]]) == (
        "东门路灯不亮", None, [str(trouble_id)],
    )  # fmt: skip
    assert read["outcome"] == "stored"
    assert sheet(mine)["handover_before"]["read_at"]
    assert [one["phase"] for one in patrol.get("/board", headers=token(desk)).json["shifts"]] == [
        "handed_over", "planned",
    ]  # fmt: skip


def test_read_twice_is_read_once(before, plan, item, send):
    left, _ = before()
    mine = plan(-10)

    outcomes = [send(item("handover_read", mine, of=left.id))[0]["outcome"] for _ in range(2)]

    assert outcomes == ["stored", "duplicate"]


def test_open_things_go_over_without_a_word_too(before, plan, sheet):
    before(handover="")

    told = sheet(plan(-10))["handover_before"]

    assert told["text"]
    assert len(told["items"]) == 1


def test_what_was_closed_meanwhile_is_not_carried_on(before, plan, sheet, patrol, token, leader):
    _, trouble_id = before()
    patrol.post(f"/troubles/{trouble_id}/close", json={}, headers=token(leader))

    assert sheet(plan(-10))["handover_before"]["items"] == []


def test_the_phone_offers_at_the_end_what_was_found_and_what_was_taken_over(before, plan, item, send, sheet):
    _, old = before()
    mine = plan(-10, state="active", started_at=now())
    new = item("trouble", mine, trouble=TROUBLE)
    send(new)

    assert {one["id"] for one in sheet(mine)["open"]} == {str(old), str(new["id"])}


def test_nobody_reads_what_was_left_to_others(before, plan, item, send, person, db):
    left, _ = before()
    stranger = person("外队的人")
    other = Squad(id=uuid4(), code="YA2", name="夜安二队", leader_id=stranger, zone="C9")
    theirs = plan(-10, of=other, crew=[stranger])

    [verdict] = send(item("handover_read", theirs, of=left.id), by=stranger)

    assert (verdict["outcome"], verdict["code"]) == ("refused", "NoHandover")
    db.refresh(left)
    assert left.handover_read_at is None
