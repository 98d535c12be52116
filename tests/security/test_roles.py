"""Each service's role in Postgres, signed in as itself: what it can do, found out by trying everything."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege, WrongObjectType
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from shared import bus
from shared.config import config
from tests.conftest import COMMITTEE
from tests.security.world import OTHERS

ROLES = (*bus.SERVICES, "relay")
ACTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")

TABLES = text("""
    SELECT n.nspname || '.' || c.relname AS name, n.nspname AS schema, c.relispartition AS partition, a.first, a.kind,
        c.relkind = 'v' AS view
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        LATERAL (SELECT quote_ident(attname) AS first, atttypid::regtype AS kind FROM pg_attribute
                 WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum LIMIT 1) AS a
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1
""")
FUNCTIONS = text("""
    SELECT n.nspname || '.' || p.proname AS name, p.proargtypes::oid[]::regtype[]::text[] AS types
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^(pg_|information_schema)' AND p.prorettype <> 'trigger'::regtype
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1
""")

#: By which services find rows that an index under row-level security would not.
VIEWS = {"members.names": "members.people", "events.words": "events.activities"}

#: What a role may do beyond its own schema. Nothing else.
BESIDES = {
    *((role, name, "SELECT") for role in bus.SERVICES for name in ("bus.committees", "access.grants")),
    *((role, "bus.idempotency", act) for role in bus.SERVICES for act in ACTS[:4]),  # its own rows of it
    *(("relay", "bus.deliveries", act) for act in ACTS[:4]),
    *(("relay", "bus.schedules", act) for act in ("SELECT", "UPDATE")),
    *(("members", name, "SELECT") for name in ("audit.entries", "audit.heads")),
    ("relay", "bus.heartbeats", "SELECT"),
    ("relay", "bus.idempotency", "DELETE"),
}
CALLS_OF_SERVICES = {
    "access.enter", "audit.append", "audit.lock", "bus.acknowledge", "bus.beat", "bus.committee", "bus.fail",
    "bus.figures", "bus.last_beat", "bus.publish", "bus.quarantined", "bus.replay", "bus.schedule", "bus.start",
}  # fmt: skip
CALLS = dict.fromkeys(bus.SERVICES, CALLS_OF_SERVICES) | {
    "members": CALLS_OF_SERVICES | {"bus.forget", "bus.pieces"},
    "events": CALLS_OF_SERVICES | {"bus.pieces"},
    "notify": CALLS_OF_SERVICES | {"bus.trace"},
    "relay": {"bus.committee", "bus.last_beat", "bus.make_partitions", "bus.tick"},
}
#: Of the owner's, in a service's schema.
DEFINERS = {"notify.figures"}
#: Functions that say for which service they act, and how they are called for another one.
FOR_A_SERVICE = {
    "bus.publish": "'{0}.x.v1', NULL, now(), 'x', '', NULL, 'B', '{{}}', ARRAY[]::text[], ARRAY[]::text[]",
    "bus.acknowledge": "'{0}', uuidv7()", "bus.start": "'{0}', uuidv7()", "bus.fail": "'{0}', uuidv7(), 'x'",
    "bus.quarantined": "'{0}'", "bus.replay": "'{0}', ARRAY[uuidv7()]", "bus.beat": "'{0}'",
    "bus.schedule": "'{0}.every.x', '{0}', '{0}', '1 day'",
    "audit.append": "1, now(), 'x', NULL, '{0}.x', 'x', NULL, '{{}}', '', 'x', 'x'",
}  # fmt: skip


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def signed_in(server) -> Iterator[Any]:
    """Call it with a role for a connection of its own; nothing that is done on it stays."""
    engines = []

    def signed_in(role: str) -> Connection:
        engines.append(create_engine(config().database_url_for(role)))
        connection = engines[-1].connect()
        assert connection.execute(text("SELECT session_user")).scalar_one() == role
        connection.exec_driver_sql(f"SET app.committee = '{COMMITTEE}'")
        return connection

    yield signed_in
    for engine in engines:
        engine.dispose()


def test_a_role_reads_and_writes_its_own_tables_and_no_others(signed_in, engine, role):
    with engine.connect() as owner, signed_in(role) as connection:
        tables = owner.execute(TABLES).all()
        can = {(table.name, act) for table in tables for act in ACTS if may(connection, attempt(table, act))}

    own = {(t.name, act) for t in tables for act in rights(t) if t.schema == role and not t.partition}
    assert len(tables) > 50
    assert can == own | {(name, act) for who, name, act in BESIDES if who == role}


def test_a_role_calls_the_functions_that_it_needs_and_no_others(signed_in, engine, role):
    with engine.connect() as owner, signed_in(role) as connection:
        functions = owner.execute(FUNCTIONS).all()
        nothing = {f.name: ", ".join(f"NULL::{kind}" for kind in f.types) for f in functions}
        nothing |= {name: given.format(role) for name, given in FOR_A_SERVICE.items()}
        can = {name for name, given in nothing.items() if may(connection, f"SELECT {name}({given})")}

    own = {name for name in nothing if name.partition(".")[0] == role and name not in DEFINERS}
    assert can == CALLS[role] | own


def test_a_service_acts_on_the_bus_for_itself_only(signed_in, role):
    with signed_in(role) as connection:
        for name, given in FOR_A_SERVICE.items():
            for other in {*bus.SERVICES, ""} - {role}:
                assert not may(connection, f"SELECT {name}({given.format(other)})"), f"{name} for {other}"
            if role in bus.SERVICES:
                assert may(connection, f"SELECT {name}({given.format(role)})"), name


def test_a_service_does_not_set_the_clock_of_another_ones_job(signed_in):
    with signed_in("events") as connection:
        assert not may(connection, "SELECT bus.schedule('patrol.every.x', 'events', 'events', '1 day')")
        assert may(connection, "SELECT bus.schedule('events.every.x', 'events', 'events', '1 day')")


def test_no_role_can_make_anything_or_become_anybody(signed_in, engine, role):
    others = {*ROLES, "app"} - {role}
    tries = [
        "CREATE TABLE public.x ()", "CREATE TABLE bus.x ()", "CREATE TABLE members.x ()", "CREATE SCHEMA x",
        "CREATE ROLE x", "COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('/etc/passwd')",
        "ALTER TABLE bus.events DISABLE ROW LEVEL SECURITY", "SET session_replication_role = replica",
        *(f"SET ROLE {other}" for other in others), *(f"SET SESSION AUTHORIZATION {other}" for other in others),
    ]  # fmt: skip
    with signed_in(role) as connection:
        assert [act for act in tries if may(connection, act)] == []
    with engine.connect() as owner:
        more = "rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
        above = text(f"SELECT {more} FROM pg_roles WHERE rolname = :role")
        assert owner.execute(above, {"role": role}).scalar_one() is False


def test_a_role_sees_the_rows_of_the_committee_that_it_acts_for_and_no_others(connection, world, engine):
    with engine.connect() as owner:
        tables = [t for t in owner.execute(TABLES) if t.schema in bus.SERVICES and not t.partition and not t.view]
    shown = 0
    for table in tables:
        count = f"SELECT count(*) FROM {table.name} WHERE committee_id"
        there = connection.exec_driver_sql(f"{count} = '{OTHERS}'").scalar_one()
        shown += there > 0
        connection.exec_driver_sql(f"SET LOCAL ROLE {table.schema}")
        assert connection.exec_driver_sql(f"{count} <> bus.committee()").scalar_one() == 0, table.name
        assert changed(connection, f"UPDATE {table.name} SET committee_id = committee_id", OTHERS) == 0, table.name
        assert changed(connection, f"DELETE FROM {table.name}", OTHERS) == 0, table.name
        assert not may(connection, f"INSERT INTO {table.name} (committee_id) VALUES ('{OTHERS}')"), table.name
        connection.exec_driver_sql("SET LOCAL app.committee = ''")
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one() == 0, table.name
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql(f"SET LOCAL app.committee = '{COMMITTEE}'")
    assert shown > 20, "the other committee has something to hide in most tables"


@pytest.mark.parametrize(("view", "table"), VIEWS.items())
def test_a_view_shows_the_rows_that_its_table_would(connection, world, view, table):
    connection.exec_driver_sql(f"SET LOCAL ROLE {view.partition('.')[0]}")
    shown, there = (set(connection.exec_driver_sql(f"SELECT id FROM {name}").scalars()) for name in (view, table))

    assert shown == there
    assert shown
    connection.exec_driver_sql("SET LOCAL app.committee = ''")
    assert connection.exec_driver_sql(f"SELECT count(*) FROM {view}").scalar_one() == 0


def test_kept_answers_are_seen_by_the_service_that_gave_them(connection):
    keep = """INSERT INTO bus.idempotency (committee_id, actor, route, key, request, body)
        VALUES (bus.committee(), 'person:x', 'POST /grants', '12345678', '', 'a name')"""
    for service in bus.SERVICES:
        connection.exec_driver_sql(f"SET LOCAL ROLE {service}")
        connection.exec_driver_sql(keep)
        seen = connection.exec_driver_sql("SELECT service FROM bus.idempotency").scalars().all()
        assert seen == [service]


def rights(table: Any) -> tuple[str, ...]:
    """What a service may do with something in its own schema: views are for reading."""
    return ACTS[:1] if table.view else ACTS[:4]


def attempt(table: Any, act: str) -> str:
    """A statement that needs this right and changes nothing."""
    return {
        "SELECT": f"SELECT * FROM {table.name} LIMIT 0",
        "INSERT": f"INSERT INTO {table.name} ({table.first}) SELECT NULL::{table.kind} WHERE false",
        "UPDATE": f"UPDATE {table.name} SET {table.first} = NULL WHERE false",
        "DELETE": f"DELETE FROM {table.name} WHERE false",
        "TRUNCATE": f"TRUNCATE {table.name}",
    }[act]


def may(connection: Connection, statement: str) -> bool:
    """Whether Postgres lets this role try; what else is wrong with the statement does not matter."""
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql(statement)
    except DBAPIError as error:
        return not isinstance(error.orig, InsufficientPrivilege | WrongObjectType)
    finally:
        savepoint.rollback()
    return True


def changed(connection: Connection, statement: str, committee_id: Any) -> int:
    """How many rows of a committee this reaches."""
    savepoint = connection.begin_nested()
    try:
        return connection.exec_driver_sql(f"{statement} WHERE committee_id = '{committee_id}'").rowcount
    finally:
        savepoint.rollback()
