"""Watches over a program that may hang without dying."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

#: Seconds between two questions; and after a start, in which a program is left in peace.
EVERY = 5
GRACE = 30

#: Asked with the program's environment, and for how many seconds it has been running.
Hangs = Callable[[Mapping[str, str], float], bool]


@dataclass
class Vigil:
    """Asks, in a thread of its own, whether a program hangs: an answer may take long, and nobody waits for it."""

    hangs: Hangs
    environment: Mapping[str, str]
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "vigil"))
    asked: Future[bool] | None = None
    started: float = field(default_factory=time.monotonic)
    next_at: float = field(default_factory=lambda: time.monotonic() + GRACE)

    def begin_anew(self) -> None:
        """The program was started again: what was asked before concerns another one."""
        self.asked, self.started = None, time.monotonic()
        self.next_at = self.started + GRACE

    def found_hanging(self) -> bool:
        """The answer to the last question, once; asks the next one when it is time."""
        if self.asked is None:
            if time.monotonic() >= self.next_at:
                self.asked = self.thread.submit(self.hangs, self.environment, time.monotonic() - self.started)
            return False
        if not self.asked.done():
            return False
        found, self.asked = self.asked, None
        self.next_at = time.monotonic() + EVERY
        return found.exception() is None and found.result()

    def end(self) -> None:
        self.thread.shutdown(wait=False, cancel_futures=True)
