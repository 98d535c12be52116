"""Machines to start and to kill, in folders with names that trip careless programs."""

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
from contextlib import suppress
from pathlib import Path
from threading import Event

import psycopg
import pytest

from embedded import postgres
from embedded.program import PROJECT
from tests.stack import free_port

SECONDS = 40


class Started:
    """A machine in a process of its own, and what it says."""

    def __init__(self, data: Path, port: int, *manner: str, python: tuple[str, ...] = (sys.executable,)) -> None:
        self.data, self.port = data, port
        self.said = data.parent / f"said-{os.urandom(4).hex()}"
        command = [*python, "-m", "tests.embedded.stage", str(data), str(port), *manner]
        own = {name: text for name, text in os.environ.items() if not name.endswith("_URL")}
        own["PYTHONPATH"] = sysconfig.get_path("purelib")
        with self.said.open("w") as output:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=own, stdout=output, stderr=output)

    def until_open(self) -> "Started":
        eventually(lambda: "Open" in self.words() or self.process.poll() is not None)
        assert "Open" in self.words(), self.words()
        return self

    def exit_code(self) -> int:
        return self.process.wait(SECONDS)

    def words(self) -> str:
        return self.said.read_text()

    def page(self) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as page:
            return page.read()

    def database(self) -> psycopg.Connection:
        url = postgres.prepare(self.data / "postgres").url
        return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def descendants(self) -> set[int]:
        """Children, theirs, and so on."""
        parents = dict(_parents())
        found: set[int] = set()
        more = {self.process.pid}
        while more:
            more = {pid for pid, parent in parents.items() if parent in more} - found
            found |= more
        return found

    def pid_of(self, word: str) -> int:
        """The process that was started as this program."""
        return min(pid for pid in self.descendants() if word.encode() in _command(pid))

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.exit_code()


def eventually(true) -> None:
    """Wait until it is true."""
    for _ in range(SECONDS * 20):
        if true():
            return
        Event().wait(0.05)
    raise AssertionError("it never came true")


def alive(pids: set[int]) -> set[int]:
    return {pid for pid, _ in _parents() if pid in pids and _command(pid)}


def _parents():
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            yield int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder that the tests of a file share, so that the databases are made once."""
    return tmp_path_factory.mktemp("共建 委员会") / "数据 data"


@pytest.fixture
def open_folder():
    """A folder that other users can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def start(data, port):
    """Call it to start a machine; what is still running after the test is stopped."""
    machines = []

    def start(*manner: str, data: Path = data, port: int = port, **options) -> Started:
        machines.append(Started(data, port, *manner, **options))
        return machines[-1]

    yield start
    for machine in machines:
        if machine.process.poll() is None:
            machine.stop()
