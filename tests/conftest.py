"""A real Postgres, and around every test a transaction that is never committed."""

import os
from base64 import b64encode
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import create_engine, event, text

from embedded import postgres
from shared import bus, clock, db, log
from shared.config import config
from shared.crypto import hashed, new_token
from shared.db import now
from tests.logs import secrets_in
from tests.rush import rush_on
from tests.stack import stack
from tests.standin.replies import UP_TOKEN

COMMITTEE = UUID("20121031-0000-7000-8000-000000000001")
KEY = b64encode(bytes(range(32))).decode()

#: What a test process has for settings; the address of Postgres comes with the server.
SETTINGS = {
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "FIELD_KEYS": KEY,
    "BLIND_KEY": KEY,
    "SIGNING_KEY": KEY,
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "DEMO": "true",
    "ALLOW_PRIVATE_ADDRESSES": "true",
    "LOG_LEVEL": "ERROR",
    "SMS_UP_TOKEN": UP_TOKEN,
}


SHORT_LADDERS = {
    "CHECK_IN_EVERY_MINUTES": "0.05",
    "LADDER_MINUTES": "0.1,0.2,0.3",
    "RING_MINUTES": "0,0.1,0.2,0.3",
    "WELFARE_MINUTES": "0.05,0.1,0.2",
}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A Postgres for this run, brought up to date by the real migrations."""
    with_server = postgres.start(tmp_path_factory.mktemp("postgres"), durable=False)
    os.environ.update(SETTINGS, DATABASE_URL=with_server.url, PHOTO_DIR=str(tmp_path_factory.mktemp("photos")))
    config.cache_clear()
    log.configure("test")
    from migrations.upgrade import upgrade

    upgrade(with_server.url)
    yield with_server
    with_server.stop()


@pytest.fixture(autouse=True)
def no_clock_learned():
    """What a test has learned of Postgres' clock would hold against the time to which the next one travels."""
    yield
    clock._learned.clear()


@pytest.fixture(scope="session")
def engine(server):
    engine = create_engine(server.url)
    yield engine
    engine.dispose()


@pytest.fixture
def rush(server):
    """Transactions that are really committed, also many at the same moment; sweep() up after them."""
    with rush_on(server.url, COMMITTEE) as rush:
        yield rush


@contextmanager
def never_committed(engine):
    """A connection for our committee; what is done on it is gone at the end."""
    with engine.connect() as connection, connection.begin() as transaction:
        enter_committee(connection)
        yield connection
        transaction.rollback()


@pytest.fixture
def connection(engine):
    """The one connection of a test; every service works on it, under its own role."""
    with never_committed(engine) as connection:
        bind_all(connection)
        yield connection


@contextmanager
def session_on(connection):
    """A session that may do anything."""
    with db.sessionmaker(
        bind=connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
    )() as session:
        session.info["committee_id"] = COMMITTEE
        yield session


@pytest.fixture
def db_session(connection):
    """To arrange and to look."""
    with session_on(connection) as session:
        yield session


@pytest.fixture(name="db")
def _db(db_session):
    return db_session


@pytest.fixture
def published(db):
    """Call it for what has been published so far: [(topic, payload), ...]."""

    def published(topic: str = "%"):
        said = text("SELECT topic, payload FROM bus.events WHERE topic LIKE :topic ORDER BY id")
        return [tuple(row) for row in db.execute(said, {"topic": topic})]

    return published


@pytest.fixture
def heard():
    """`with heard() as statements`: each that goes to Postgres meanwhile, SQLAlchemy's or plain."""

    @contextmanager
    def heard():
        statements: list[str] = []
        ways = {name: getattr(psycopg.Cursor, name) for name in ("execute", "executemany")}

        def noting(way):
            def note(cursor, statement, *values, **options):
                statements.append(str(statement))
                return way(cursor, statement, *values, **options)

            return note

        with patch.multiple(psycopg.Cursor, **{name: noting(way) for name, way in ways.items()}):
            yield statements

    return heard


@pytest.fixture
def settle(db):
    """Call it to let every event reach every consumer, here and now, without a broker."""
    from services import doors  # noqa: F401  importing registers

    def settle() -> None:
        db.commit()
        due = text("SELECT subscriber, id FROM bus.deliveries WHERE failures = 0 AND attempts = 0 ORDER BY id")
        ring = text("UPDATE bus.deliveries SET attempts = attempts + 1 WHERE id = :id")
        while batch := db.execute(due).all():
            for service, delivery_id in batch:
                db.execute(ring, {"id": delivery_id})
                db.commit()
                bus.receive(service, delivery_id)
        failed = db.execute(text("SELECT topic, last_error FROM bus.deliveries WHERE failures > 0")).all()
        assert not failed, failed

    return settle


@pytest.fixture
def tick(db):
    """Call it with a job of some service's schedules to let the clock strike for it."""

    def tick(service: str, job: str) -> None:
        db.commit()
        bus.run(service, bus.registry.jobs[service, f"{service}.every.{job}"])

    return tick


@pytest.fixture
def token(db):
    """Call it with a person's id for the headers of a device on which they are signed in."""

    def token(person_id: UUID) -> dict[str, str]:
        secret = new_token()
        db.execute(
            text(
                "INSERT INTO members.sessions (token, person_id, device, created_at, last_seen_at, expires_at)"
                " VALUES (:token, :person_id, 'test', now(), now(), :until)"
            ),
            {"token": hashed(secret), "person_id": person_id, "until": now() + timedelta(days=1)},
        )
        db.commit()
        return {"Authorization": f"Bearer {secret}"}

    return token


@pytest.fixture
def grant(db):
    """Call it to give a person a role."""

    def grant(person_id: UUID, role: str, *, unit_id: UUID | None = None) -> None:
        db.execute(
            text(
                "INSERT INTO members.grants (person_id, role, unit_id, valid_from, granted_by)"
                " VALUES (:person_id, :role, :unit_id, now() - interval '1 day', 'test')"
            ),
            {"person_id": person_id, "role": role, "unit_id": unit_id},
        )
        db.commit()

    return grant


def _client(service: str):
    @pytest.fixture(scope="session", name=f"{service}_app")
    def app(server):
        from importlib import import_module

        return import_module(f"services.{service}.app").create_app()

    @pytest.fixture(name=service)
    def client(request, connection):
        return request.getfixturevalue(f"{service}_app").test_client()

    return app, client


members_app, members = _client("members")
events_app, events = _client("events")
patrol_app, patrol = _client("patrol")
notify_app, notify = _client("notify")


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """The running product with its demo set, as a newcomer starts it. Short ladders: half an hour takes seconds."""
    with stack(tmp_path_factory.mktemp("product"), os.environ.get("DEMO_DATA"), **SHORT_LADDERS) as running:
        yield running
    assert not secrets_in(running.data)


@pytest.fixture(scope="session")
def who(product):
    """Call it with a name of the demo set to act as that person over HTTP. Each signs in once: codes are few."""
    return product.person


def enter_committee(connection) -> None:
    connection.execute(text("SELECT set_config('app.committee', :id, true)"), {"id": str(COMMITTEE)})


def bind_all(connection) -> None:
    """From now on all services work on this connection."""
    for service in bus.SERVICES:
        bind(service, connection)


def bind(service: str, connection) -> None:
    """Let a service's sessions work inside the test's transaction, with the rights of its role."""
    maker = db.bind(service, connection, join_transaction_mode="create_savepoint")

    @event.listens_for(maker, "after_begin")
    def take_role(session, transaction, connection):
        connection.exec_driver_sql(f"SET LOCAL ROLE {service}")

    @event.listens_for(maker, "after_transaction_end")
    def leave_role(session, transaction):
        if transaction.parent is None and connection.in_transaction():
            connection.exec_driver_sql("RESET ROLE")
