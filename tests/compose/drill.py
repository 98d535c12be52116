"""What a restore drill asks of the Compose installation: every row of every table, by psql in its container."""

import os
import subprocess
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from embedded.comparing import DIGEST, TABLES, State
from tests.compose.conftest import ROOT, System

PSQL = ("exec", "-T", "postgres", "psql", "-qAtX", "-U", "app", "-v", "ON_ERROR_STOP=1", "committee")
OF_ONE = f"SELECT %L, d.* FROM ({DIGEST.format('%s')}) AS d"
EVERY_TABLE = f"SELECT format($$ {OF_ONE} $$, name, name) FROM ({TABLES}) AS every \\gexec\n"
TRIES = 5
#: Nobody writes while we look.
HOLD = f"""
BEGIN;
SET LOCAL deadlock_timeout = '10s';
SELECT format('LOCK TABLE %s IN SHARE MODE', string_agg(name, ', ')) FROM ({TABLES}) AS every \\gexec
SELECT clock_timestamp();
"""


class Deadlock(Exception):
    """Two waited for each other, and Postgres ended us."""


def remember(system: System) -> tuple[datetime, State]:
    """A moment, and what there is at it. Whoever uses the system may stand in our way, and we in theirs: then again."""
    for _ in range(TRIES):
        with suppress(Deadlock):
            moment, *rows = ask(system, HOLD + EVERY_TABLE + "COMMIT;").splitlines()
            return datetime.fromisoformat(moment), state(rows)
    raise Deadlock


def look(system: System) -> State:
    return state(ask(system, EVERY_TABLE).splitlines())


def ask(system: System, words: str) -> str:
    command = [*system.command, *PSQL]
    done = subprocess.run(command, cwd=ROOT, input=words, capture_output=True, text=True, timeout=300)
    if "deadlock detected" in done.stderr:
        raise Deadlock
    assert done.returncode == 0, done.stderr
    return done.stdout


def restore(system: System, to: str, folder: Path) -> tuple[State, float]:
    """Run deploy/restore as a person does: what there was before it was settled, and how long all of it took."""
    seen, looking = folder / "seen", folder / "look"
    (folder / "asked").write_text(EVERY_TABLE)
    looking.write_text(f'#!/bin/sh\n{" ".join(system.command + list(PSQL))} < "{folder}/asked" > "{seen}"\n')
    looking.chmod(0o755)
    environment = {**os.environ, "COMPOSE": " ".join(system.command), "LOOK": str(looking)}
    begun = time.monotonic()
    done = subprocess.run(
        ["deploy/restore", to], cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return state(seen.read_text().splitlines()), time.monotonic() - begun


def state(rows: list[str]) -> State:
    parts = [row.split("|") for row in rows]
    return {table: (int(count), digest or None) for table, count, digest in parts}
