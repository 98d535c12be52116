"""Somebody of each role, things of each kind, and a way to undo what they did."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.security import world as worlds


@pytest.fixture
def world(db) -> worlds.World:
    return worlds.build(db)


@pytest.fixture
def undone(connection) -> Callable[[], AbstractContextManager]:
    """What is done within it never was."""

    @contextmanager
    def undone():
        savepoint = connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    return undone
