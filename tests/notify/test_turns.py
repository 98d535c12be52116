"""One process at a time sends what is not urgent: its turn ends with it, however it ends."""

from datetime import timedelta
from threading import Timer
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import func, select

from services.notify.models import Turn
from shared.db import now
from shared.schemas import events, patrol
from tests.conftest import COMMITTEE
from tests.notify.happenings import activity, sos

#: The stand-in begins before its day is made noon.
pytestmark = pytest.mark.usefixtures("standin", "at_noon")


@pytest.fixture
def living(server):
    """Another process, which sends: it keeps the lock that dies with it."""
    with psycopg.connect(server.url.replace("+psycopg", "")) as line:
        line.execute("SELECT set_config('app.committee', %s, false)", [str(COMMITTEE)])
        line.execute("SELECT pg_advisory_xact_lock(hashtextextended('notify.turns ' || bus.committee(), 0))")
        yield line


@pytest.mark.usefixtures("living")
def test_while_one_process_sends_news_the_others_are_free_for_alarms(db, person, happen, settle, standin, only):
    db.add(Turn(committee_id=COMMITTEE, holder=uuid4(), until=now() + timedelta(minutes=1)))
    helper = person(phone="8610000000016", email="li@example.org")
    happen(events.SignUpChanged, **activity(person_id=helper.person_id, state="going"))
    settle()
    assert only().state == "queued"

    happen(patrol.SosRaised, **sos(person("求助"), crew=[helper]))
    settle()
    assert len(standin.received("sms", "8610000000016")) == 1


@pytest.mark.parametrize("left", [timedelta(seconds=14), timedelta(seconds=-1)])
def test_the_turn_of_a_process_that_died_passes_on_at_once(db, person, happen, settle, standin, only, left):
    db.add(Turn(committee_id=COMMITTEE, holder=uuid4(), until=now() + left))
    happen(events.SignUpChanged, **activity(person_id=person(email="wang@example.org").person_id, state="going"))
    settle()

    assert only().state == "sent"
    assert db.scalar(select(func.count()).select_from(Turn)) == 0


@pytest.mark.usefixtures("living")
def test_the_turn_of_a_process_that_seems_to_live_passes_on_when_it_runs_out(db, person, happen, settle, standin, only):
    db.add(Turn(committee_id=COMMITTEE, holder=uuid4(), until=now() - timedelta(seconds=1)))
    happen(events.SignUpChanged, **activity(person_id=person(email="wang@example.org").person_id, state="going"))
    settle()

    assert only().state == "sent"
    assert db.scalar(select(func.count()).select_from(Turn)) == 0


def test_who_follows_a_turn_that_ended_just_now_is_seen_to_live_too(living, person, happen, settle, standin, only):
    Timer(0.5, living.commit).start()
    happen(events.SignUpChanged, **activity(person_id=person(email="wang@example.org").person_id, state="going"))
    settle()

    assert only().state == "sent"
    again = "SELECT pg_try_advisory_xact_lock(hashtextextended('notify.turns ' || bus.committee(), 0))"
    assert living.execute(again).fetchone() == (False,)
