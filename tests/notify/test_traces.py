"""One id from the tap to the last message, as the desk sees it."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from services.notify.domain import sending
from shared import db as database
from shared import trace
from shared.outbox import publish
from shared.schemas import patrol
from tests.conftest import COMMITTEE
from tests.notify.happenings import trouble

ID = "01a21454-10f1-7424-937e-6bdae45309a8"


@pytest.fixture
def tap(db, person):
    """Call it to let somebody report trouble in a request with this id; the event's id."""

    def tap(correlation_id: str = ID):
        reporter = person("郭建国")
        db.commit()
        known = {"correlation_id": correlation_id, "actor": f"person:{reporter.person_id}"}
        with database.transaction("patrol", COMMITTEE, **known) as tx:
            return publish(tx, patrol.TroubleReported, **trouble(kind="gas_smell"))

    return tap


@pytest.fixture
def on_duty(person, grant):
    """Somebody at the duty desk, whom trouble is told."""
    reader = person("王秀英", phone="8610000000051", unit_name="文化馆党支部")
    grant(reader.person_id, "duty")
    return reader


@pytest.fixture
def traced(notify, clerk):
    """Call it for what the desk sees of an id."""

    def traced(id=ID) -> dict:
        return notify.get(f"/traces/{id}", headers=clerk).json

    return traced


def test_a_tap_is_followed_to_the_last_message(tap, on_duty, settle, gateway, traced):
    event_id = tap()
    settle()
    sending.send_due(COMMITTEE, gateway=gateway)

    events = traced()["events"]

    assert [event["topic"] for event in events] == ["patrol.trouble_reported.v1", "notify.alarm_written.v1"]
    assert events[0]["id"] == str(event_id)
    assert events[0]["actor"] == {"kind": "person", "name": "郭建国"}
    assert events[1]["causation_id"] == events[0]["id"]
    [message] = events[0]["messages"]
    assert message["person"] == {"id": str(on_duty.person_id), "name": "王秀英", "unit": "文化馆党支部"}
    assert [(way["channel"], way["state"]) for way in message["sendings"]] == [("sms", "sent")]


def test_what_is_done_and_what_is_not_is_told_by_the_rows_that_are_left(tap, on_duty, settle, traced, db):
    tap()
    db.commit()
    [before] = traced()["events"][0]["deliveries"]
    settle()
    [after] = traced()["events"][0]["deliveries"]

    assert (before["subscriber"], before["state"]) == ("notify", "waiting")
    assert (after["subscriber"], after["state"]) == ("notify", "done")
    assert after["at"], "the message that it led to tells when"


def test_what_failed_is_told_with_its_error_and_without_the_values(tap, traced, db):
    tap()
    fail = text("UPDATE bus.deliveries SET failures = 3, attempts = 4, last_error = :error, quarantined_at = :at")
    said = "IntegrityError: duplicate key 13812345678\nDETAIL:  Key (phone)=(13812345678) exists."
    db.execute(fail, {"error": said, "at": None})
    db.commit()

    [delivery] = traced()["events"][0]["deliveries"]

    assert (delivery["state"], delivery["attempts"], delivery["failures"]) == ("failing", 4, 3)
    assert delivery["last_error"] == "IntegrityError: duplicate key ***"

    db.execute(text("UPDATE bus.deliveries SET quarantined_at = now()"))
    db.commit()
    assert traced()["events"][0]["deliveries"][0]["state"] == "quarantined"


def test_an_event_or_a_message_leads_to_the_same(tap, on_duty, settle, traced, db):
    event_id = tap()
    settle()
    message_id = db.execute(text("SELECT id FROM notify.messages")).scalar()

    assert traced(event_id) == traced(message_id) == traced()


def test_what_the_clock_made_has_no_request_and_stands_alone(tap, on_duty, settle, traced):
    first, second = tap(""), tap("")
    settle()

    found = traced(first)

    assert found["correlation_id"] == ""
    assert [event["id"] for event in found["events"]] == [str(first)]
    assert str(second) != str(first)


def test_a_mass_of_readers_is_counted_and_the_first_are_shown(tap, person, grant, settle, traced, monkeypatch):
    monkeypatch.setattr(trace, "MOST", 2)
    for n in range(3):
        grant(person(f"值班{n}").person_id, "duty")
    tap()
    settle()

    [event, *_] = traced()["events"]

    assert (event["people"], len(event["messages"])) == (3, 2)


def test_only_the_desk_traces(notify, anybody, clerk, tap, settle):
    tap()
    settle()

    assert notify.get(f"/traces/{ID}").status_code == 401
    assert notify.get(f"/traces/{ID}", headers=anybody).status_code == 403
    assert notify.get(f"/traces/{uuid4()}", headers=clerk).status_code == 404


def test_another_committees_events_are_not_there(tap, settle, traced, db, notify, clerk):
    event_id = tap()
    settle()
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', 'other')"), {"id": (other := uuid4())})
    db.execute(text("UPDATE bus.events SET committee_id = :id"), {"id": other})
    db.commit()

    for id in (ID, event_id):
        assert notify.get(f"/traces/{id}", headers=clerk).status_code == 404


def test_no_words_of_a_message_and_no_address_stand_in_a_trace(tap, on_duty, settle, notify, clerk):
    tap()
    settle()

    said = notify.get(f"/traces/{ID}", headers=clerk).text

    assert "10000000051" not in said
    assert "燃气" not in said
