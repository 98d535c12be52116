"""The peer of an alarm's way: one durable insert that notifies, heard by another process through LISTEN.

Nothing that keeps its news in Postgres and shows it elsewhere can do with less. The clock runs from the beginning of
the insert, for there is one on our way too, until the other process has heard; all processes read one monotonic clock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

import psycopg

from bench.client import Refused
from bench.product import Product

PATIENCE = 60
MAKE = "CREATE TABLE bench_notices (id uuid PRIMARY KEY DEFAULT uuidv7(), words text NOT NULL)"
WRITE = """
    WITH one AS (INSERT INTO bench_notices (words) VALUES (%s) RETURNING id)
    SELECT pg_notify('bench', id::text) FROM one
"""


@dataclass
class Peer:
    """Both ends: a connection that writes, and what the other process says."""

    postgres: psycopg.Connection
    ear: Connection

    def sample(self, words: str) -> float:
        """Seconds from the beginning of an insert until it was heard of elsewhere."""
        begun = time.perf_counter()
        self.postgres.execute(WRITE, [words])
        return self._heard() - begun

    def _heard(self) -> float:
        if not self.ear.poll(PATIENCE):
            raise Refused("nothing was heard")
        return self.ear.recv()


@contextmanager
def peer(product: Product) -> Iterator[Peer]:
    fork = get_context("fork")
    ear, mouth = fork.Pipe(duplex=False)

    def listen() -> None:
        with product.postgres() as postgres:
            postgres.execute("LISTEN bench")
            mouth.send(time.perf_counter())
            for _ in postgres.notifies():
                mouth.send(time.perf_counter())

    process = fork.Process(target=listen, daemon=True)
    process.start()
    try:
        with product.postgres() as postgres:
            postgres.execute(MAKE)
            ear.recv()
            yield Peer(postgres, ear)
            postgres.execute("DROP TABLE bench_notices")
    finally:
        process.terminate()
        process.join()
