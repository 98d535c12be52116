"""A resident without an account: a number and a PIN, whichever way they came; held back where it is abuse."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from services.patrol.domain.cases import moving
from services.patrol.domain.cases.numbers import with_check
from services.patrol.models import Case
from shared.db import now

LAMP = {"kind": "lamp", "zone": "C1", "place": "三号楼门口", "words": "灯不亮"}
REACHED = LAMP | {"phone": "13900000001", "name": "贾宝玉", "consent": True}
SOMEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def report(patrol, compound):
    """Call it to report without an account: the answer."""

    def report(words=LAMP, *, id=None, at=SOMEWHERE):
        return patrol.put(f"/public/reports/{id or uuid4()}", json=words, environ_base=at)

    return report


@pytest.fixture
def look(patrol):
    """Call it with a slip to see how it stands."""

    def look(slip, at=SOMEWHERE, **wrong):
        key = {"number": slip["number"], "pin": slip["pin"]} | wrong
        return patrol.post("/public/case", json=key, environ_base=at)

    return look


def wrong_pin(slip) -> str:
    return f"{(int(slip['pin']) + 1) % 1_000_000:06}"


def test_a_resident_sees_by_number_and_pin_how_it_stands_and_nobodys_name(report, look, db, desk):
    slip = report(REACHED).json
    moving.take(db, db.query(Case).one(), by=desk)
    db.commit()

    case = look(slip).json["case"]

    assert (case["state"], case["words"], case["unit"]) == ("in_hand", "灯不亮", None)
    assert [one["step"] for one in case["steps"]] == ["received", "taken"]
    assert not [word for word in ("贾宝玉", "13900000001", "赵启明") if word in look(slip).text]


def test_sent_twice_it_is_one_report_with_the_same_slip(report):
    id = uuid4()

    assert report(id=id).json == report(id=id).json
    assert report(LAMP | {"words": "别的"}, id=id).status_code == 409


def test_five_wrong_pins_close_the_door_for_an_hour_even_to_the_right_one(report, look, later):
    slip = report().json

    tries = [look(slip, pin=wrong_pin(slip)).json["tries_left"] for _ in range(6)]

    assert tries == [4, 3, 2, 1, 0, 0]
    assert look(slip).json == {"case": None, "tries_left": 0}
    later(1.1)
    assert look(slip).json["case"]["number"] == slip["number"]


def test_a_number_that_is_nobodys_answers_as_one_that_is(report, look):
    slip = report().json
    nobodys = {"number": with_check("1000000"), "pin": "000000"}

    there, not_there = look(slip, pin=wrong_pin(slip)), look(nobodys)

    assert not_there.status_code == there.status_code == 200
    assert not_there.json == there.json == {"case": None, "tries_left": 4}
    assert look(slip, number="12345678").json["errors"]["number"] == [{"code": "check_digit"}]


def test_who_tries_many_numbers_from_one_address_is_held_back_there(look):
    numbers = [f"{n:07}" for n in range(1_000_000, 1_000_040)]

    left = [look({"number": with_check(n), "pin": "123456"}).json["tries_left"] for n in numbers]

    assert left[:25] == [4] * 25
    assert left[30:] == [0] * 10


def test_of_very_many_reports_from_one_address_twenty_an_hour_are_taken(report, db, look):
    answers = [report(LAMP | {"place": f"{n}号楼"}) for n in range(100)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 80
    assert answers[20].headers["Retry-After"] == "3600"
    assert db.scalar(text("SELECT count(*) FROM patrol.cases")) == 20
    assert report(LAMP | {"place": "别处"}, at={"REMOTE_ADDR": "203.0.113.8"}).status_code == 200


def test_a_number_is_not_flooded_by_whoever_knows_it(report, published, db, desk):
    answers = [report(REACHED | {"place": f"{n}号楼"}, at={"REMOTE_ADDR": f"203.0.113.{n}"}) for n in range(8)]
    for case in db.query(Case):
        moving.take(db, case, by=desk)
    db.commit()

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    told = [facts for _, facts in published("patrol.case_reporter_reached%")]
    assert len(told) == 5
    assert not [facts for facts in told if "13900000001" in str(facts) or "灯不亮" in str(facts)]


def test_name_and_number_only_with_consent_and_sealed(report, db):
    refused = report(REACHED | {"consent": False})
    report(REACHED)

    assert refused.json["errors"] == {"consent": [{"code": "consent_required"}]}
    kept = db.scalars(text("SELECT contact FROM patrol.case_reports")).all()
    assert len(kept) == 1
    assert "贾宝玉" not in kept[0]


def test_ninety_days_after_the_end_nobody_can_be_reached_any_more(report, db, desk, tick):
    report(REACHED)
    moving.close(db, db.query(Case).one(), by=desk, words="看过了")
    db.execute(text("UPDATE patrol.cases SET ended_at = ended_at - interval '91 days'"))

    tick("patrol", "forget_what_is_over")

    assert db.scalars(text("SELECT contact FROM patrol.case_reports")).all() == [None]


def test_by_telephone_and_on_paper_they_get_the_same(patrol, token, desk, look, compound, db):
    told = REACHED | {"channel": "phone", "severity": "urgent"}

    slip = patrol.put(f"/case-reports/{uuid4()}", json=told, headers=token(desk)).json

    assert look(slip).json["case"]["state"] == "received"
    assert db.query(Case).one().severity == "urgent"
    new = patrol.post(f"/case-reports/{slip['number']}/slip", headers=token(desk)).json
    assert look(slip).json["case"] is None
    assert look(new).json["case"]["number"] == slip["number"]
    contact = patrol.get(f"/case-reports/{slip['number']}/contact", headers=token(desk)).json
    assert contact == {"name": "贾宝玉", "phone": "8613900000001"}


def test_an_old_book_is_taken_down_as_it_was_and_nobody_is_told(patrol, token, desk, compound, published, db):
    reported, fixed = now().replace(microsecond=0, day=1), now().replace(microsecond=0)
    settled = {"fixed_at": fixed.isoformat(), "words": "换了灯泡", "confirmed": True}
    told = LAMP | {"channel": "paper", "reported_at": reported.isoformat(), "settled": settled}

    answer = patrol.put(f"/case-reports/{uuid4()}", json=told, headers=token(desk))
    bad = told | {"settled": settled | {"fixed_at": "2001-01-01T00:00:00Z"}}
    refused = patrol.put(f"/case-reports/{uuid4()}", json=bad, headers=token(desk))

    assert answer.status_code == 200, answer.json
    case = db.query(Case).one()
    assert (case.state, case.opened_at, case.ended_at) == ("confirmed", reported, fixed)
    assert sorted(step.at for step in case.steps) == [reported, fixed, fixed]
    assert published("patrol.%") == []
    assert refused.json["errors"] == {"settled.fixed_at": [{"code": "out_of_range"}]}


def test_a_resident_says_by_the_slip_that_it_is_not_fixed(report, patrol, db, desk):
    slip = report().json
    moving.fix(db, db.query(Case).one(), by=desk, words="换了灯泡")
    db.commit()

    word = {"number": slip["number"], "pin": slip["pin"], "fixed": False, "words": "还是黑的"}
    answer = patrol.put("/public/case/confirmation", json=word, environ_base=SOMEWHERE).json

    assert answer["case"]["state"] == "reopened"


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "dispute"}, {"place": ""}, {"zone": "C9"}, {"phone": "123", "consent": True}, {"words": "x" * 1001}],
)
def test_what_cannot_be_is_said_at_its_field(report, wrong):
    answer = report(LAMP | wrong)

    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {next(iter(wrong))}
