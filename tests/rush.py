"""Many who act at the same moment, each on a connection of their own, in transactions that are really committed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from shared.db import enter
from shared.errors import Problem

#: More than any test has people.
CONNECTIONS = 32


class Rush:
    def __init__(self, sessions: sessionmaker, committee_id: UUID) -> None:
        self.sessions, self.committee_id = sessions, committee_id

    def do(self, act: Callable[[Session], Any]) -> Any:
        with self.sessions.begin() as db:
            enter(db, self.committee_id)
            return act(db)

    def at_once(self, *acts: Callable[[Session], Any]) -> list[Any]:
        """What came of each: its answer, or its problem."""

        def run(act: Callable[[Session], Any]) -> Any:
            try:
                return self.do(act)
            except Problem as problem:
                return problem

        return together(*[lambda act=act: run(act) for act in acts])

    def sweep(self, *statements: str, **facts: Any) -> None:
        """Takes away what a test has left behind."""
        self.do(lambda db: [db.execute(text(statement), facts) for statement in statements])


@contextmanager
def rush_on(url: str, committee_id: UUID) -> Iterator[Rush]:
    engine = create_engine(url, pool_size=CONNECTIONS)
    yield Rush(sessionmaker(engine, expire_on_commit=False), committee_id)
    engine.dispose()


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What comes of these acts that begin at the same moment."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
