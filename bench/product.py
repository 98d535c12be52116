"""The running product under measurement: as a newcomer starts it, with its demo set, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, LiteralString
from unittest.mock import patch
from uuid import UUID

import psycopg
from psycopg.rows import scalar_row

from embedded import postgres, secrets, valkey
from shared import db
from shared.config import config
from shared.crypto import hashed, new_token
from tests.stack import Stack, stack, until
from tests.standin import Standin

MADE_BY_THE_BENCH = "bench"
UNDER_WAY = "SELECT count(*) FROM bus.deliveries WHERE event_id IS NOT NULL"
SIGN_IN = """
    INSERT INTO members.sessions (committee_id, token, person_id, device, created_at, last_seen_at, expires_at)
    SELECT committee_id, %s, id, %s, now(), now(), now() + interval '1 day' FROM members.people WHERE id = %s
"""


@dataclass(frozen=True)
class Product:
    """The product, and its Postgres from behind: everything is done over HTTP except what people do only once.

    *counter*: the settings of a stand-in that counts pushes and mails without opening them; its mails come there.
    """

    stack: Stack
    place: postgres.Place
    counter: dict[str, str]

    @property
    def url(self) -> str:
        return self.stack.url

    def postgres(self) -> psycopg.Connection:
        """Its database, as the owner."""
        return psycopg.connect(self.place.url.replace("postgresql+psycopg", "postgresql"), autocommit=True)

    def signed_in(self, person_id: UUID) -> str:
        """The token of a person on a device of theirs: a row, in place of a code by SMS."""
        token = new_token()
        with self.postgres() as connection:
            connection.execute(SIGN_IN, [hashed(token), MADE_BY_THE_BENCH, person_id])
        return token

    def clerk(self) -> str:
        """The token of somebody who may arrange shifts."""
        return self.signed_in(self.value("SELECT person_id FROM members.grants WHERE role = 'clerk' LIMIT 1"))

    def settle(self) -> None:
        """Wait until every event has reached every service: after the demo set, that takes a while."""
        until(lambda: self.value(UNDER_WAY) == 0, 600)

    def value(self, query: LiteralString) -> Any:
        """The one value that the database answers."""
        with self.postgres() as connection, connection.cursor(row_factory=scalar_row) as cursor:
            return cursor.execute(query).fetchone()


@contextmanager
def product() -> Iterator[Product]:
    """Start it; in the block, this process has its settings too, as if it were one of its own."""
    with TemporaryDirectory(prefix="joint-bench-") as folder:
        try:
            with _counter() as counter, stack(Path(folder), SMTP_URL=counter["SMTP_URL"]) as running:
                place = postgres.prepare(running.data / "postgres")
                with _settings_of(running, place):
                    yield Product(running, place, counter)
        finally:
            postgres.erase(Path(folder, "postgres"))


@contextmanager
def _counter() -> Iterator[dict[str, str]]:
    """A stand-in in a process of its own: the settings that lead to it."""
    command = [sys.executable, "-m", "tests.standin", "--no-decrypt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        running.stdout.readline()
        settings = dict(running.stdout.readline().strip().split("=", 1) for _ in Standin().settings())
        try:
            yield settings
        finally:
            running.terminate()


@contextmanager
def _settings_of(running: Stack, place: postgres.Place) -> Iterator[None]:
    settings = {"DATABASE_URL": place.url, "REDIS_URL": valkey.url(running.data / "valkey"), "PUBLIC_URL": running.url}
    with patch.dict(os.environ, secrets.keep(running.data / "secrets") | settings):
        config.cache_clear()
        db.connect("events", "patrol")
        yield
        for engine in db.engines():
            engine.dispose()
    config.cache_clear()
