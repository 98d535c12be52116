"""Two clerks switch the weather on and off within a second, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import sessionmaker

from services.patrol.domain import weather
from services.patrol.domain.readers import Reader
from services.patrol.models import WeatherMode
from shared.db import enter
from tests.conftest import COMMITTEE

CLERKS, ROUNDS = 2, 8
SWEEP = (
    "DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND e.topic = :topic",
    "DELETE FROM bus.events WHERE topic = :topic",
    "DELETE FROM patrol.weather_modes WHERE weather = 'storm'",
)


@pytest.fixture
def transaction(server):
    """Transactions that are really committed; what they left is swept up."""
    engine = create_engine(server.url, pool_size=CLERKS + 1)
    sessions = sessionmaker(engine, expire_on_commit=False)

    def transaction(act: Callable) -> Any:
        with sessions.begin() as db:
            enter(db, COMMITTEE)
            return act(db)

    yield transaction
    for statement in SWEEP:
        facts = {"topic": "patrol.weather_mode_changed.v1"} if ":topic" in statement else {}
        transaction(lambda db, statement=statement, facts=facts: db.execute(text(statement), facts))
    engine.dispose()


def switch_on(db) -> UUID | None:
    facts: dict[str, Any] = {"level": "red", "words": "", "since": None, "until": None}
    try:
        return weather.switch_on(db, Reader(uuid4(), desk=True), weather="storm", **facts).id
    except weather.AlreadyOn:
        return None


def test_the_last_of_two_clerks_wins_and_never_are_two_on(transaction):
    together = Barrier(CLERKS)

    def clerk(_: int) -> list[UUID]:
        mine = []
        for _ in range(ROUNDS):
            together.wait(30)
            if made := transaction(switch_on):
                mine.append(made)
                transaction(lambda db, made=made: weather.switch_off(db, made, by=uuid4()))
        return mine

    with ThreadPoolExecutor(CLERKS) as hands:
        made = {mode for mine in hands.map(clerk, range(CLERKS)) for mode in mine}

    modes = transaction(lambda db: db.scalars(select(WeatherMode).where(WeatherMode.id.in_(made))).all())
    assert len(made) >= ROUNDS
    assert {mode.state for mode in modes} == {"off"}
    told = text(
        "SELECT subject, array_agg(payload ->> 'mode' ORDER BY (payload ->> 'version')::int) FROM bus.events"
        " WHERE topic = 'patrol.weather_mode_changed.v1' GROUP BY subject"
    )
    news = dict(transaction(lambda db: db.execute(told).all()))
    assert {mode: news[mode] for mode in made} == {mode: ["on", "off"] for mode in made}
