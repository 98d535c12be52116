"""Signing up for others: the desk, a telephone call, a neighbour; the person always hears of it."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.events.domain import sign_ups
from services.events.domain.sign_ups import forgetting
from services.events.models import Guest, Person, SignUp
from shared.crypto import blind
from shared.db import now
from shared.schemas.members import PeopleChanged, PersonErased
from tests.events.conftest import once
from tests.events.places import born, later, rules, sign_up_of

PHONE = "10000000042"


@pytest.fixture
def neighbour(person):
    """A member who can be found by name and number."""
    return person("王奶奶", phone_blind=blind(f"86{PHONE}"))


def test_who_is_signed_up_by_the_desk_hears_by_whom(events, db, hold, person, clerk, published):
    activity, somebody = hold(**later()), person()

    answer = events.put(f"/activities/{activity.id}/sign-ups/{somebody.person_id}", json={"by": "phone"}, headers=clerk)

    assert (answer.json["state"], answer.json["by"]) == ("going", "phone")
    [(_, told)] = published("events.signed_up_for.v1")
    assert (told["person_id"], told["by"], told["by_name"]) == (str(somebody.person_id), "phone", "办事员")
    assert published("events.sign_up_changed.v1") == []


def test_the_unit_names_the_leader(events, db, unit, hold, person, liaison):
    owner, leader = unit(), person()
    activity = hold(owner, sign_up=rules(parts=[{"code": "leader", "most": 1}]), **later())

    answer = events.put(
        f"/activities/{activity.id}/sign-ups/{leader.person_id}", json={"part": "leader"}, headers=liaison(owner)
    )

    assert (answer.json["state"], answer.json["part"]) == ("going", "leader")


def test_another_units_officer_signs_nobody_up(events, unit, hold, person, liaison):
    path = f"/activities/{hold(**later()).id}/sign-ups/{person().person_id}"

    assert events.put(path, json={}, headers=liaison(unit("U03"))).status_code == 403
    assert events.delete(path, headers=liaison(unit("U04"))).status_code == 403


def test_a_stranger_is_not_signed_up_as_a_member(events, hold, clerk):
    answer = events.put(f"/activities/{hold(**later()).id}/sign-ups/{uuid4()}", json={}, headers=clerk)

    assert (answer.status_code, answer.json["title"]) == (409, "NotActive")


def test_a_neighbour_signs_up_a_neighbour_who_hears_of_it(events, db, hold, neighbour, person, token, published):
    activity, helper = hold(**later()), person("小李")

    answer = events.post(
        f"/activities/{activity.id}/neighbours", json={"name": "王奶奶", "phone": PHONE},
        headers=token(helper.person_id),
    )  # fmt: skip

    assert answer.json == {"asked": True}
    assert sign_up_of(db, activity, neighbour.person_id).by == "neighbour"
    [(_, told)] = published("events.signed_up_for.v1")
    assert (told["by_name"], told["person_id"]) == ("小李", str(neighbour.person_id))


@pytest.mark.parametrize(("name", "phone"), [("王奶奶", "10000000043"), ("李奶奶", PHONE), ("小李", "10000000044")])
def test_who_is_no_member_gets_the_same_answer(events, db, hold, neighbour, person, token, name, phone):
    activity = hold(**later())

    answer = events.post(
        f"/activities/{activity.id}/neighbours", json={"name": name, "phone": phone},
        headers=token(person("小李").person_id),
    )  # fmt: skip

    assert (answer.status_code, answer.json) == (200, {"asked": True})
    assert db.query(SignUp).filter_by(activity_id=activity.id).all() == []


def test_rules_answer_the_same_for_members_and_strangers(events, hold, neighbour, person, token):
    path = f"/activities/{hold(sign_up=rules(least_age=60), **later()).id}/neighbours"
    headers = token(person("小李").person_id)

    answers = [
        events.post(path, json={"name": name, "phone": PHONE}, headers=headers).json for name in ("王奶奶", "没有的人")
    ]

    assert answers[0] == answers[1]
    assert answers[0]["errors"] == {"birth_year": [{"code": "required"}]}


def test_who_said_no_is_not_signed_up_again_by_the_same_neighbour(events, db, hold, neighbour, person, token):
    activity, headers = hold(**later()), token(person("小李").person_id)
    path, who = f"/activities/{activity.id}/neighbours", {"name": "王奶奶", "phone": PHONE}
    events.post(path, json=who, headers=headers)
    sign_ups.cancel(db, activity.id, person_id=neighbour.person_id)
    db.commit()

    assert events.post(path, json=who, headers=headers).json == {"asked": True}
    assert sign_up_of(db, activity, neighbour.person_id).state == "cancelled"


def test_a_neighbour_changes_nothing_of_who_signed_up_by_themselves(events, db, hold, neighbour, person, token):
    activity = hold(**later())
    sign_ups.sign_up(db, activity.id, person_id=neighbour.person_id)
    db.commit()

    headers = token(person("小李").person_id)
    events.post(f"/activities/{activity.id}/neighbours", json={"name": "王奶奶", "phone": PHONE}, headers=headers)

    assert sign_up_of(db, activity, neighbour.person_id).by == "self"


def test_members_are_found_by_the_number_that_members_told(db, hear):
    person_id = uuid4()
    facts: dict[str, Any] = {
        "name": "王奶奶",
        "unit_id": None,
        "unit_code": None,
        "unit_name": None,
        "place_code": None,
    }
    facts |= {"zone_code": None, "groups": [], "skills": [], "language": "zh", "phone": f"86{PHONE}", "email": None}

    hear(PeopleChanged, people=[{"person_id": person_id, **facts, "active": True, "changed_at": now()}])

    assert db.get(Person, person_id).phone_blind == blind(f"86{PHONE}")


@pytest.fixture
def guest(events, clerk):
    """Call it to let the desk enter somebody who called."""

    def guest(activity, name: str = "来电的张大爷", **asked):
        path = f"/activities/{activity.id}/guests"
        return events.post(path, json={"name": name, "phone": PHONE, **asked}, headers=once(clerk))

    return guest


def test_a_caller_without_an_account_has_a_seat_like_anybody(events, db, hold, guest, clerk, published):
    activity = hold(capacity=1, **later())

    first, second = guest(activity), guest(activity, "来电的李大妈")

    assert [answer.json["state"] for answer in (first, second)] == ["going", "waiting"]
    shown = events.get(f"/activities/{activity.id}/sign-ups", headers=clerk).json["items"]
    assert [(one["person"]["name"], one["guest"], one["told"]["phone"]) for one in shown] == [
        ("来电的张大爷", True, f"86{PHONE}"), ("来电的李大妈", True, f"86{PHONE}"),
    ]  # fmt: skip
    assert published("events.sign_up_changed.v1") == []


def test_a_guest_who_waits_moves_up_without_being_asked(events, db, hold, guest, person):
    activity, goes = hold(capacity=1, **later()), person()
    sign_ups.sign_up(db, activity.id, person_id=goes.person_id)
    db.commit()
    guest(activity)

    sign_ups.cancel(db, activity.id, person_id=goes.person_id)

    assert db.query(SignUp).filter_by(activity_id=activity.id, guest=True).one().state == "going"


def test_the_rules_hold_for_guests_too(hold, guest):
    activity = hold(sign_up=rules(guardian_under=14), **later())

    assert guest(activity, birth_year=born(8)).json["errors"] == {"guardian": [{"code": "required"}]}


def test_a_number_that_is_none_is_refused(hold, guest):
    assert guest(hold(**later()), phone="12ab").json["errors"] == {"phone": [{"code": "bad_phone"}]}


def test_a_guests_name_and_number_are_sealed_and_forgotten_a_month_after(db, hold, guest, move):
    activity = hold(**later())
    guest(activity)
    kept = db.execute(text("SELECT name, phone FROM events.guests")).one()
    assert all(value.startswith("v1.") for value in kept)
    move(activity, days=-40)

    forgetting.forget_old(db)

    assert db.execute(text("SELECT name, phone FROM events.guests")).one() == (None, None)
    assert db.query(Guest).count() == 1


def test_who_asked_to_be_forgotten_told_us_nothing(db, events, hold, person, clerk, hear):
    activity, somebody = hold(sign_up=rules(least_age=9), **later()), person()
    path = f"/activities/{activity.id}/sign-ups/{somebody.person_id}"
    events.put(path, json={"birth_year": born(44)}, headers=clerk)
    helper = sign_up_of(db, activity, somebody.person_id).by_id

    for forgotten in (somebody.person_id, helper):
        hear(PersonErased, person_id=forgotten, erased_at=now())

    kept = sign_up_of(db, activity, somebody.person_id)
    assert (kept.state, kept.details, kept.asked_id, kept.by_id) == ("cancelled", None, None, None)
    assert db.get(Person, somebody.person_id, populate_existing=True).phone_blind is None
