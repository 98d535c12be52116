"""Who may touch what in Postgres: a role a service, rows of one committee at a time."""

import os
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

SERVICES = ("members", "events", "patrol", "notify")
ROLES = (*SERVICES, "relay")


def make_roles(connection: Connection) -> None:
    """Let each role exist; with its password when ROLE_PASSWORDS_DIR names a folder of them."""
    folder = os.environ.get("ROLE_PASSWORDS_DIR")
    for role in ROLES:
        found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
        if not found:
            connection.exec_driver_sql(f'CREATE ROLE "{role}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE')
        if folder:
            _set_password(connection, role, Path(folder, f"{role}_password").read_text().strip())


def protect_bus(connection: Connection) -> None:
    """Services may call the bus, the relay may move deliveries, nobody else anything."""
    connection.exec_driver_sql("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA bus FROM PUBLIC")
    for service in SERVICES:
        connection.exec_driver_sql(f"""
            GRANT USAGE ON SCHEMA bus TO {service};
            GRANT SELECT ON bus.committees TO {service};
            GRANT SELECT, INSERT, UPDATE, DELETE ON bus.idempotency TO {service};
            GRANT EXECUTE ON FUNCTION bus.committee, bus.publish, bus.acknowledge, bus.start, bus.fail, bus.quarantined,
                bus.replay, bus.schedule, bus.beat, bus.last_beat TO {service};
        """)
    connection.exec_driver_sql("""
        GRANT USAGE ON SCHEMA bus TO relay;
        GRANT SELECT, INSERT, UPDATE, DELETE ON bus.deliveries TO relay;
        GRANT SELECT, UPDATE ON bus.schedules TO relay;
        GRANT SELECT ON bus.heartbeats TO relay;
        GRANT SELECT, DELETE ON bus.idempotency TO relay;
        GRANT EXECUTE ON FUNCTION bus.tick, bus.make_partitions, bus.last_beat, bus.committee TO relay;
        CREATE POLICY sweep ON bus.idempotency TO relay USING (true);
    """)


def protect(connection: Connection, schema: str) -> None:
    """Give a service its own schema, and of its rows those of the committee that it acts for."""
    connection.exec_driver_sql(f"""
        GRANT USAGE ON SCHEMA {schema} TO {schema};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {schema};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {schema};
    """)
    for partition in connection.execute(text(PARTITIONS), {"schema": schema}).scalars():
        connection.exec_driver_sql(f"REVOKE ALL ON {partition} FROM {schema}")  # asked by its name, it has no policy
    for view in connection.execute(text(VIEWS), {"schema": schema}).scalars():
        connection.exec_driver_sql(f"REVOKE INSERT, UPDATE, DELETE ON {view} FROM {schema}")
    for table in connection.execute(text(TABLES_OF_COMMITTEES), {"schema": schema}).scalars():
        connection.exec_driver_sql(f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS ours ON {table};
            CREATE POLICY ours ON {table} USING (committee_id = bus.committee());
        """)


VIEWS = "SELECT format('%I.%I', schemaname, viewname) FROM pg_views WHERE schemaname = :schema"
PARTITIONS = """
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relispartition AND c.relkind = 'r'
"""
TABLES_OF_COMMITTEES = """
    SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'committee_id' AND NOT a.attisdropped
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


def _set_password(connection: Connection, role: str, password: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
