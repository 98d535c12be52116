"""Two clerks switch the weather on and off within a second, each on a connection of their own."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from services.patrol.domain import weather
from services.patrol.domain.readers import Reader
from services.patrol.models import WeatherMode
from tests.rush import together

CLERKS, ROUNDS = 2, 8
OURS = "topic = 'patrol.weather_mode_changed.v1'"
SWEEP = (
    f"DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.{OURS}",
    f"DELETE FROM bus.events WHERE {OURS}",
    "DELETE FROM patrol.weather_modes WHERE weather = 'storm'",
)


@pytest.fixture(autouse=True)
def swept(rush) -> Iterator[None]:
    yield
    rush.sweep(*SWEEP)


def switch_on(db) -> UUID | None:
    facts: dict[str, Any] = {"level": "red", "words": "", "since": None, "until": None}
    try:
        return weather.switch_on(db, Reader(uuid4(), desk=True), weather="storm", **facts).id
    except weather.AlreadyOn:
        return None


def test_the_last_of_two_clerks_wins_and_never_are_two_on(rush):
    def clerk() -> UUID | None:
        if made := rush.do(switch_on):
            rush.do(lambda db: weather.switch_off(db, made, by=uuid4()))
        return made

    made = {mode for _ in range(ROUNDS) for mode in together(*[clerk] * CLERKS) if mode}

    modes = rush.do(lambda db: db.scalars(select(WeatherMode).where(WeatherMode.id.in_(made))).all())
    assert len(made) >= ROUNDS
    assert {mode.state for mode in modes} == {"off"}
    told = text(
        "SELECT subject, array_agg(payload ->> 'mode' ORDER BY (payload ->> 'version')::int) FROM bus.events"
        " WHERE topic = 'patrol.weather_mode_changed.v1' GROUP BY subject"
    )
    news = dict(rush.do(lambda db: db.execute(told).all()))
    assert {mode: news[mode] for mode in made} == {mode: ["on", "off"] for mode in made}
