"""Programs beside the product's own, as a second machine would run them: same databases, same keys, same gateways."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

from embedded import running
from embedded.machine import answers
from embedded.program import PROJECT, as_child, kill, tail
from services.__main__ import demo, programs
from tests.stack import Stack, descendants, free_port, until

#: By which word in its command line a program is found.
WORDS = {"gateway": "gunicorn", "worker": "celery", "relay": "shared.relay"}


@dataclass
class Beside:
    """A program that is started again when it dies, as the supervisor of its machine would do."""

    command: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    folder: Path = PROJECT
    url: str = ""  # of a gateway
    process: subprocess.Popen | None = None
    wanted: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def start(self) -> "Beside":
        self.wanted.set()
        Thread(target=self._keep_running, daemon=True).start()
        return self

    def ready(self) -> bool:
        """Whether it answers, or has the two processes that do its work."""
        if self.process is None:
            return False
        if self.url:
            return answers("127.0.0.1", int(self.url.rpartition(":")[2]))(self.process.pid)
        return "celery" not in self.command or len(descendants(self.process.pid)) >= 2

    def be_away(self, seconds: float) -> None:
        """Killed, and not started again for a while."""
        self.wanted.clear()
        self.die()
        Event().wait(seconds)
        self.wanted.set()

    def die(self) -> None:
        if self.process:
            kill(self.process)

    def stop(self) -> None:
        self.over.set()
        self.wanted.set()
        self.die()

    def _keep_running(self) -> None:
        command = [*as_child("same", signal.SIGKILL), *self.command]
        with self.log.open("ab") as log:
            while not self.over.wait(0.2):
                self.wanted.wait()
                self.process = subprocess.Popen(
                    command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
                )
                if self.over.is_set():
                    self.die()
                self.process.wait()


class NotReady(Exception):
    """A program beside the product does not come up."""


def wait_for(*others: Beside, seconds: float = 60) -> None:
    """Until all of them are ready."""
    try:
        until(lambda: all(other.ready() for other in others), seconds)
    except AssertionError:
        late = [other for other in others if not other.ready()]
        raise NotReady("\n".join(f"{other.log}:\n{tail(other.log)}" for other in late)) from None


def beside(
    stack: Stack, name: str, log: Path, *, folder: Path = PROJECT, settings: Mapping[str, str] | None = None
) -> Beside:
    """One more of the product's programs, with the settings of its own one, and others."""
    port = free_port()
    program = next(one for one in programs("127.0.0.1", port) if one.name == name)
    url = f"http://127.0.0.1:{port}" if name == "gateway" else ""
    environment = {**_environment_of(stack), **program.environment, **(settings or {})}
    return Beside(program.command, environment, log, folder, url).start()


def _environment_of(stack: Stack) -> dict[str, str]:
    """What the product's own programs are told."""
    told = {"DEMO_PHONES_PORT": stack.phones.rpartition(":")[2], "PUBLIC_URL": stack.url, **stack.settings}
    with patch.dict(os.environ, told):
        settings = demo()
    return {**os.environ, **(settings.settings if settings else {}), **running.settings(stack.data), **told}
