"""Somebody borrows something: who says yes, who hands it out, how it comes back, and who hears of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.events.domain import troupes
from services.events.domain.loans import handing, steps
from services.events.domain.loans.free import NotEnough
from shared.db import now
from shared.errors import Invalid
from tests.events.conftest import once, seen
from tests.events.loans import LENDER, ask, out, pass_by, promised, thing

LOCKED = {"discipline": "choir", "about": "", "rehearsals": [], "repertoire": []}


@pytest.fixture
def lent(db, unit):
    """Five tables of a unit."""
    return thing(db, unit("U01"))


def facts(**more) -> dict:
    words = {"name": "音响", "kind": "sound", "count": 2, "kept_at": "文化馆二楼", "longest_days": 3}
    return words | more


def wanted(what, **more) -> dict:
    begins = now() + timedelta(hours=5)
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=20)).isoformat()}
    return {"equipment_id": str(what.id), "count": 2, "purpose": "楼院茶话会", **times, **more}


def test_a_table_is_asked_for_promised_handed_out_and_brought_back(events, db, lent, person, token, clerk, published):
    borrower = token(person().person_id)

    made = events.post("/loans", json=wanted(lent), headers=once(borrower)).json
    assert (made["state"], made["may"], made["mine"]) == ("asked", ["withdraw"], True)
    assert events.get(f"/equipment/{lent.id}", headers=borrower).json["free"] == 5  # it begins later

    path = f"/loans/{made['id']}"
    assert events.post(f"{path}/approve", headers=clerk).json["state"] == "approved"
    taken = events.post(f"{path}/out", json={"count": 2, "note": "两张桌面有划痕"}, headers=once(clerk)).json
    assert (taken["state"], taken["left"], taken["condition_out"]) == ("out", 2, "good")
    assert events.get(f"/equipment/{lent.id}", headers=borrower).json["free"] == 3

    back = events.post(f"{path}/in", json={"count": 2}, headers=once(clerk)).json
    assert (back["state"], back["left"], back["may"]) == ("in", 0, [])
    assert events.get(f"/equipment/{lent.id}", headers=borrower).json["free"] == 5
    topics = [topic for topic, _ in published("events.loan%")]
    assert topics == ["events.loan_asked.v1", "events.loan_decided.v1"]


def test_what_needs_no_approval_is_promised_at_once_and_its_steward_hears_of_it(
    events, db, unit, person, token, published
):
    steward = person("库管员")
    lent = thing(db, unit("U01"), needs_approval=False, steward_id=steward.person_id)

    made = events.post("/loans", json=wanted(lent), headers=once(token(person().person_id))).json

    assert made["state"] == "approved"
    [(topic, told)] = published("events.loan%")
    assert (topic, told["person_id"]) == ("events.loan_to_hand_out.v1", str(steward.person_id))
    hands = token(steward.person_id)
    assert events.post(f"/loans/{made['id']}/out", json={"count": 2}, headers=once(hands)).json["state"] == "out"
    assert events.post(f"/loans/{made['id']}/in", json={"count": 2}, headers=once(hands)).json["state"] == "in"


def test_handing_over_twice_with_one_key_is_once(events, db, lent, clerk):
    loan, headers = out(db, lent, 4), once(clerk)

    for _ in range(2):
        answer = events.post(f"/loans/{loan.id}/in", json={"count": 1}, headers=headers)

    assert answer.json["back"] == 1
    db.refresh(lent)
    assert lent.out_now == 3


def test_a_refusal_says_how_many_are_free_and_when_there_are_enough(events, db, lent, person, token):
    other = ask(db, lent, 4, after=4, hours=10)

    answer = events.post("/loans", json=wanted(lent), headers=once(token(person().person_id)))

    assert (answer.status_code, answer.json["title"], answer.json["free"]) == (409, "NotEnough", 1)
    assert answer.json["next"]["starts_at"] == other.ends_at.isoformat()
    begins, ends = answer.json["next"]["starts_at"], answer.json["next"]["ends_at"]
    assert (
        events.post(
            "/loans", json=wanted(lent, starts_at=begins, ends_at=ends), headers=once(token(person().person_id))
        ).status_code
        == 201
    )


def test_more_than_there_are_has_no_next_span(db, lent):
    with pytest.raises(NotEnough) as refused:
        ask(db, lent, 6)

    assert refused.value.facts == {"free": 5, "next": None}


def test_loans_that_do_not_meet_do_not_add_up(events, db, lent, clerk):
    first, second = ask(db, lent, 3, after=10, hours=10), ask(db, lent, 3, after=20, hours=10)
    span = {"from": first.starts_at.isoformat(), "to": second.ends_at.isoformat(), "count": 3}

    free = events.get(f"/equipment/{lent.id}/free", query_string=span, headers=clerk).json

    assert free["free"] == 2
    assert free["next"]["starts_at"] == second.ends_at.isoformat()
    ask(db, lent, 2, after=10, hours=20)


def test_what_is_handed_out_early_is_nobody_elses_just_then(db, lent):
    early = promised(db, lent, 3, after=48)
    ask(db, lent, 3, after=0, hours=30)

    with pytest.raises(NotEnough) as refused:
        handing.hand_out(db, early.id, LENDER, count=3, condition="good")
    assert refused.value.facts["free"] == 2


def test_what_is_not_back_in_time_cannot_be_handed_out_again(db, lent):
    late = pass_by(db, out(db, lent, 4, after=0, hours=5), hours=200)
    following = promised(db, lent, 3, after=24 * 8)
    pass_by(db, following, days=8)

    with pytest.raises(NotEnough) as refused:
        handing.hand_out(db, following.id, LENDER, count=3, condition="good")
    assert refused.value.facts == {"free": 1, "next": None}
    handing.take_back(db, late.id, LENDER, count=4, condition="good")
    assert handing.hand_out(db, following.id, LENDER, count=3, condition="good").state == "out"


def test_a_part_comes_back_and_the_rest_stays_out(db, lent, published):
    loan = out(db, lent, 4)

    handing.take_back(db, loan.id, LENDER, count=1, condition="worn", note="一张掉漆")
    assert (loan.state, loan.left, lent.out_now) == ("out", 3, 3)
    handing.take_back(db, loan.id, LENDER, count=3, condition="good")

    assert (loan.state, loan.condition_in, loan.note_in) == ("in", "worn", "一张掉漆")
    assert published("events.equipment_damaged.v1") == []


def test_what_is_missing_is_not_lent_until_a_clerk_has_counted(events, db, lent, clerk, published):
    loan = out(db, lent, 4)

    handing.take_back(db, loan.id, LENDER, count=2, missing=2, condition="damaged", note="断了一条腿")
    db.commit()

    [(_, told)] = published("events.equipment_damaged.v1")
    assert (told["harm"], told["missing"], told["back"], told["unit_id"]) == ("missing", 2, 2, str(lent.unit_id))
    assert "person_id" not in told
    assert loan.state == "in"
    with pytest.raises(NotEnough):
        ask(db, lent, 4)
    assert events.post(f"/equipment/{lent.id}/counted", json={"count": 4}, headers=clerk).json["missing"] == 0
    assert ask(db, lent, 4).state == "asked"


def test_a_clerk_cannot_count_fewer_than_are_out(events, db, lent, clerk):
    out(db, lent, 4)

    answer = events.post(f"/equipment/{lent.id}/counted", json={"count": 3}, headers=clerk)

    assert answer.json["errors"] == {"count": [{"code": "out_of_range", "min": 4}]}


def test_there_are_never_fewer_than_were_promised(events, db, lent, clerk):
    ask(db, lent, 3)
    ask(db, lent, 2, after=100)
    path = f"/equipment/{lent.id}"

    too_few = events.put(path, json=facts(count=2), headers=seen(clerk, lent_as(events, path, clerk)))
    enough = events.put(path, json=facts(count=3), headers=seen(clerk, lent_as(events, path, clerk)))

    assert too_few.json["errors"] == {"count": [{"code": "promised", "min": 3}]}
    assert enough.json["count"] == 3


def lent_as(events, path: str, headers: dict) -> dict:
    return events.get(path, headers=headers).json


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"ends_at": lambda: now()}, "ends_at", "ends_before_start"),
        ({"ends_at": lambda: now() + timedelta(days=20)}, "ends_at", "lent_too_long"),
        ({"starts_at": lambda: now() - timedelta(hours=2)}, "starts_at", "in_the_past"),
        (
            {"starts_at": lambda: now() + timedelta(days=400), "ends_at": lambda: now() + timedelta(days=401)},
            "starts_at",
            "too_far_ahead",
        ),
        ({"equipment_id": lambda: uuid4()}, "equipment_id", "unknown"),
        ({"troupe_id": lambda: uuid4()}, "troupe_id", "unknown"),
        ({"activity_id": lambda: uuid4()}, "activity_id", "unknown"),
        ({"unit": lambda: "U02"}, "unit", "unknown"),
        ({"purpose": lambda: ""}, "purpose", "length"),
        ({"count": lambda: 0}, "count", "out_of_range"),
    ],
)
def test_a_wish_that_cannot_be_is_said_at_its_field(events, lent, person, token, more, field, code):
    sent = wanted(
        lent, **{name: value().isoformat() if name.endswith("_at") else value() for name, value in more.items()}
    )

    answer = events.post("/loans", json=sent, headers=once(token(person().person_id)))

    assert answer.status_code == 422
    assert [error["code"] for error in answer.json["errors"][field]] == [code]


@pytest.mark.parametrize("back", [{"count": 5}, {"count": 2, "missing": 3}, {"count": 0, "missing": 0}])
def test_more_than_are_out_or_nothing_at_all_cannot_come_back(db, lent, back):
    loan = out(db, lent, 4)

    with pytest.raises(Invalid):
        handing.take_back(db, loan.id, LENDER, condition="good", **back)


def test_what_is_not_lent_at_present_cannot_be_asked_for(events, db, lent, person, token, clerk):
    path, borrower = f"/equipment/{lent.id}", token(person().person_id)
    events.put(path, json=facts(count=5, active=False), headers=seen(clerk, lent))

    assert events.post("/loans", json=wanted(lent), headers=once(borrower)).json["errors"] == {
        "equipment_id": [{"code": "unknown"}]
    }
    assert events.get(path, headers=borrower).status_code == 404
    assert events.get("/equipment", headers=borrower).json["items"] == []
    assert len(events.get("/equipment?lent=true", headers=clerk).json["items"]) == 1


def test_a_troupes_leader_borrows_for_the_troupe(events, db, lent, person, token):
    leader, other = person("团长"), person("团员")
    troupe = troupes.found(db, name="合唱队", leader_id=leader.person_id, unit_id=None, **LOCKED)
    db.commit()

    made = events.post("/loans", json=wanted(lent, troupe_id=str(troupe.id)), headers=once(token(leader.person_id)))
    refused = events.post("/loans", json=wanted(lent, troupe_id=str(troupe.id)), headers=once(token(other.person_id)))

    assert made.json["troupe"]["name"] == "合唱队"
    assert refused.status_code == 422


def test_nobody_else_sees_who_has_something(events, db, lent, person, token, clerk, liaison, unit):
    loan = pass_by(db, out(db, lent, 2, after=0), days=3)
    stranger, lender = token(person("邻居").person_id), liaison(lent.unit)

    assert events.get(f"/loans/{loan.id}", headers=stranger).status_code == 404
    assert events.get("/loans", headers=stranger).json["items"] == []
    assert events.get(f"/equipment/{lent.id}", headers=stranger).json["steward"] is None
    [shown] = events.get("/loans?lent=true&overdue=true", headers=lender).json["items"]
    assert (shown["id"], shown["overdue"], shown["may"]) == (str(loan.id), True, ["take_back"])
    assert events.get("/loans", headers=liaison(unit("U09"))).json["items"] == []


def test_a_step_out_of_turn_is_refused(events, db, lent, clerk):
    loan = ask(db, lent)

    answer = events.post(f"/loans/{loan.id}/out", json={"count": 1}, headers=once(clerk))

    assert (answer.status_code, answer.json["title"]) == (409, "WrongState")


def test_the_slip_has_the_number_and_lines_for_both_to_sign(events, db, lent, clerk, person):
    borrower = person("云秀兰")
    loan = promised(db, lent, 2, person_id=borrower.person_id)

    paper = events.get(f"/loans/{loan.id}/slip", headers=clerk)

    assert paper.status_code == 200
    assert f"<strong>{loan.number}</strong>" in paper.text
    assert paper.text.count("云秀兰") == 2
    assert paper.text.count(lent.unit.name) == 2


def test_a_wish_that_is_withdrawn_frees_what_it_held(events, db, lent, person, token):
    borrower = person()
    loan = ask(db, lent, 5, person_id=borrower.person_id)

    assert events.post(f"/loans/{loan.id}/withdraw", headers=token(borrower.person_id)).json["state"] == "withdrawn"
    assert ask(db, lent, 5).state == "asked"


def test_who_is_refused_after_all_hears_why(db, lent, published):
    loan = promised(db, lent)

    steps.refuse(db, loan.id, LENDER, reason="桌子要修")

    assert published("events.loan_decided.v1")[-1][1]["reason"] == "桌子要修"
