"""The work on a plan: stopped, taken up again after a crash, not done twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.patrol.domain.planning import asking, working
from services.patrol.models import Plan
from shared.db import now
from tests.conftest import COMMITTEE
from tests.patrol.planning.conftest import MONDAY


def test_a_plan_is_stopped_between_two_weeks_and_keeps_what_it_has(db, squad_of, evenings, api, clerk):
    squad, _ = squad_of(6)
    evenings(squad)
    plan = asking.ask(db, starts_on=MONDAY, weeks=3, by=clerk)
    db.commit()

    def solver(problem):
        for number, week in enumerate(problem["weeks"]):
            if number == 1:
                assert api("POST", f"/roster-plans/{plan.id}/stop").status_code == 200
            yield {"chosen": [], "solved": {"slots": len(week)}}

    working.work(COMMITTEE, plan.id, solver)

    row = db.get(Plan, plan.id, populate_existing=True)
    assert (row.state, row.weeks_done) == ("stopped", 1)


def test_work_that_a_crash_left_lying_goes_on_and_fails_after_three_tries(
    db, squad_of, evenings, clerk, tick, published
):
    squad, _ = squad_of(6)
    evenings(squad)
    plan = asking.ask(db, starts_on=MONDAY, weeks=1, by=clerk)
    plan.state, plan.touched_at, plan.starts = "running", now() - timedelta(minutes=5), 2
    db.commit()

    tick("patrol", "resume_silent_plans")
    assert len(published("patrol.roster_asked%")) == 2

    row = db.get(Plan, plan.id, populate_existing=True)
    row.touched_at, row.starts = now() - timedelta(minutes=5), 3
    db.commit()
    tick("patrol", "resume_silent_plans")
    assert db.get(Plan, plan.id, populate_existing=True).state == "failed"


def test_a_plan_under_way_is_not_changed_by_hand_and_a_worker_called_twice_works_once(
    db, squad_of, evenings, api, clerk
):
    squad, people = squad_of(6)
    evenings(squad)
    plan = asking.ask(db, starts_on=MONDAY, weeks=1, by=clerk)
    db.commit()

    answer = api("PUT", f"/roster-plans/{plan.id}/slots/1", {"crew": [str(people[0])]})

    assert answer.json["title"] == "PlanUnderWay"
    row = db.get(Plan, plan.id, populate_existing=True)
    row.state = "done"
    db.commit()
    working.work(COMMITTEE, plan.id, lambda problem: pytest.fail("nobody waits for it"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"min_crew": 1}, "min_crew"),
        ({"min_crew": 4, "max_crew": 3}, "max_crew"),
        ({"weekdays": []}, "weekdays"),
        ({"starts": "7 o'clock"}, "starts"),
        ({"season_from": "13-01", "season_until": "04-15"}, "season_from"),
        ({"season_from": "10-15"}, "season_until"),
        ({"squad_id": str(uuid4())}, "squad_id"),
    ],
)
def test_a_template_that_cannot_be_meant_is_refused_at_its_field(squad, api, wrong, field):
    facts = {"squad_id": str(squad.id), "weekdays": [1], "starts": "19:00", "minutes": 60}

    answer = api("PUT", f"/roster-patterns/{uuid4()}", facts | wrong)

    assert answer.status_code == 422
    assert next(iter(answer.json["errors"])).startswith(field)
