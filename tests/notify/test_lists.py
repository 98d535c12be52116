"""What people are told of needs: those who need, those who offer, those who are asked, each in their own words."""

from uuid import uuid4

import pytest

from services.notify.domain import audiences
from shared.schemas import events

NEED = {"title": "两台轮椅", "unit_ids": [], "person_ids": []}


@pytest.fixture
def officer(person, grant):
    """Call it for the officer of one more unit, and the unit's id."""

    def officer():
        unit_id, somebody = uuid4(), person("联络员")
        grant(somebody.person_id, "liaison", unit_id=unit_id)
        return somebody, unit_id

    return officer


def test_both_sides_of_a_match_are_told_each_in_their_own_words(officer, person, happen, settle, notify, token):
    (needing, need_unit), (offering, offer_unit), neighbour = officer(), officer(), person("热心人")

    happen(
        events.NeedMatched, need_id=uuid4(), offers=2, offering_unit_ids=[offer_unit],
        offering_person_ids=[neighbour.person_id], **NEED | {"unit_ids": [need_unit]},
    )  # fmt: skip
    settle()

    def titles(reader):
        return [each["title"] for each in notify.get("/inbox", headers=token(reader.person_id)).json["items"]]

    assert titles(needing) == ["有人可能帮得上：两台轮椅"]
    assert titles(offering) == titles(neighbour) == ["有需求和您的资源对得上：两台轮椅"]


def test_every_unit_that_is_named_is_told():
    units = [uuid4(), uuid4()]
    event = events.NeedUnmatched().load({"need_id": str(uuid4()), **NEED, "published_at": "2026-11-01T00:00:00Z"})
    event.unit_ids = units

    parts = audiences.resolve([{"unit_officers": "unit_ids"}], event)

    assert [part["officers_of"] for part in parts] == [str(unit) for unit in units]


def test_when_nobody_is_named_nobody_is_told(happen, settle, person, messages_of):
    bystander = person()

    happen(events.WishConfirmed, need_id=uuid4(), **NEED)
    settle()

    assert messages_of(bystander) == []


def test_the_answer_to_what_households_support_says_what_and_why(person, happen, settle, notify, token):
    supporter = person()

    happen(
        events.NeedAnswered, need_id=uuid4(), decision="not_now", reason="要等开春。",
        **NEED | {"person_ids": [supporter.person_id]},
    )  # fmt: skip
    settle()

    [message] = notify.get("/inbox", headers=token(supporter.person_id)).json["items"]
    assert message["body"] == "“两台轮椅”的答复：现在办不了，以后再办。原因：要等开春。"
