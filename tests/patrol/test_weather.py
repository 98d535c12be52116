"""Weather: outdoor shifts pause, and come back when it is over; nothing else does."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import text

from services.patrol.domain import restoring, roster
from services.patrol.models import Shift, WeatherMode
from shared.db import now

HOUR = 60


def test_outdoor_shifts_to_come_pause_and_their_crews_are_told(
    weather_on, plan, shift, state_of, published, walker, companion
):
    tonight = plan(3 * HOUR)
    indoors, far = plan(6 * HOUR, outdoor=False), plan(100 * HOUR)

    mode = weather_on()

    assert [state_of(one) for one in (shift, tonight, indoors, far)] == ["active", "cancelled", "planned", "planned"]
    [(_, facts)] = published("patrol.shift_cancelled%")
    assert set(facts["person_ids"]) == {str(walker), str(companion)}
    assert "零下二十八度" in facts["reason"]
    [(_, told)] = published("patrol.weather_mode_changed%")
    assert (told["weather_id"], told["mode"], told["care_round"]) == (str(mode.id), "on", True)


def test_its_end_brings_back_what_it_took_and_nothing_else(
    db, weather_on, weather_off, plan, state_of, published, walker
):
    by_hand, tonight = plan(2 * HOUR, lasts=30), plan(3 * HOUR)
    roster.cancel(db, by_hand, reason="队长生病")
    mode = weather_on()

    weather_off(mode)
    weather_off(mode)

    assert [state_of(by_hand), state_of(tonight)] == ["cancelled", "planned"]
    assert len(published("patrol.shift_restored%")) == 1
    assert [facts["mode"] for _, facts in published("patrol.weather_mode_changed%")] == ["on", "off"]


def test_a_shift_whose_crew_walks_elsewhere_meanwhile_stays_cancelled_and_the_desk_sees_it(
    db, weather_on, weather_off, plan, state_of, patrol, token, desk
):
    tonight = plan(3 * HOUR)
    mode = weather_on()
    instead = plan(3 * HOUR, outdoor=False)

    weather_off(mode)

    assert [state_of(tonight), state_of(instead)] == ["cancelled", "planned"]
    kept = patrol.get(f"/weather/{mode.id}/shifts", headers=token(desk)).json["items"]
    assert [one["id"] for one in kept] == [str(tonight.id)]


def test_a_shift_with_somebody_whose_papers_end_meanwhile_stays_cancelled_and_the_others_come_back(
    db, weather_on, weather_off, plan, state_of, person, published
):
    lapsed, other = person("何雨桐"), person("李某")
    one, two = plan(3 * HOUR, crew=[lapsed, other]), plan(6 * HOUR)
    mode = weather_on()
    yesterday = (now() - timedelta(days=1)).date()
    db.execute(
        text("UPDATE patrol.volunteers SET insured_until = :on WHERE person_id = :id"), {"on": yesterday, "id": lapsed}
    )

    weather_off(mode)

    assert [state_of(shift) for shift in (one, two)] == ["cancelled", "planned"]
    assert [facts["shift_id"] for _, facts in published("patrol.shift_restored%")] == [str(two.id)]


def test_each_shift_that_comes_back_costs_the_same(weather_on, weather_off, plan, heard):
    counts = []
    for n in range(4):
        plan((3 + 3 * n) * HOUR)
        mode = weather_on()
        with heard() as said:
            weather_off(mode)
        counts.append(len(said))

    assert counts[3] - counts[2] == counts[2] - counts[1] <= 10


def test_what_a_person_cancels_meanwhile_no_weather_brings_back(db, weather_on, weather_off, plan, state_of):
    tonight = plan(3 * HOUR)
    mode = weather_on()
    restoring.restore(db, db.get(Shift, tonight.id, populate_existing=True))
    roster.cancel(db, db.get(Shift, tonight.id), reason="队长生病")

    weather_off(mode)

    assert state_of(tonight) == "cancelled"


def test_what_two_weathers_hold_comes_back_when_both_are_over(weather_on, weather_off, plan, state_of):
    tonight = plan(3 * HOUR)
    cold, storm = weather_on("cold"), weather_on("storm")

    weather_off(cold)
    between = state_of(tonight)
    weather_off(storm)

    assert (between, state_of(tonight)) == ("cancelled", "planned")


def test_what_is_planned_meanwhile_pauses_too_and_its_time_ends_it(db, weather_on, plan, state_of, tick):
    mode = weather_on(until=now() + timedelta(hours=12))
    late = plan(3 * HOUR)
    tick("patrol", "heed_the_weather")
    paused = state_of(late)
    db.execute(text("UPDATE patrol.weather_modes SET since = now() - interval '2 h', until = now() - interval '1 s'"))

    tick("patrol", "heed_the_weather")

    assert (paused, state_of(late)) == ("cancelled", "planned")
    assert db.get(WeatherMode, mode.id, populate_existing=True).state == "off"


def test_one_sees_what_it_would_do_before_it_does_it(plan, patrol, token, desk, state_of, published):
    tonight = plan(3 * HOUR)

    told = patrol.get("/weather/effects", headers=token(desk)).json

    assert ([one["id"] for one in told["shifts"]], told["people"]) == ([str(tonight.id)], 2)
    assert state_of(tonight) == "planned"
    assert published("patrol.weather%") == []


def test_of_each_weather_one_is_on(weather_on, patrol, token, desk):
    weather_on("cold")
    body, headers = {"weather": "cold", "level": "red"}, token(desk)

    again = patrol.post("/weather", json=body, headers=headers | {"Idempotency-Key": str(uuid4())})
    wrong = {**body, "weather": "air", "until": "2020-01-01T00:00:00Z"}
    past = patrol.post("/weather", json=wrong, headers=headers | {"Idempotency-Key": str(uuid4())})

    assert (again.status_code, again.json["title"]) == (409, "AlreadyOn")
    assert past.json["errors"] == {"until": [{"code": "ends_before_start"}]}


def test_a_shift_that_somebody_put_back_by_hand_is_not_taken_again(db, weather_on, plan, state_of, tick):
    tonight = plan(3 * HOUR)
    weather_on()
    db.execute(text("UPDATE patrol.shifts SET state = 'planned', reason = NULL WHERE id = :id"), {"id": tonight.id})

    tick("patrol", "heed_the_weather")

    assert state_of(tonight) == "planned"
