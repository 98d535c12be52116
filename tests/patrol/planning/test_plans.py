"""A plan of the roster: fair, explained, put right by hand, and honest about what is missing."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import select

from services.patrol.domain import local_time
from services.patrol.models import Crew, Shift, Volunteer
from shared.db import now
from tests.patrol.planning.conftest import MONDAY


@pytest.fixture
def planned(api, settle):
    """Call it for a plan of some weeks, worked out."""

    def planned(weeks=2, first: date = MONDAY):
        made = api("POST", "/roster-plans", {"from": first.isoformat(), "weeks": weeks})
        assert made.status_code == 202, made.json
        settle()
        return api("GET", f"/roster-plans/{made.json['id']}").json

    return planned


def crews(plan):
    return {slot["number"]: {place["person_id"] for place in slot["places"]} for slot in plan["slots"]}


def turns(plan):
    return Counter(person for crew in crews(plan).values() for person in crew)


def test_a_plan_fills_every_slot_with_two_from_two_units_and_spreads_the_turns(squad_of, evenings, planned):
    squad, people = squad_of(9)
    evenings(squad)

    plan = planned(weeks=3)

    assert (plan["state"], plan["progress"], len(plan["slots"])) == ("done", 100, 12)
    assert all(slot["missing"] == 0 and slot["gaps"] == {} for slot in plan["slots"])
    assert all(len({place["unit_name"] for place in slot["places"]}) == 2 for slot in plan["slots"])
    spread = [turns(plan)[str(one)] for one in people]
    assert max(spread) - min(spread) <= 1
    assert all(week["optimal"] for week in plan["solved"])


def test_nobody_walks_twice_without_rest_or_more_often_than_they_want(db, squad_of, evenings, planned):
    squad, people = squad_of(6)
    evenings(squad, weekdays=[1, 2, 3, 4, 5, 6, 7], minutes=60)
    for one in people:
        db.get(Volunteer, one).min_rest_hours = 40
    db.commit()

    plan = planned(weeks=2)

    times = defaultdict(list)
    for slot in plan["slots"]:
        for place in slot["places"]:
            times[place["person_id"]].append(local_time.datetime.fromisoformat(slot["starts_at"]))
    for mine in times.values():
        assert all(later - earlier >= timedelta(hours=41) for earlier, later in pairwise(mine))
        assert max(Counter(local_time.monday_of(one) for one in mine).values()) <= 2


def test_what_people_walked_lately_counts_and_the_reason_says_so(db, squad_of, evenings, planned):
    squad, people = squad_of(6)
    evenings(squad, weekdays=[3])
    for weeks in range(1, 5):
        begins = local_time.at(MONDAY - timedelta(weeks=weeks), "19:00")
        shift = Shift(squad=squad, starts_at=begins, ends_at=begins + timedelta(hours=2), state="ended")
        shift.crew = [Crew(person_id=one, role="member", stand_in=False) for one in people[:3]]
        db.add(shift)
    db.commit()

    [slot] = planned(weeks=1)["slots"]

    chosen = {place["person_id"] for place in slot["places"]}
    assert not chosen & {str(one) for one in people[:3]}
    [turn] = [why for why in slot["places"][0]["why"] if why["code"].startswith("few_")]
    assert (turn["had"], turn["usual"]) == (0, 2)


def test_free_times_and_stated_limits_are_kept_to_and_limits_of_nobody_are_told(db, squad_of, evenings, planned, api):
    squad, people = squad_of(3)
    evenings(squad, weekdays=[2], cold=True, season_from="01-01", season_until="12-31", starts="21:00")
    db.get(Volunteer, people[0]).free = [{"weekday": 2, "from": "20:00", "until": "24:00"}]
    db.get(Volunteer, people[1]).free = [{"weekday": 3, "from": "20:00", "until": "24:00"}]
    db.get(Volunteer, people[2]).limits, db.get(Volunteer, people[2]).consented_at = {"no_late": True}, now()
    db.commit()

    plan = planned(weeks=1)
    by_hand = api("PUT", f"/roster-plans/{plan['id']}/slots/1", {"crew": [str(people[1]), str(people[2])]})

    [slot] = plan["slots"]
    assert [place["person_id"] for place in slot["places"]] == [str(people[0])]
    assert slot["places"][0]["why"][0] == {"code": "free_then", "weekday": 2, "from": "20:00", "until": "24:00"}
    assert slot["gaps"]["missing"] == [{"code": "people", "people": 1}]
    assert {(one["code"], one["people"]) for one in slot["gaps"]["against"]} == {("not_free", 1), ("stated_limits", 1)}
    mates = [one for one in slot["gaps"]["ease"] if one["code"] != "stand_in"]
    assert [(one["code"], one["person_id"]) for one in mates] == [("ask_other_time", str(people[1]))]
    beside_names = [[why["code"] for why in place["why"]] for place in by_hand.json["slots"][0]["places"]]
    assert beside_names == [["fixed_by_hand", "not_free"]] * 2  # a limit looks like any time that does not suit


def test_a_roster_that_cannot_be_filled_says_what_is_missing_and_the_smallest_relaxations(
    db, person, squad_of, evenings, planned
):
    squad, people = squad_of(4)
    evenings(squad, weekdays=[2], min_crew=3)
    stranger = person("外队")
    db.get(Volunteer, people[2]).trained_until = MONDAY
    db.get(Volunteer, people[3]).insured_until = None
    db.get(Volunteer, people[3]).trained_until = None
    db.commit()

    [slot] = planned(weeks=1)["slots"]

    eases = {(one["code"], one.get("person_id"), one.get("to")) for one in slot["gaps"]["ease"]}
    assert slot["missing"] == 1
    assert ("extend_training", str(people[2]), None) in eases
    assert ("min_crew", None, 2) in eases
    assert ("stand_in", str(stranger), None) in eases
    assert not any(person_id == str(people[3]) for _, person_id, _ in eases), "two things speak against them"


def test_hand_made_choices_stay_and_a_second_try_changes_as_little_as_it_can(
    db, squad_of, evenings, planned, api, settle
):
    squad, _ = squad_of(9)
    evenings(squad)
    plan = planned()
    by_hand = sorted(crews(plan)[1])
    fixed = api("PUT", f"/roster-plans/{plan['id']}/slots/1", {"crew": by_hand})
    assert fixed.status_code == 200, fixed.json
    gone = next(person for crew in crews(plan).values() for person in sorted(crew - set(by_hand)))
    db.get(Volunteer, UUID(gone)).trained_until = None
    db.commit()

    api("POST", f"/roster-plans/{plan['id']}/replan")
    settle()
    again = api("GET", f"/roster-plans/{plan['id']}").json

    assert crews(again)[1] == set(by_hand)
    assert again["slots"][0]["places"][0]["why"][0] == {"code": "fixed_by_hand"}
    before, after = crews(plan), crews(again)
    held = {number: crew for number, crew in before.items() if gone not in crew}
    assert {number: after[number] for number in held} == held
    assert not any(gone in crew for crew in after.values())


def test_nobody_is_fixed_without_papers_and_what_else_speaks_against_it_is_said(db, squad_of, evenings, planned, api):
    squad, people = squad_of(4)
    evenings(squad, weekdays=[2])
    plan = planned(weeks=1)
    db.get(Volunteer, people[0]).insured_until = None
    db.get(Volunteer, people[1]).free = [{"weekday": 7, "from": "08:00", "until": "09:00"}]
    db.commit()
    path = f"/roster-plans/{plan['id']}/slots/1"

    refused = api("PUT", path, {"crew": [str(people[0])]})
    taken = api("PUT", path, {"crew": [str(people[1]), str(people[2])]})

    assert refused.json["errors"]["crew"][0]["code"] == "not_insured"
    whys = {place["person_id"]: [why["code"] for why in place["why"]] for place in taken.json["slots"][0]["places"]}
    assert whys[str(people[1])] == ["fixed_by_hand", "not_free"]


def test_publishing_makes_shifts_and_tells_everybody_once(db, squad_of, evenings, planned, api, published):
    squad, _ = squad_of(8)
    evenings(squad)
    plan = planned()

    answer = api("POST", f"/roster-plans/{plan['id']}/publish")

    assert answer.json["state"] == "published"
    shifts = db.scalars(select(Shift).where(Shift.squad_id == squad.id)).all()
    assert {shift.id for shift in shifts} == {UUID(slot["shift_id"]) for slot in answer.json["slots"]}
    told = [facts for _, facts in published("patrol.roster_published%")]
    assert Counter(facts["person_id"] for facts in told) == Counter(turns(plan).keys())
    assert {facts["person_id"]: len(facts["shifts"]) for facts in told} == turns(plan)
    assert not published("patrol.shift_assigned%")
    assert api("POST", f"/roster-plans/{plan['id']}/publish").status_code == 409


def test_a_plan_that_the_roster_has_overtaken_is_not_published(db, squad_of, evenings, planned, api):
    squad, _ = squad_of(8)
    evenings(squad, weekdays=[1])
    plan = planned(weeks=1)
    slot = plan["slots"][0]
    begins = local_time.datetime.fromisoformat(slot["starts_at"])
    other = Shift(squad=squad, starts_at=begins + timedelta(minutes=30), ends_at=begins + timedelta(hours=1))
    other.crew = [Crew(person_id=UUID(slot["places"][0]["person_id"]), role="leader", stand_in=False)]
    db.add(other)
    db.commit()

    answer = api("POST", f"/roster-plans/{plan['id']}/publish")

    assert (answer.status_code, answer.json["title"], answer.json["slots"]) == (409, "PlanOutdated", [1])


def test_what_stands_on_the_roster_is_not_planned_again(db, squad_of, evenings, planned, api):
    squad, _ = squad_of(8)
    evenings(squad)
    api("POST", f"/roster-plans/{planned()['id']}/publish")

    nothing = api("POST", "/roster-plans", {"from": MONDAY.isoformat(), "weeks": 2})

    assert nothing.json["errors"] == {"from": [{"code": "nothing_to_plan"}]}
