"""Seconds from the command to the first answer, and to the line of welcome, next to bare servers.

*Warm*: everything is installed and the data is there. *First*: everything is installed, the data folder is empty.
*Fresh clone* (with --full): a clone of the last commit, so that packages are installed and pages built; once with what
the package managers keep on this machine, and once with their caches empty, when the network is what limits it.

The peer is PostgreSQL and Valkey by themselves: started on their folders, or made (initdb) and started. What limits a
warm start is Python, which imports four services in the web process and in the worker, after the migrations have
looked and found nothing to do.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from bench.client import Refused
from bench.measure import PROJECT, Result, Row, rounds
from embedded import postgres, valkey
from tests.stack import free_port

WELCOME = "打开 Open"
PATIENCE = 1200
OURS = ("PORT", "LISTEN", "DATA_DIR", "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "VIRTUAL_ENV")
CACHES = ("UV_CACHE_DIR", "PIP_CACHE_DIR", "npm_config_cache")


@dataclass
class Start:
    """Seconds until the first answer, and until everything is there."""

    answer: float
    welcome: float

    def __str__(self) -> str:
        return f"answers after {self.answer:.1f} s, everything after {self.welcome:.1f} s"


def measure(options: Namespace) -> Result:
    with TemporaryDirectory(prefix="joint-start-") as name:
        data, bare = Path(name, "data"), Path(name, "bare")
        found = rounds(
            options.rounds,
            first=lambda: _start(_fresh(data)),
            made=lambda: _bare(_fresh(bare)),
            warm=lambda: _start(data),
            started=lambda: _bare(bare),
        )
        rows = _rows("Warm start", found["warm"], found["started"], "PostgreSQL and Valkey started")
        rows += _rows("First start, empty data folder", found["first"], found["made"], "initdb, both started")
        if options.full:
            rows += _clones(Path(name), found["made"])
        _fresh(data), _fresh(bare)
    return Result(rows, [f"{options.rounds} rounds of each" + ("; fresh clones once." if options.full else ".")])


def _rows(what: str, ours: list[Start], peer: list[float], peer_is: str) -> list[Row]:
    return [
        Row(f"{what}: first answer", "s", [start.answer for start in ours], peer, peer_is),
        Row(f"{what}: all there", "s", [start.welcome for start in ours], peer, peer_is),
    ]


def _clones(folder: Path, peer: list[float]) -> list[Row]:
    """A newcomer's start: clone, ./run."""
    rows = []
    for what in ("Fresh clone, warm caches", "Fresh clone, empty caches"):
        empty = {name: str(_fresh(folder / name)) for name in CACHES} if "empty" in what else {}
        clone = _fresh(folder / "clone")
        subprocess.run(["git", "clone", "-q", PROJECT, clone], check=True)
        start = _start(_fresh(folder / "data"), ["./run"], clone, **empty)
        print(f"  {what}: {start}", flush=True)
        rows += _rows(what, [start], peer[-1:], "initdb, both started")
    return rows


def _start(data: Path, command: list[str] | None = None, folder: Path = PROJECT, **settings: str) -> Start:
    """Start it as a newcomer does, wait for both, stop it."""
    port, phones = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"PORT": str(port), "DEMO_PHONES_PORT": str(phones), "DATA_DIR": str(data), **settings}
    data.parent.mkdir(parents=True, exist_ok=True)
    log = data.with_suffix(".log")
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command or [sys.executable, "-m", "services"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            answer = _seconds(begun, process, log, lambda: _answers(port))
            return Start(answer, _seconds(begun, process, log, lambda: WELCOME in log.read_text()))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _seconds(begun: float, process: subprocess.Popen, log: Path, seen) -> float:
    while not seen():
        if process.poll() is not None or time.monotonic() > begun + PATIENCE:
            raise Refused(log.read_text()[-2000:])
        time.sleep(0.02)
    return time.monotonic() - begun


def _answers(port: int) -> bool:
    with suppress(requests.RequestException):
        return requests.get(f"http://127.0.0.1:{port}/api/patrol/healthz", timeout=5).ok
    return False


def _bare(folder: Path) -> float:
    begun = time.monotonic()
    servers = [postgres.start(folder / "postgres"), valkey.start(folder / "valkey")]
    taken = time.monotonic() - begun
    for server in servers:
        server.stop()
    return taken


def _fresh(folder: Path) -> Path:
    """The path of a folder that is not there (any more). A cluster may live elsewhere: see embedded/postgres.py."""
    postgres.erase(folder / "postgres")
    subprocess.run(["rm", "-rf", folder], check=True)
    return folder
