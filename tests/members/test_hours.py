"""The account of hours: what is credited, taken back, put right by two people; and who may look."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.members.domain import hours
from services.members.domain.days import today
from services.members.models import Hours
from shared import db as database
from shared.db import now
from shared.outbox import publish
from shared.schemas.events import AttendanceCredited, AttendanceWithdrawn
from tests.members.conftest import KEY


def activity() -> dict:
    ended = now() - timedelta(hours=1)
    return {
        "activity_id": uuid4(), "title": "健康讲座", "unit_id": uuid4(), "unit_name": "卫生站", "place": "大讲堂",
        "starts_at": ended - timedelta(hours=2), "ends_at": ended, "reach": "all",
    }  # fmt: skip


@pytest.fixture
def hear(db, settle):
    """Call it to let events publish something, and members hear it."""

    def hear(event, **facts) -> None:
        db.commit()
        with database.transaction("events") as tx:
            publish(tx, event, **facts)
        settle()
        db.expire_all()

    return hear


@pytest.fixture
def credit(hear):
    def credit(held: dict, *people, minutes: int = 120, provenance: str = "measured", **facts) -> None:
        ids = [one.id for one in people]
        hear(AttendanceCredited, **held, person_ids=ids, minutes=minutes, provenance=provenance, **facts)

    return credit


def account(members, path: str, headers) -> dict:
    return members.get(path, headers=headers).json


def test_who_was_there_sees_it_in_their_account(members, person, token, credit):
    somebody = person("王秀英")
    credit(activity(), somebody)
    credit(activity(), somebody, minutes=30, provenance="paper")

    mine = account(members, "/me/hours", token(somebody.id))

    assert sorted((one["minutes"], one["provenance"], one["title"]) for one in mine["items"]) == [
        (30, "paper", "健康讲座"), (120, "measured", "健康讲座"),
    ]  # fmt: skip
    assert sum(year["minutes"] for year in mine["years"]) == 150


def test_credited_twice_counts_once_and_the_later_minutes_count(members, person, token, credit):
    somebody, held = person("王秀英"), activity()
    credit(held, somebody)
    credit(held, somebody, minutes=90)

    assert [one["minutes"] for one in account(members, "/me/hours", token(somebody.id))["items"]] == [90]


def test_what_is_taken_back_is_gone_and_can_be_credited_again(members, person, token, credit, hear):
    somebody, held = person("王秀英"), activity()
    credit(held, somebody)
    hear(AttendanceWithdrawn, **held, person_ids=[somebody.id])
    assert account(members, "/me/hours", token(somebody.id)) == {"items": [], "next": None, "years": []}

    credit(held, somebody, minutes=45)

    assert [one["minutes"] for one in account(members, "/me/hours", token(somebody.id))["items"]] == [45]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([0, 1, 2, 3]))
def test_in_whatever_order_the_news_comes_the_last_of_it_counts(db, person, order):
    somebody, held, moment = person("王秀英"), activity(), now()
    news = [("credit", 10), ("back", 0), ("credit", 20), ("credit", 30)]

    for n in order:
        event = database_event(held, somebody, moment + timedelta(seconds=n), news[n][1])
        (hours.credit if news[n][0] == "credit" else hours.take_back)(db, event)

    [kept] = db.query(Hours).filter_by(person_id=somebody.id).populate_existing().all()
    assert (kept.minutes, kept.state) == (30, "counted")


def database_event(held: dict, somebody, at, minutes: int):
    from types import SimpleNamespace

    return SimpleNamespace(**held, person_ids=[somebody.id], minutes=minutes, provenance="measured", occurred_at=at)


def test_somebody_whom_members_does_not_know_is_passed_over(db, person, hear):
    somebody = person("王秀英")

    hear(AttendanceCredited, **activity(), person_ids=[uuid4(), somebody.id], minutes=60, provenance="measured")

    assert db.query(Hours).count() == 1


def test_the_home_branch_sees_what_its_members_gave_and_other_branches_do_not(members, person, unit, signed_in, credit):
    home, other = unit("U02"), unit("U03")
    somebody = person("王秀英", unit=home)
    credit(activity(), somebody)
    path = f"/people/{somebody.id}/hours"

    assert members.get(path, headers=signed_in("clerk")).status_code == 200
    assert len(account(members, path, signed_in("liaison", unit=home))["items"]) == 1
    assert members.get(path, headers=signed_in("liaison", unit=other)).status_code == 404
    assert members.get(path, headers=signed_in(None)).status_code == 403
    sums = account(members, f"/units/{home.id}/hours", signed_in("liaison", unit=home))["years"]
    assert [(year["minutes"], year["people"]) for year in sums] == [(120, 1)]
    assert members.get(f"/units/{home.id}/hours", headers=signed_in("liaison", unit=other)).status_code == 403


def test_the_branch_of_that_time_keeps_what_was_given_for_it(db, members, person, unit, signed_in, credit):
    before, after = unit("U02"), unit("U03")
    somebody = person("王秀英", unit=before)
    credit(activity(), somebody)
    db.execute(text("UPDATE members.people SET unit_id = :to"), {"to": after.id})

    assert account(members, f"/units/{before.id}/hours", signed_in("clerk"))["years"][0]["minutes"] == 120
    assert account(members, f"/units/{after.id}/hours", signed_in("clerk"))["years"] == []


@pytest.fixture
def propose(members):
    """Call it to let a clerk put somebody's account right."""

    def propose(somebody, headers, **facts):
        body = {"on": today().isoformat(), "minutes": 60, "note": "补记社区清雪", **facts}
        return members.post(f"/people/{somebody.id}/hours", json=body, headers={**headers, KEY: str(uuid4())})

    return propose


def test_an_adjustment_counts_once_a_second_clerk_has_looked_at_it(members, person, signed_in, token, propose):
    somebody, first, second = person("王秀英"), signed_in("clerk"), signed_in("clerk")
    made = propose(somebody, first).json
    assert made["state"] == "proposed"
    assert account(members, "/me/hours", token(somebody.id))["years"] == []
    assert [one["id"] for one in account(members, "/hours", second)["items"]] == [made["id"]]

    answers = [members.post(f"/hours/{made['id']}/confirm", headers=second) for _ in range(2)]

    assert [answer.json["state"] for answer in answers] == ["counted", "counted"]
    assert account(members, "/me/hours", token(somebody.id))["years"][0]["minutes"] == 60
    assert account(members, "/hours", second)["items"] == []


def test_nobody_confirms_their_own_proposal_or_their_own_hours(members, person, signed_in, grant, token, propose):
    first, herself = signed_in("clerk"), person("也是干事")
    grant(herself.id, "clerk")
    made = propose(herself, first).json

    for headers in (first, token(herself.id)):
        answer = members.post(f"/hours/{made['id']}/confirm", headers=headers)
        assert (answer.status_code, answer.json["title"]) == (409, "SecondPersonNeeded")


def test_the_database_itself_refuses_an_adjustment_by_one_person(db, person):
    somebody, one = person("王秀英"), uuid4()
    db.add(
        Hours(person_id=somebody.id, title="x", on=today(), minutes=5, provenance="adjusted", state="counted", by=one,
              second_by=one)
    )  # fmt: skip

    with pytest.raises(Exception, match="hours_two_people"):
        db.flush()


def test_what_was_refused_is_not_confirmed_later(members, person, signed_in, propose):
    made = propose(person("王秀英"), signed_in("clerk")).json
    second = signed_in("clerk")
    members.post(f"/hours/{made['id']}/refuse", headers=second)

    answer = members.post(f"/hours/{made['id']}/confirm", headers=second)

    assert (answer.status_code, answer.json["state"]) == (409, "refused")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"minutes": 0}, "minutes"), ({"minutes": 1441}, "minutes"), ({"note": ""}, "note"),
        ({"on": "2099-01-01"}, "on"),
    ],
)  # fmt: skip
def test_an_adjustment_that_makes_no_sense_is_refused_at_its_field(person, signed_in, propose, facts, field):
    answer = propose(person("王秀英"), signed_in("clerk"), **facts)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_time_can_be_taken_away_by_two_people_too(members, person, signed_in, token, propose, credit):
    somebody = person("王秀英")
    credit(activity(), somebody)
    made = propose(somebody, signed_in("clerk"), minutes=-20).json

    members.post(f"/hours/{made['id']}/confirm", headers=signed_in("clerk"))

    assert sum(year["minutes"] for year in account(members, "/me/hours", token(somebody.id))["years"]) == 100


def test_the_account_comes_in_pages_the_latest_day_first(members, person, signed_in, token, propose):
    somebody, one, two = person("王秀英"), signed_in("clerk"), signed_in("clerk")
    for day in ("2025-03-01", "2025-05-01", "2025-04-01"):
        members.post(f"/hours/{propose(somebody, one, on=day).json['id']}/confirm", headers=two)
    headers = token(somebody.id)

    first = account(members, "/me/hours?limit=2", headers)
    rest = account(members, f"/me/hours?limit=2&cursor={first['next']}", headers)

    assert [entry["on"] for entry in first["items"] + rest["items"]] == ["2025-05-01", "2025-04-01", "2025-03-01"]
    assert (rest["next"], first["years"]) == (None, [{"year": 2025, "minutes": 180}])


def test_who_asked_to_be_forgotten_has_minutes_and_no_notes(db, person, signed_in, propose):
    somebody = person("王秀英")
    propose(somebody, signed_in("clerk"), note="王秀英家门口清雪")

    hours.forget(db, somebody.id)

    kept = db.query(Hours).populate_existing().one()
    assert (kept.minutes, kept.note, kept.title) == (60, "", "")
