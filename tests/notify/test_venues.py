"""What is said of venues and bookings, in both languages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.notify import consumers  # noqa: F401  importing registers
from shared.schemas import events
from tests.notify.happenings import NOON


def venue(**facts) -> dict:
    """A venue's facts."""
    return {"venue_id": uuid4(), "place": "体工二大队操场", "unit_id": uuid4()} | facts


def booking(reader, **facts) -> dict:
    """The facts of a booking of this person."""
    times = {"starts_at": NOON + timedelta(days=2), "ends_at": NOON + timedelta(days=2, hours=2)}
    return venue() | {"booking_id": uuid4(), "title": "合唱排练", "person_id": reader.person_id, **times, **facts}


OF_HOLDERS = [
    (events.BookingDecided, {"decision": "rejected", "reason": "那天有会", "count": 1}, "这次不能给您用。那天有会"),
    (events.BookingToConfirm, {"answer_by": NOON + timedelta(days=9), "count": 4}, "还有 4 次"),
    (events.BookingReleased, {"release": "not_confirmed", "count": 4}, "到期没有确认"),
    (events.BookingsSuspended, {"cause": "cold", "reason": "零下二十五度", "count": 1}, "天气太冷"),
    (events.BookingsRestored, {"count": 1}, "照旧"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("event", "facts", "said"), OF_HOLDERS, ids=lambda case: getattr(case, "topic", ""))
def test_who_booked_is_told_in_whole_words(db, person, happen, settle, messages_of, event, facts, said, language):
    reader = person(language=language)

    happen(event, **booking(reader, **facts))
    settle()

    [message] = messages_of(reader)
    title, body = words_of(db, message)
    assert "操场" in title
    assert "合唱排练" in body
    assert "合唱排练" not in title, "a title is shown to whoever sees the phone"
    assert "{" not in title + body
    assert said in body or language == "en"


def test_a_closure_is_duty_for_those_who_look_after_the_venue(db, person, happen, settle, messages_of):
    steward = person()
    told = {"cause": "air", "reason": "AQI 240", "since": NOON, "until": None, "closure_id": uuid4()}

    happen(events.VenueClosed, **venue(person_ids=[steward.person_id], **told))
    happen(events.VenueOpened, **venue(person_ids=[steward.person_id], closure_id=uuid4()))
    happen(events.VenueHoursChanged, **venue(person_ids=[steward.person_id]))
    settle()

    assert [message.urgency for message in messages_of(steward)] == ["duty", "duty", "service"]
    assert "空气质量不好" in words_of(db, messages_of(steward)[0])[1]


def test_a_wish_for_a_venue_goes_to_its_unit_and_the_clerks(person, grant, happen, settle, messages_of):
    officer, clerk, other = person("联络员"), person("办事员"), person("别人")
    facts = booking(other, count=1)
    grant(officer.person_id, "liaison", unit_id=facts["unit_id"])
    grant(clerk.person_id, "clerk")

    happen(events.BookingAsked, **{name: value for name, value in facts.items() if name != "person_id"})
    settle()

    assert [len(messages_of(reader)) for reader in (officer, clerk, other)] == [1, 1, 0]


def words_of(db, message) -> tuple[str, str]:
    query = "SELECT title, body FROM notify.texts WHERE event_id = :e AND rule_id = :r AND language = :l"
    found = db.execute(text(query), {"e": message.event_id, "r": message.rule_id, "l": message.language}).one()
    return found.title, found.body
