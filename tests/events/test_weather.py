"""The weather closes the ground and opens the warm room; its end undoes that, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.events import schedules  # noqa: F401  importing registers
from services.events.domain import closures, hours, timetables
from services.events.models import VenueClosure, VenueException
from shared.db import now
from shared.schemas.patrol import WeatherModeChanged
from tests.events.venue_fixtures import at, day, rule

EVERYONE = {"everyone": True, "units": [], "zones": [], "groups": [], "skills": []}


@pytest.fixture
def weather(hear):
    """Call it to let patrol tell of the weather."""

    def weather(mode="on", *, weather_id=None, kind="cold", version=None, **more):
        facts = {"weather_id": weather_id or uuid4(), "weather": kind, "level": "orange", "words": "零下二十八度"}
        facts |= {"since": now(), "until": None, "care_round": True, "audience": EVERYONE}
        hear(WeatherModeChanged, mode=mode, version=version or (2 if mode == "off" else 1), **facts | more)
        return facts["weather_id"]

    return weather


@pytest.fixture
def places(venue, db):
    """A ground that is open daily, a warm room without hours, and a hall."""
    ground = venue("操场", rule("08:00", "22:00"))
    shelter, hall = venue("暖心屋"), venue("小剧场", rule("08:00", "22:00"))
    ground.kind, shelter.kind = "ground", "warm_room"
    db.commit()
    return ground, shelter, hall


@pytest.fixture
def open_on(db):
    """Call it for whether a venue is open on a day."""
    return lambda venue, on: bool(hours.openings(db, [venue.id], on, on)[venue.id][0].spans)


def test_the_ground_closes_the_warm_room_opens_and_the_hall_stays_as_it_is(weather, places, open_on):
    ground, shelter, hall = places

    weather()

    tomorrow = day(1)
    assert [open_on(one, tomorrow) for one in (ground, shelter, hall)] == [False, True, True]


def test_its_end_undoes_that_and_nothing_else(weather, places, open_on, db):
    ground, shelter, _ = places
    by_hand = closures.close(db, ground, kind="works", since=at(day(5), "00:00"), until=None, reason="修草", by="test")
    db.commit()

    weather_id = weather()
    weather("off", weather_id=weather_id)

    assert [open_on(one, day(1)) for one in (ground, shelter)] == [True, False]
    assert db.get(VenueClosure, by_hand.id, populate_existing=True).lifted_at is None


def test_an_end_that_arrives_before_its_beginning_leaves_everything_as_it_was(weather, places, open_on):
    ground, shelter, _ = places
    weather_id = uuid4()

    weather("off", weather_id=weather_id)
    weather("on", weather_id=weather_id)

    assert [open_on(one, day(1)) for one in (ground, shelter)] == [True, False]


def test_what_somebody_said_of_a_day_stays(weather, places, db):
    _, shelter, _ = places
    closed = {"day": day(1), "opens": None, "closes": None, "reason": "修水管"}
    timetables.lay_down(db, shelter, [], [closed])
    db.commit()

    weather_id = weather()
    weather("off", weather_id=weather_id)

    left = db.scalars(select(VenueException).where(VenueException.venue_id == shelter.id)).all()
    assert [(one.day, one.reason) for one in left] == [(day(1), "修水管")]


def test_of_two_weathers_one_that_ends_leaves_what_the_other_needs(weather, places, open_on):
    ground, shelter, _ = places
    cold = weather()
    storm = weather(kind="storm")

    weather("off", weather_id=cold)
    between = [open_on(one, day(1)) for one in (ground, shelter)]
    weather("off", weather_id=storm, kind="storm")

    assert between == [False, True]
    assert [open_on(one, day(1)) for one in (ground, shelter)] == [True, False]


def test_bad_air_opens_no_room_and_a_ground_opened_by_hand_stays_open(weather, places, open_on, db, tick):
    ground, shelter, _ = places
    weather(kind="air", until=now() + timedelta(days=3))
    closed = open_on(ground, day(1))
    closures.reopen(db, db.scalars(select(VenueClosure.id).where(VenueClosure.venue_id == ground.id)).one())

    tick("events", "heed_the_weather")

    assert closed is False
    assert [open_on(one, day(1)) for one in (ground, shelter)] == [True, False]


def test_the_clock_opens_the_days_that_come_near(weather, places, db, tick):
    _, shelter, _ = places
    weather()
    db.query(VenueException).filter(VenueException.venue_id == shelter.id).delete()
    db.commit()

    for _ in range(2):
        tick("events", "heed_the_weather")

    days = db.scalars(select(VenueException.day).where(VenueException.venue_id == shelter.id)).all()
    assert sorted(days) == [day(0), day(1), day(2)]


def test_one_sees_which_venues_it_would_close_and_open(places, events, clerk):
    ground, shelter, _ = places

    told = events.get("/weather/effects?weather=cold", headers=clerk).json

    assert [one["id"] for one in told["closes"]] == [str(ground.id)]
    assert [one["id"] for one in told["opens"]] == [str(shelter.id)]
