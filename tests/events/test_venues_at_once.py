"""Two want the same venue, or decide about the same booking, at the same moment, on connections of their own."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from services.events.app import create_app
from services.events.domain import closures, venues
from services.events.domain.bookings import making, steps
from services.events.domain.bookings.wishes import Taken, Wish
from services.events.domain.scope import Asker
from services.events.models import Booking, Person, Unit, Venue
from shared import db as database
from shared.crypto import hashed, new_token
from shared.db import now
from shared.errors import Invalid
from tests.events.conftest import a_member
from tests.events.venue_fixtures import VENUE, at, day, wish
from tests.rush import together

MANY = 12
ROUNDS = 8
OURS = "(e.payload ->> 'unit_id')::uuid = :unit"
SWEEP = (
    f"DELETE FROM bus.deliveries d USING bus.events e WHERE e.id = d.event_id AND {OURS}",
    f"DELETE FROM bus.events e WHERE {OURS}",
    "DELETE FROM bus.idempotency WHERE actor = ANY (SELECT 'person:' || p FROM unnest(:people) p)",
    "DELETE FROM members.sessions WHERE person_id = ANY (:people)",
    "DELETE FROM members.people WHERE id = ANY (:people)",
    "DELETE FROM events.bookings WHERE venue_id = ANY (:rooms)",
    "DELETE FROM events.booking_series WHERE venue_id = ANY (:rooms)",
    "DELETE FROM events.venue_closures WHERE venue_id = ANY (:rooms)",
    "DELETE FROM events.venues WHERE id = ANY (:rooms)",
    "DELETE FROM events.people WHERE person_id = ANY (:people)",
    "DELETE FROM events.units WHERE unit_id = :unit",
    "SET LOCAL session_replication_role = replica",  # the log of what was done refuses to be shortened
    "DELETE FROM audit.entries",
    "DELETE FROM audit.heads",
)


@pytest.fixture
def rooms(rush):
    """Two venues of a unit and many people; gone without a trace afterwards."""
    unit_id, people = uuid4(), [a_member(f"第{n}位") for n in range(MANY)]
    unit = Unit(unit_id=unit_id, code="ROOMS", name="场", kind="t", needs_approval=False, active=True, changed_at=now())

    def arrange(db) -> list[Venue]:
        db.add_all([unit, *(Person(**somebody) for somebody in people)])
        facts = VENUE | {"needs_approval": True}
        return [venues.register(db, unit, code=f"R{uuid4().hex[:6]}", stewards=[], **facts) for _ in range(2)]

    made = rush.do(arrange)
    yield made, [somebody["person_id"] for somebody in people]
    facts = {"people": [one["person_id"] for one in people], "rooms": [one.id for one in made]}
    rush.sweep(*SWEEP, unit=unit_id, **facts)


@pytest.fixture
def signed_in(rush, rooms):
    """Headers of two of them."""

    def arrange(db) -> list[dict[str, str]]:
        return [_sign_in(db, person_id) for person_id in rooms[1][:2]]

    return rush.do(arrange)


def _sign_in(db, person_id: UUID) -> dict[str, str]:
    secret = new_token()
    db.execute(text("INSERT INTO members.people (id, name, active) VALUES (:id, '试', true)"), {"id": person_id})
    db.execute(
        text(
            "INSERT INTO members.sessions (token, person_id, device, created_at, last_seen_at, expires_at)"
            " VALUES (:token, :id, 'test', now(), now(), now() + interval '1 day')"
        ),
        {"token": hashed(secret), "id": person_id},
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def app(server):
    """The service itself, on a pool of real connections."""

    @contextmanager
    def served():
        before = dict(database._makers)
        engine = create_engine(server.url, pool_size=4)
        database.bind("events", engine)
        try:
            yield create_app()
        finally:
            database._makers.clear()
            database._makers.update(before)
            engine.dispose()

    with served() as app:
        yield app


def test_of_two_requests_at_once_one_has_the_venue_and_the_other_suggestions(app, rooms, signed_in):
    (room, _), _ = rooms
    for n in range(ROUNDS):
        sent = wish(room, day(3 + n), "14:00", "16:00")

        def post(headers: dict, sent: dict = sent) -> Any:
            client = app.test_client(use_cookies=False)
            return client.post("/bookings", json=sent, headers=headers | {"Idempotency-Key": str(uuid4())})

        answers = together(lambda: post(signed_in[0]), lambda: post(signed_in[1]))

        assert sorted(answer.status_code for answer in answers) == [201, 409]
        [refused] = [answer.json for answer in answers if answer.status_code == 409]
        assert refused["title"] == "Taken"
        assert {one["why"][0]["code"] for one in refused["conflicts"][0]["suggestions"]} >= {"other_room", "other_time"}


def test_a_crowd_that_overlaps_gets_the_venue_once(rush, rooms):
    (room, _), people = rooms

    def reach(n: int) -> bool:
        begin, end = (f"{14 + n % 2}:00", f"{16 + n % 2}:00")
        made = Wish("抢", at(day(), begin), at(day(), end), person_id=people[n])
        try:
            rush.do(lambda db: making.book(db, room, made, Asker(person_id=people[n])))
        except Taken:
            return False
        return True

    got = together(*(lambda n=n: reach(n) for n in range(MANY)))

    assert got.count(True) == 1


def test_two_series_that_cross_share_no_date(rush, rooms):
    (room, _), people = rooms
    repeat = {"rule": "FREQ=DAILY", "until": day(30)}

    def reach(n: int) -> int:
        made = Wish("抢", at(day(), "14:00"), at(day(), "16:00"), person_id=people[n], repeat=repeat)
        try:
            who = Asker(person_id=people[n])
            return len(rush.do(lambda db: making.book(db, room, made, who, on_conflict="skip")).made)
        except Taken:
            return 0

    got = together(*(lambda n=n: reach(n) for n in range(4)))

    assert sum(got) == 28


def test_approval_and_withdrawal_at_once_leave_one_of_them_and_tell_the_other(rush, rooms):
    (room, _), people = rooms
    seen = set()
    for n in range(ROUNDS):
        made = Wish("问", at(day(3 + n), "14:00"), at(day(3 + n), "16:00"), person_id=people[0])
        asker = Asker(person_id=people[0])
        [asked] = rush.do(lambda db, made=made, asker=asker: making.book(db, room, made, asker).made)

        def step(act: Callable, asked: Booking = asked) -> str:
            try:
                return rush.do(lambda db: act(db, asked.id)).state
            except steps.WrongState as wrong:
                return f"409 {wrong.facts['state']}"

        said = together(lambda: step(steps.approve), lambda: step(steps.withdraw))
        state = rush.do(lambda db, asked=asked: db.get(Booking, asked.id).state)
        seen.add(state)

        assert said in (["confirmed", "409 confirmed"], ["409 withdrawn", "withdrawn"])
        assert state in said
    assert seen <= {"confirmed", "withdrawn"}


def test_who_books_while_the_venue_is_closed_is_refused_or_suspended_never_forgotten(rush, rooms):
    (room, _), people = rooms
    made = Wish("赶", at(day(), "14:00"), at(day(), "16:00"), person_id=people[0])

    def book() -> None:
        try:
            rush.do(lambda db: making.book(db, room, made, Asker(person_id=people[0])))
        except (Taken, Invalid):
            return

    def close() -> None:
        facts: dict[str, Any] = {"kind": "works", "since": now(), "until": None, "reason": "修", "by": "test"}
        rush.do(lambda db: closures.close(db, db.get(Venue, room.id), **facts))

    together(book, close)
    left = rush.do(lambda db: [one.state for one in db.query(Booking).where(Booking.venue_id == room.id)])

    assert left in ([], ["suspended"])


def test_a_cancellation_and_a_place_in_the_waiting_list_never_miss_each_other(rush, rooms):
    (room, _), people = rooms
    for n in range(ROUNDS):
        made = Wish("排", at(day(3 + n), "14:00"), at(day(3 + n), "16:00"), person_id=people[0])
        holder, other = Asker(person_id=people[0], clerk=True), Asker(person_id=people[1])
        [held] = rush.do(lambda db, made=made, holder=holder: making.book(db, room, made, holder).made)

        def wait(made: Wish = made, other: Asker = other) -> None:
            rush.do(lambda db: making.book(db, room, made, other, on_conflict="wait"))

        def cancel(held: Booking = held) -> None:
            rush.do(lambda db: steps.cancel(db, held.id, reason="x", told=False))

        together(wait, cancel)
        begin = made.starts_at
        left = rush.do(
            lambda db, begin=begin: sorted(
                one.state for one in db.query(Booking).where(Booking.venue_id == room.id, Booking.starts_at == begin)
            )
        )
        assert left == ["asked", "cancelled"]
