"""The demo set, as whoever starts the product for the first time finds it: what its description promises is there."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from demo.equipment import EQUIPMENT
from demo.feedback import ANSWERS, SLIPS
from demo.hall import LECTURES, TOPICS
from demo.hours import TITLE, VOLUNTEER
from demo.jobs import JOBS
from demo.lists import PROJECTS
from demo.needs import CLAIMED, MATCHED, ON_THEIR_OWN, TO_CHECK, WISHES
from demo.offers import OFFERS
from demo.roster import COLD, COLD_DAYS, STAND_INS, WEEKS
from demo.series import SERIES
from demo.together import COLD as COLD_WAVE
from demo.together import DRILLS
from demo.troupes import TROUPES
from demo.venues import VENUES
from demo.way import CHECKLISTS, KEY_AREAS
from tests.stack import SECRETARY, until

NEEDS = {*(line.title for line in (*MATCHED, *ON_THEIR_OWN)), *(wish[0] for wish in (*WISHES, CLAIMED)), TO_CHECK[0]}


@pytest.fixture
def secretary(who):
    return who(SECRETARY)


@pytest.fixture
def every(secretary):
    """Call it with a path for all items of a list."""

    def every(path: str, **query) -> list[dict]:
        items, cursor = [], None
        while True:
            found = secretary.get(path, limit=200, **query, **({"cursor": cursor} if cursor else {}))
            items += found["items"]
            if not (cursor := found.get("next")):
                return items

    return every


def test_three_lists_with_forty_one_matches_that_the_matcher_found(every, secretary):
    needs = [need for need in every("/events/needs") if need["title"] in NEEDS]
    ours = {line.title for line in OFFERS}

    def matches() -> int:
        found = [one for need in needs for one in secretary.get(f"/events/needs/{need['id']}/matches")["items"]]
        return sum(one["offer"]["title"] in ours for one in found)

    assert len(needs) == 58
    assert len([offer for offer in every("/events/offers") if offer["title"] in ours]) == 73
    assert until(lambda: matches() == 41)
    titles = NEEDS | {title for _, title, *_ in PROJECTS}
    assert len([project for project in every("/events/projects") if project["title"] in titles]) == 33


def test_wishes_come_true_by_the_residents_word(every):
    brought = {wish[0] for wish in WISHES}
    states = Counter(need["state"] for need in every("/events/needs", kind="wish") if need["title"] in brought)

    assert states == {"closed": 22, "met": 2}


def test_a_term_of_lectures_is_published_where_the_hall_is_free(every, secretary):
    [named] = [term for term in every("/events/terms") if term["name"].startswith("三顺讲堂")]
    slots = secretary.get(f"/events/terms/{named['id']}")["slots"]
    lectures = [slot for slot in slots if slot["activity_id"]]

    assert len(lectures) == LECTURES
    assert {slot["topic"]["code"] for slot in lectures} <= {code for code, *_ in TOPICS}
    assert all(slot["why"] for slot in slots)


def test_whoever_was_there_has_the_hours_and_others_wait_for_a_second_clerk(every, secretary):
    [volunteer] = [person for person in every("/members/people", q=VOLUNTEER) if person["name"] == VOLUNTEER]

    def credited() -> bool:
        account = secretary.get(f"/members/people/{volunteer['id']}/hours")["items"]
        return (TITLE, "counted") in [(one["title"], one["state"]) for one in account]

    assert until(credited)
    assert len(every("/members/hours")) >= 2


def test_eight_weeks_of_shifts_that_the_planner_made_with_stand_ins_and_a_cold_wave(every):
    shifts = every("/patrol/shifts")
    planned = [plan for plan in every("/patrol/roster-plans") if plan["weeks"] == WEEKS]
    there = {(shift["squad"]["name"], shift["starts_at"]) for shift in shifts}

    assert [plan["state"] for plan in planned] == ["published"]
    assert len(there) >= 412
    assert sum(any(one["stand_in"] for one in shift["crew"]) for shift in shifts) >= STAND_INS
    assert len([shift for shift in shifts if shift["reason"] == COLD]) == COLD_DAYS
    assert all(len(shift["crew"]) >= 2 for shift in shifts if shift["state"] == "planned")
    due = every("/patrol/volunteers", due="true")
    assert len(every("/patrol/volunteers")) == 90
    assert {person["due"] for person in due} == {True}


def test_venues_series_troupes_and_jobs_are_there(every, secretary):
    assert {code for code, *_ in VENUES} <= {venue["code"] for venue in every("/events/venues")}
    assert {plan["title"] for plan in SERIES} <= {series["title"] for series in every("/events/series")}
    sizes = {troupe["name"]: troupe["size"] for troupe in secretary.get("/events/troupes")["items"]}
    assert {plan["name"]: plan["size"] for plan in TROUPES}.items() <= sizes.items()
    assert len(JOBS) == 17
    assert {job[1] for job in JOBS} <= {job["title"] for job in every("/events/jobs")}


def test_the_matrix_shows_what_nobody_gives_yet_and_who_could(secretary):
    cells = secretary.get("/events/family-services/matrix")["cells"]
    states = Counter(cell["state"] for cell in cells)

    assert len(cells) == 40
    assert states["empty"] == 4
    assert states["thin"] >= 1
    assert all(cell["candidates"] for cell in cells if cell["state"] == "empty")


def test_who_was_at_the_work_day_said_how_it_was(every, secretary):
    [over] = [one for one in every("/events/activities", q=TITLE) if one["title"] == TITLE]
    results = secretary.get(f"/events/activities/{over['id']}/feedback")

    assert results["answers"] >= len(ANSWERS) + len(SLIPS)
    assert {words for *_, words in (*ANSWERS, *SLIPS) if words} <= set(results["words"])


def test_things_are_lent_and_one_loan_is_over_its_time(every):
    assert {name for _, name, *_ in EQUIPMENT} <= {thing["name"] for thing in every("/events/equipment")}
    states = Counter(loan["state"] for loan in every("/events/loans"))

    assert states["asked"] >= 2
    assert states["in"] >= 1
    assert until(lambda: every("/events/loans", overdue=True), seconds=90)


def test_what_squads_look_after_on_their_way_is_there(every, secretary):
    assert len(every("/patrol/checkpoints")) >= 28
    assert {name for name, *_ in KEY_AREAS} <= {area["name"] for area in every("/patrol/key-areas")}
    assert {code for code, *_ in CHECKLISTS} <= {one["code"] for one in secretary.get("/patrol/checklists")["items"]}


def test_eight_weeks_that_are_over_show_what_was_reached_and_what_was_not(secretary):
    until_today = datetime.now(UTC)
    span = {"from": (until_today - timedelta(weeks=8)).isoformat(), "until": until_today.isoformat()}
    shown = secretary.get("/patrol/pictures/coverage", **span)
    walks = shown["all"]

    assert 0.8 < walks["made"] / (walks["planned"] - walks["skipped"]) < 1
    assert len(shown["checkpoints"]) >= 20
    assert {one["weekday"] for one in shown["hours"]} == {1, 2, 3, 4, 5, 6, 7}
    assert secretary.get("/patrol/pictures/visits", outcome="skipped", **span)["items"]


def test_two_drills_are_reviewed_and_a_cold_wave_is_over(every):
    places = {place for place, *_ in DRILLS}
    drills = [one for one in every("/patrol/responses", drill="true") if one["place"] in places]
    cold = [one for one in every("/patrol/weather") if one["words"] == COLD_WAVE["words"]]

    assert [one["state"] for one in drills] == ["closed", "closed"]
    assert all(one["meter"]["coming"] >= 2 and one["change"] for one in drills)
    assert [one["state"] for one in cold] == ["off"]
