"""What a database that was taken back needs before anybody works on it: docs/decisions/0005 says why."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from embedded import backup, secrets
from embedded.program import PROJECT, NeverReady

#: Channels on which a second copy takes the place of the first; a test holds it to notify's channels.
REPLACED = ["web_push", "email", "wecom", "webhook"]
NOWHERE = "redis://127.0.0.1:1/0"


@dataclass(frozen=True)
class Settled:
    """What is left for people to decide."""

    deliveries: int
    sendings: int
    sessions: int
    forgotten: int


def settle(data: Path, url: str, moment: datetime | None) -> Settled:
    """The tables of today, a new epoch, and nobody in it who has asked to be forgotten."""
    environment = {"DATA_DIR": str(data), "BACKUP_DIR": str(backup.folder_of_all(data)), "DATABASE_URL": url}
    environment |= {"REDIS_URL": NOWHERE, **secrets.keep(data / "secrets")}
    _run("migrations", environment)
    asked = "SELECT deliveries_held, sendings_held, sessions_ended FROM bus.begin_epoch(%s, %s, %s)"
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        facts = (moment or datetime.now(UTC), REPLACED, moment is not None)
        deliveries, sendings, sessions = connection.execute(asked, facts).fetchone() or (0, 0, 0)
    return Settled(deliveries, sendings, sessions, int(_run("services.members.erase_again", environment)))


def _run(module: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}, text=True, capture_output=True)
    if done.returncode:
        raise NeverReady(f"python -m {module} failed:\n{done.stderr}")
    return done.stdout.strip()
