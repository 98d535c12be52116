"""Who may be on a crew, and what volunteers say of themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from services.patrol.models import Crew, Shift, Volunteer
from shared.db import now

FREE = [{"weekday": 2, "from": "18:00", "until": "22:00"}]


@pytest.fixture
def headers(token):
    return lambda person_id, **more: token(person_id) | more


@pytest.fixture
def tomorrow(squad):
    """Call it with people for what plans their shift of tomorrow."""

    def tomorrow(*crew):
        begins = now() + timedelta(days=1)
        times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=2)).isoformat()}
        return {"squad_id": str(squad.id), "crew": [str(one) for one in crew], **times}

    return tomorrow


@pytest.fixture
def planned(patrol, headers, tomorrow):
    """Call it with a planner and people for the answer to planning their shift."""

    def planned(by, *crew):
        return patrol.post("/shifts", json=tomorrow(*crew), headers=headers(by, **{"Idempotency-Key": "k" * 12}))

    return planned


@pytest.mark.parametrize(
    ("papers", "codes"),
    [
        ({"trained_until": None}, ["not_trained"]),
        ({"insured_until": now().date() - timedelta(days=1)}, ["not_insured"]),
        ({"trained_until": now().date(), "insured_until": None}, ["not_trained", "not_insured"]),
    ],
)
def test_nobody_is_planned_without_valid_papers_and_it_is_said_who(person, leader, planned, papers, codes):
    new = person("何雨桐", **papers)

    answer = planned(leader, leader, new)

    assert answer.status_code == 422
    errors = answer.json["errors"]["crew"]
    assert [(error["code"], error["person"]) for error in errors] == [(code, "何雨桐") for code in codes]


def test_postgres_itself_refuses_a_crew_without_papers_even_by_hand(db, plan, person):
    shift = plan(60 * 24)
    untrained = person("何雨桐", trained_until=now().date())
    by_hand = "INSERT INTO patrol.shift_crew (shift_id, person_id, role, stand_in) VALUES (:s, :p, 'member', false)"

    with pytest.raises(IntegrityError, match="not trained"), db.begin_nested():
        db.execute(text(by_hand), {"s": shift.id, "p": untrained})
    db.execute(text("UPDATE patrol.volunteers SET insured_until = :t"), {"t": now().date()})
    with pytest.raises(IntegrityError, match="not insured"), db.begin_nested():
        db.execute(text("UPDATE patrol.shifts SET ends_at = ends_at + interval '2 days'"))


def test_a_shift_does_not_move_beyond_the_papers_of_its_crew(db, plan, walker, leader, patrol, headers):
    shift = plan(60)
    db.get(Volunteer, walker).insured_until = (now() + timedelta(days=2)).date()
    db.commit()
    later = now() + timedelta(days=5)
    times = {"starts_at": later.isoformat(), "ends_at": (later + timedelta(hours=1)).isoformat()}

    answer = patrol.patch(f"/shifts/{shift.id}", json=times, headers=headers(leader, **{"If-Match": "*"}))

    assert answer.json["errors"]["crew"][0]["code"] == "not_insured"


def test_papers_that_end_sooner_take_their_owner_off_the_shifts_after(
    db, plan, walker, companion, clerk, patrol, headers, published
):
    soon, later = plan(60), plan(60 * 24 * 10)
    papers = dict.fromkeys(("trained_until", "insured_until"), (now() + timedelta(days=3)).date().isoformat())

    answer = patrol.put(f"/volunteers/{walker}", json=papers, headers=headers(clerk, **{"If-Match": "*"}))

    assert answer.status_code == 200
    ids = (soon.id, later.id)
    crews = {one: set(db.scalars(select(Crew.person_id).where(Crew.shift_id == one))) for one in ids}
    assert crews == {soon.id: {walker, companion}, later.id: {companion}}
    [(_, told)] = published("patrol.shift_cancelled%")
    assert (told["shift_id"], told["person_ids"]) == (str(later.id), [str(walker)])


def test_what_somebody_says_of_themselves_is_theirs_and_limits_need_consent(db, walker, clerk, patrol, headers):
    mine = headers(walker)
    said = {"free": FREE, "max_a_week": 3, "limits": {"no_cold": True}}

    refused = patrol.put("/me/volunteer", json=said, headers=mine)
    kept = patrol.put("/me/volunteer", json=said | {"consent": True}, headers=mine)

    assert refused.json["errors"] == {"consent": [{"code": "consent_required"}]}
    assert kept.json["limits"]["no_cold"]
    assert kept.json["free"] == FREE
    sealed = db.scalar(text("SELECT limits FROM patrol.volunteers WHERE person_id = :id"), {"id": walker})
    assert sealed.startswith("v1."), "limits are not readable in the database"
    line = patrol.get(f"/volunteers/{walker}", headers=headers(clerk)).json
    assert "limits" not in line
    assert line["stated"]


def test_what_was_said_is_taken_back_and_papers_stay(db, walker, patrol, headers):
    said = {"free": FREE, "limits": {"no_late": True}, "consent": True}
    patrol.put("/me/volunteer", json=said, headers=headers(walker))

    patrol.delete("/me/volunteer", headers=headers(walker))

    mine = patrol.get("/me/volunteer", headers=headers(walker)).json
    assert (mine["limits"], mine["free"], mine["consented_at"]) == (None, [], None)
    assert mine["trained_until"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"free": [{"weekday": 8, "from": "18:00", "until": "19:00"}]},
        {"free": [{"weekday": 1, "from": "25:00", "until": "26:00"}]},
        {"free": [{"weekday": 1, "from": "20:00", "until": "19:00"}]},
        {"max_a_week": 0},
        {"limits": {"diagnosis": "x"}, "consent": True},
    ],
)
def test_what_cannot_be_meant_is_refused(walker, patrol, headers, wrong):
    assert patrol.put("/me/volunteer", json=wrong, headers=headers(walker)).status_code == 422


def test_the_clerk_sees_whose_papers_are_due_by_name_and_nothing_else_orders_them(
    db, squad, leader, walker, companion, clerk, patrol, headers
):
    db.get(Volunteer, companion).trained_until = (now() + timedelta(days=20)).date()
    db.commit()

    due = patrol.get("/volunteers?due=true", headers=headers(clerk)).json["items"]
    everybody = patrol.get(f"/volunteers?squad={squad.id}", headers=headers(clerk)).json["items"]

    assert [line["name"] for line in due] == ["高秀英"]
    assert {line["person_id"] for line in everybody} == {str(leader), str(walker), str(companion)}
    assert db.scalar(select(Shift.id)) is None
