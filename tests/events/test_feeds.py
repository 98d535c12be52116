"""A person's activities in their own calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from services.events.domain import activities, sign_ups
from shared.db import now


@pytest.fixture
def reader(events, person, token):
    """A member, and the path of their calendar."""
    somebody = person("读日历的人")
    url = events.post("/me/calendar", headers=token(somebody.person_id)).json["url"]
    return somebody, url.partition("/api/events")[2]


def entries(answer) -> list:
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_seat_stands_in_the_calendar_with_a_reminder(events, db, hold, reader):
    somebody, path = reader
    starts_at = (now() + timedelta(days=2)).replace(microsecond=0)
    activity = hold(title="冬至包饺子 🥟", summary="自带擀面杖;\n免费", starts_at=starts_at)
    sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    db.commit()

    [entry] = entries(events.get(path))

    assert str(entry["UID"]) == f"{activity.id}@joint-committee"
    assert entry["SEQUENCE"] == activity.version
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CONFIRMED", "冬至包饺子 🥟")
    assert entry["DTSTART"].dt == starts_at
    assert str(entry["DTSTART"].params["TZID"]) == "Asia/Shanghai"
    assert entry["DTEND"].dt == activity.ends_at.replace(microsecond=0)
    assert str(entry["DESCRIPTION"]).endswith("自带擀面杖;\n免费")
    [alarm] = entry.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-2)


def test_a_place_in_the_waiting_list_is_tentative_and_rings_no_bell(events, db, hold, person, reader):
    somebody, path = reader
    activity = hold(capacity=1)
    for one in (person(), somebody):
        sign_ups.sign_up(db, activity.id, person_id=one.person_id)
    db.commit()

    [entry] = entries(events.get(path))

    assert str(entry["STATUS"]) == "TENTATIVE"
    assert entry.walk("VALARM") == []


def test_what_is_called_off_stays_as_cancelled_with_a_later_sequence(events, db, hold, reader):
    somebody, path = reader
    activity = hold()
    sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    db.commit()
    before = entries(events.get(path))[0]

    activities.call_off(db, activity.id, reason="大风")
    db.commit()
    [after] = entries(events.get(path))

    assert (after["UID"], str(after["STATUS"])) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_what_one_cancelled_is_gone(events, db, hold, reader):
    somebody, path = reader
    activity = hold()
    sign_ups.sign_up(db, activity.id, person_id=somebody.person_id)
    sign_ups.cancel(db, activity.id, person_id=somebody.person_id)
    db.commit()

    assert entries(events.get(path)) == []


def test_a_calendar_that_did_not_change_is_not_sent_again(events, db, hold, reader):
    somebody, path = reader
    first = events.get(path)

    again = events.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    sign_ups.sign_up(db, hold().id, person_id=somebody.person_id)
    db.commit()

    assert events.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_new_address_voids_the_old_one(events, reader, token):
    somebody, path = reader

    new = events.post("/me/calendar", headers=token(somebody.person_id)).json["url"].partition("/api/events")[2]

    assert events.get(path).status_code == 404
    assert events.get(new).status_code == 200


def test_an_address_that_nobody_was_given_opens_nothing(events, reader):
    for secret in ("x", "0" * 43, "%00", "a%2Fb"):
        assert events.get(f"/feeds/{secret}.ics").status_code == 404


def test_the_secret_is_not_kept(db, reader):
    secret = reader[1].removeprefix("/feeds/").removesuffix(".ics")

    kept = db.execute(text("SELECT f::text FROM events.feeds f")).scalar_one()

    assert secret not in kept


def test_the_calendar_of_whoever_left_is_closed(events, db, reader):
    somebody, path = reader
    somebody.active = False
    db.commit()

    assert events.get(path).status_code == 404


def test_a_calendar_of_another_committee_opens_too(events, db, reader):
    """Its address is all that a calendar program knows: whose it is stands with the secret."""
    _, path = reader
    other = "20121031-0000-7000-8000-000000000002"
    db.execute(text("INSERT INTO bus.committees VALUES (:id, 'other', '别处')"), {"id": other})
    for table in ("feeds", "people"):
        db.execute(text(f"UPDATE events.{table} SET committee_id = :id"), {"id": other})
    db.commit()

    assert entries(events.get(path)) == []
