"""Whatever the clock of a machine shows, a process goes by that of Postgres."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from shared import clock, db


@pytest.fixture(autouse=True)
def nothing_learned(monkeypatch):
    monkeypatch.setattr(clock, "_learned", [])


def test_before_it_has_learned_anything_it_shows_the_machines_time():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.is_stale()


def test_a_machine_that_is_days_ahead_goes_by_what_it_learned():
    two_days_ago = datetime.now(UTC) - timedelta(days=2)

    clock.learn(two_days_ago)

    assert timedelta() <= db.now() - two_days_ago < timedelta(minutes=1)
    assert not clock.is_stale()


def test_a_process_learns_the_time_when_it_connects(connection, monkeypatch):
    monkeypatch.setattr(db, "_makers", {})
    db.connect("notify")
    [engine] = db.engines()

    with engine.connect() as line:
        shown = line.execute(text("SELECT clock_timestamp()")).scalar_one()

    assert not clock.is_stale()
    assert abs(db.now() - shown) < timedelta(minutes=1)
    engine.dispose()
