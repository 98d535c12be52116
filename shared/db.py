"""The one Postgres. Each service keeps to the schema that carries its name, under its own role."""

import time
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, LiteralString, TypeVar, cast
from uuid import UUID

import psycopg
from sqlalchemy import DateTime, MetaData, Text, create_engine, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, sessionmaker

from shared import clock
from shared.config import config
from shared.errors import NotFound

T = TypeVar("T")

#: A sessionmaker for each service that this process runs; see connect().
_makers: dict[str, sessionmaker[Session]] = {}

#: Every datetime is a moment, never a wall-clock reading.
COLUMN_TYPES = {datetime: DateTime(timezone=True), str: Text, dict: JSONB, list: JSONB}

#: What the database puts in place of the committee and of a new id.
COMMITTEE = text("bus.committee()")
NEW_ID = text("uuidv7()")

#: Seconds after which a connection that nobody used is asked whether it is still there.
RESTED = 1.0


def schema(name: str) -> MetaData:
    """The Postgres schema of a service."""
    names = {"ix": "%(table_name)s_%(column_0_N_name)s", "uq": "%(table_name)s_%(column_0_N_name)s_key"}
    return MetaData(schema=name, naming_convention=names)


class Ours:
    """A row that belongs to a committee: Postgres fills the column in, and shows no other committee's rows."""

    committee_id: Mapped[UUID] = mapped_column(server_default=COMMITTEE)


class Versioned:
    """A row that people edit: its version is its ETag, and a lost update is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict:  # noqa: N805  SQLAlchemy passes the class
        return {"version_id_col": cls.__table__.c.version, "eager_defaults": True}  # type: ignore[attr-defined]


def connect(*services: str) -> None:
    """Let sessions of these services sign in, each with its own role. Touches no database yet."""
    for service in services:
        url = config().database_url_for(service)
        engine = create_engine(url, pool_size=config().database_pool, max_overflow=0, hide_parameters=True)
        event.listen(engine, "connect", _set_clock)
        event.listen(engine, "checkin", _rest)
        event.listen(engine, "checkout", partial(_wake, engine))
        bind(service, engine)


def bind(service: str, engine: Any, **options: Any) -> sessionmaker[Session]:
    """Let sessions of *service* use this engine or connection."""
    _makers[service] = sessionmaker(bind=engine, expire_on_commit=False, **options)
    return _makers[service]


def session(service: str) -> Session:
    """A session of *service*; what it does is nobody's until enter() says which committee it acts for."""
    return _makers[service]()


def engines() -> list[Any]:
    return [maker.kw["bind"] for maker in _makers.values()]


def enter(db: Session, committee_id: UUID | str, **info: Any) -> None:
    """Act for this committee until the transaction ends; *info* (actor, correlation_id) goes into what it publishes."""
    db.execute(text("SELECT set_config('app.committee', :id, true)"), {"id": str(committee_id)})
    db.info.update(info, committee_id=UUID(str(committee_id)))


@contextmanager
def transaction(service: str, committee_id: UUID | str | None = None, **info: Any):
    """A session whose work is kept when the block ends, and undone when it raises."""
    with session(service) as db, db.begin():
        if committee_id:
            enter(db, committee_id, **info)
        yield db


def plain(db: Session, sql: LiteralString, **facts: Any) -> list[tuple]:
    """Do a statement in plain SQL, with %(name)s for *facts*, in the transaction of *db*; return its rows.

    For the few that are done all the time: what SQLAlchemy does around a statement costs more than Postgres does for
    it (docs/decisions/0007). Errors are those that it would have raised.
    """
    connection = db.connection()
    driver = cast(psycopg.Connection, connection.connection.driver_connection)
    try:
        cursor = driver.execute(sql, facts)
        return [] if cursor.rownumber is None else cursor.fetchall()
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance(sql, None, error, psycopg.Error, hide_parameters=True) from error


def find(db: Session, model: type[T], key: Any, **options: Any) -> T:
    """The row of *model* with this *key*, or the problem that it is not there."""
    if (row := db.get(model, key, **options)) is None:
        raise NotFound
    return row


def locked(db: Session, model: type[T], key: Any) -> T:
    """The same, and nobody else changes the row until we are done."""
    return find(db, model, key, with_for_update=True, populate_existing=True)


def now() -> datetime:
    """Postgres' time, whatever this machine's clock shows."""
    return clock.now()


def _set_clock(connection: Any, record: Any) -> None:
    connection.autocommit = True  # one trip, in place of three
    try:
        [moment] = connection.execute("SELECT clock_timestamp()").fetchone()
    finally:
        connection.autocommit = False
    clock.learn(moment)


def _rest(connection: Any, record: Any) -> None:
    record.info["rested"] = time.monotonic()


def _wake(engine: Any, connection: Any, record: Any, proxy: Any) -> None:
    """Set our clock by a connection that nobody used for a while. Let go of one that broke: the pool opens another."""
    if not clock.is_stale() and time.monotonic() - record.info.get("rested", time.monotonic()) < RESTED:
        return
    try:
        _set_clock(connection, record)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error
