"""One world for all tests of a module: building it is most of their work. What a test does to it is undone after it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection

from tests.conftest import bind_all, never_committed, session_on
from tests.security import world as worlds


@pytest.fixture(scope="module")
def standing(engine) -> Iterator[tuple[Connection, worlds.World]]:
    """A connection on which everything is there, and what there is."""
    with never_committed(engine) as connection:
        with session_on(connection) as db:
            world = worlds.build(db)
        yield connection, world


@pytest.fixture
def connection(request) -> Iterator[Connection]:
    """The one connection of a test: with a world in it if the test asks for one."""
    if "world" not in request.fixturenames:
        with never_committed(request.getfixturevalue("engine")) as connection:
            bind_all(connection)
            yield connection
        return
    connection, _ = request.getfixturevalue("standing")
    bind_all(connection)
    with _undone(connection):
        yield connection


@pytest.fixture
def world(standing) -> worlds.World:
    return standing[1]


@pytest.fixture
def undone(connection) -> Callable[[], AbstractContextManager]:
    """What is done within it never was."""
    return lambda: _undone(connection)


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
