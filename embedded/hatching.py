"""The supervisor's side of the nest (nest.py): programs that are forked from it, as its own children."""

import json
import os
import socket
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from embedded import sockets
from embedded.child import libc
from embedded.nest import GO
from embedded.program import Program, inherited

SET_CHILD_SUBREAPER = 36
PATIENCE = 5
ROOM = "." * 600


class NotHatched(Exception):
    """The nest is not there, or does not answer."""


class Hatched:
    """A program that came out of the nest: of a Popen, what the supervisor asks of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._look(os.WNOHANG)

    def wait(self) -> int | None:
        return self._look(0)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _look(self, how: int) -> int | None:
        if self.returncode is None and (found := os.waitpid(self.pid, how))[0]:
            self.returncode = os.waitstatus_to_exitcode(found[1])
        return self.returncode


def describe(data: Path, modules: Sequence[str]) -> Program:
    """The nest itself. It is no Python program of ours as the others are: what it forks must not die with it."""
    path = _door(data)
    command = (sys.executable, "-m", "embedded.nest", str(path), ",".join(modules), ROOM)
    return Program(
        name="nest",
        command=command,
        before=lambda: path.unlink(missing_ok=True),
        ready=lambda pid: path.is_socket(),
        scratch=path.parent,
    )


def take_in_orphans() -> None:
    """Let the kernel make us the parent of whatever our children leave behind."""
    libc.prctl(SET_CHILD_SUBREAPER, 1)


def bury_strangers(ours: Collection[int]) -> None:
    """Of the orphans that we took in, those that ended and are none of our programs."""
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid in ours:
            return
        os.waitpid(found.si_pid, 0)


def hatch(data: Path, program: Program, log: Path) -> Hatched:
    """Let the nest become this program."""
    facts = {
        "command": program.command,
        "environment": {**inherited(), **program.environment},
        "log": str(log),
        "orphaned": int(program.orphaned),
    }
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(_door(data)))
            line.sendall(json.dumps(facts).encode() + b"\n")
            pid = int(line.makefile("rb").readline())
            line.sendall(GO)
    except (OSError, ValueError) as error:
        raise NotHatched from error
    return Hatched(pid)


def _door(data: Path) -> Path:
    return sockets.folder_for(data / "nest") / "nest.sock"
