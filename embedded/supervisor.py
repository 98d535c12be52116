"""Starts programs, keeps them running, and stops them in order."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from embedded import leftovers
from embedded.hatching import Hatched, NotHatched, bury_strangers, describe, hatch, take_in_orphans
from embedded.program import Program, clear, kill, launch
from embedded.progress import StepFailed, say
from embedded.vigil import Vigil

LARGE_LOG = 10_000_000
STEADY_SECONDS = 10
LONGEST_IMPORT = 60
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0)


Process = subprocess.Popen | Hatched


class Stopped(BaseException):
    """Somebody asked us to stop. Not an error, as KeyboardInterrupt is none."""


@dataclass
class Child:
    """A program that we keep running."""

    program: Program
    log: Path
    process: Process
    started: float
    ready: bool = False
    deaths: int = 0  # since it last ran for a while
    due: float | None = None  # when it is started again
    vigil: Vigil | None = None

    @property
    def gone(self) -> bool:
        return self.process.poll() is not None


class Supervisor:
    """Use it in a `with` block, in the main thread: the kernel ties a child's life to the thread that started it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.stages: list[list[Child]] = []
        self.nest: Child | None = None
        self.asked = 0  # how often we were asked to stop

    def __enter__(self) -> "Supervisor":
        self.heard, ear = os.pipe()
        for end in (self.heard, ear):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ear, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only so that it wakes us
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means what it says
                signal.signal(number, self._ask)
        if sys.platform == "linux":
            take_in_orphans()
        else:
            leftovers.end_those_of_last_time(self.data)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._all():
            if child.vigil:
                child.vigil.end()
        for stage in reversed(self.stages):
            self._stop(stage)

    def start(self, *programs: Program, limit: float = 60) -> None:
        """Start these at the same time, and wait until all of them are ready."""
        stage = [self._child(program) for program in programs]
        self.stages.append(stage)
        give_up = time.monotonic() + limit
        while waiting := [child for child in stage if not child.ready]:
            for child in waiting:
                if time.monotonic() > give_up or child.deaths >= child.program.tries:
                    raise StepFailed(f"Start {child.program.name}", child.log)
            self._look_after()
            self._pause(0.05)

    def build_nest(self, modules: Sequence[str]) -> None:
        """Have these imported, once, for all Python programs that are started from now on. Only Linux can."""
        if modules and sys.platform == "linux":
            self.nest = self._child(describe(self.data, modules))
            self.stages.append([self.nest])

    def run(self, program: Program) -> None:
        """Run it to its end."""
        log = self._log(program)
        process = self._launch(program, log)
        try:
            while process.poll() is None:
                self._pause(1)
        finally:
            kill(process)
        if process.returncode:
            raise StepFailed(program.name, log)

    def watch(self) -> NoReturn:
        """Start again what dies, until we are asked to stop."""
        while True:
            self._look_after()
            self._pause(0.05 if self._unsettled() else 1)

    def _child(self, program: Program) -> Child:
        log = self._log(program)
        vigil = Vigil(program.hangs, program.environment) if program.hangs else None
        return Child(program, log, self._launch(program, log), time.monotonic(), vigil=vigil)

    def _launch(self, program: Program, log: Path) -> Process:
        """Out of the nest, if there is one and it answers."""
        if self.nest and program.command[0] == "-m":
            self._wait_for(self.nest)
            with suppress(NotHatched):
                return hatch(self.data, program, log)
        return launch(program, log)

    def _wait_for(self, nest: Child) -> None:
        """At the very beginning it is worth it: the program would import the same itself."""
        while not (nest.ready or nest.deaths) and time.monotonic() - nest.started < LONGEST_IMPORT:
            self._look_after()
            self._pause(0.05)

    def _log(self, program: Program) -> Path:
        log = self.data / "logs" / f"{program.name}.log"
        if log.exists() and log.stat().st_size > LARGE_LOG:
            log.replace(log.with_suffix(".log.1"))
        return log

    def _unsettled(self) -> list[Child]:
        return [child for child in self._all() if not child.ready]

    def _all(self) -> list[Child]:
        return [child for stage in self.stages for child in stage]

    def _look_after(self) -> None:
        for child in self._all():
            if child.due is not None:
                self._start_again(child)
            elif child.gone:
                self._bury(child)
            elif not child.ready:
                self._greet(child)
            elif child.vigil and child.vigil.found_hanging():
                self._end(child)
        if self.nest:
            bury_strangers([child.process.pid for child in self._all()])
        if sys.platform != "linux":
            leftovers.note(self.data, [child.process.pid for child in self._all()])

    def _greet(self, child: Child) -> None:
        child.ready = child.program.ready(child.process.pid)
        if child.ready and child.deaths:
            say(f"{child.program.name} runs again.")

    def _end(self, child: Child) -> None:
        say(f"{child.program.name} hangs: it is ended and started again.")
        kill(child.process)
        self._bury(child)

    def _bury(self, child: Child) -> None:
        """Note the death, and when to try again: each time later, unless it ran for a while."""
        kill(child.process)
        steady = time.monotonic() - child.started > STEADY_SECONDS
        child.deaths = 1 if steady else child.deaths + 1
        pause = PAUSES[min(child.deaths, len(PAUSES)) - 1]
        child.due, child.ready = time.monotonic() + pause, False
        say(f"{child.program.name} ended ({_how(child.process)}); again in {pause:.1f} s. Its log: {child.log}")

    def _start_again(self, child: Child) -> None:
        if time.monotonic() >= (child.due or 0):
            child.process, child.started, child.due = self._launch(child.program, child.log), time.monotonic(), None
            if child.vigil:
                child.vigil.begin_anew()

    def _stop(self, stage: Sequence[Child]) -> None:
        """Tell them in order, wait for all. Those that take too long, or everything when asked twice, go at once."""
        begun, asked = time.monotonic(), 0
        while still := [child for child in stage if not child.gone]:
            if asked != (asked := min(max(self.asked, 1), 2)):
                _tell(still, hurry=asked == 2)
            for child in still:
                if time.monotonic() > begun + child.program.patience:
                    kill(child.process)
            self._doze(0.05)
        for child in stage:
            clear(child.program)

    def _ask(self, *_: object) -> None:
        self.asked += 1  # what there is to say is said elsewhere: a signal may come in the middle of a print

    def _pause(self, seconds: float) -> None:
        """Wait so long, or until something happens."""
        if not self.asked:
            self._doze(seconds)
        if self.asked:
            say("Stopping. Ctrl-C once more to hurry.")
            raise Stopped

    def _doze(self, seconds: float) -> None:
        if select.select([self.heard], [], [], seconds)[0]:
            os.read(self.heard, 4096)


def _tell(children: Sequence[Child], hurry: bool) -> None:
    for child in children:
        child.process.send_signal(child.program.hurry if hurry else child.program.stop)


def _how(process: Process) -> str:
    code = process.returncode or 0
    return f"signal {-code}" if code < 0 else f"exit code {code}"
