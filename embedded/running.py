"""What a machine that runs tells its programs, for those who come from outside: the doctor, ./run trace."""

import fcntl
import os
from pathlib import Path
from urllib.parse import quote

from embedded import secrets, valkey

DATABASE, SUPERUSER = "joint", "app"


def address(data: Path) -> str | None:
    """Where the machine of this data folder is reached; None: none runs."""
    try:
        with (data / "lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return (data / "lock").read_text().strip()
    return None


def settings(data: Path) -> dict[str, str]:
    """Where its databases and keys are, as far as the environment does not say so. Nothing is made."""
    found = {"DATA_DIR": str(data)}
    if "DATABASE_URL" not in os.environ and (url := _postgres(data / "postgres")):
        found["DATABASE_URL"] = url
    if "REDIS_URL" not in os.environ and address(data) is not None:
        found["REDIS_URL"] = valkey.url(data / "valkey")
    for name in secrets.KEYS:
        file = data / "secrets" / name.lower()
        if name not in os.environ and f"{name}_FILE" not in os.environ and file.exists():
            found[f"{name}_FILE"] = str(file)
    return found


def _postgres(folder: Path) -> str | None:
    """The server writes the folder of its socket into the fifth line of its pid file."""
    try:
        lines = (folder / "data/postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    if len(lines) < 5:
        return None
    return f"postgresql+psycopg://{SUPERUSER}@/{DATABASE}?host={quote(lines[4], safe='/')}"
