"""What a program is, and a run of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Protocol


class Killable(Protocol):
    """What was started, wherever it came from."""

    pid: int

    def wait(self) -> int | None: ...


PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Program:
    """How to start something, to see that it is ready, and to stop it."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[int], bool] = lambda pid: True
    hangs: Callable[[Mapping[str, str], float], bool] | None = None  # asked now and then, as vigil.py says
    before: Callable[[], None] = lambda: None
    stop: signal.Signals = signal.SIGTERM
    hurry: signal.Signals = signal.SIGKILL
    orphaned: signal.Signals = signal.SIGKILL
    patience: float = 10
    tries: int = 4  # before the first start is given up; later ones never are
    identity: str = "same"
    scratch: Path | None = None  # a folder that is of no use when the program has stopped


def launch(program: Program, log: Path) -> subprocess.Popen:
    """Start it as a child in a session of its own, so that Ctrl-C on the terminal reaches only us."""
    program.before()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*as_child(program.identity, program.orphaned), *program.command],
            cwd=PROJECT,
            env={**inherited(), **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def inherited() -> dict[str, str]:
    """Our own environment, but Python may keep what it compiles: the next start is faster by seconds."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def kill(process: Killable) -> None:
    """Kill it and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def as_child(identity: str, orphaned: signal.Signals) -> list[str]:
    """What stands before a command that must die with us."""
    return [sys.executable, "-m", "embedded.child", str(os.getpid()), str(int(orphaned)), identity]


class NeverReady(Exception):
    """A program ended, or said nothing, before it was ready."""


@dataclass
class Server:
    """A program that is ready, for whoever needs just the one: tests, the bench."""

    url: str
    process: subprocess.Popen
    program: Program

    def stop(self) -> None:
        self.process.send_signal(self.program.stop)
        try:
            self.process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            kill(self.process)
        clear(self.program)


def start(program: Program, url: str, log: Path, limit: float = 60) -> Server:
    """Start it and wait until it is ready. When it ends it is tried again: an earlier run may still be stopping."""
    give_up = time.monotonic() + limit
    process = launch(program, log)
    while not (process.poll() is None and program.ready(process.pid)):
        if time.monotonic() > give_up:
            kill(process)
            raise NeverReady(f"{program.name} is not ready after {limit:.0f} s:\n{tail(log)}")
        process = _again(process, program, log)
    return Server(url, process, program)


def clear(program: Program) -> None:
    """Remove what only a running program needs."""
    if program.scratch:
        shutil.rmtree(program.scratch, ignore_errors=True)


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _again(process: subprocess.Popen, program: Program, log: Path) -> subprocess.Popen:
    """Wait a moment; the same process, or a new one when it has ended."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return process
    Event().wait(0.2)
    return launch(program, log)
