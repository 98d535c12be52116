"""What the terminal shows: a line for each step, with its seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded.program import tail


class StepFailed(Exception):
    """A step did not work; its log says why."""

    def __init__(self, words: str, log: Path) -> None:
        super().__init__(words)
        self.words, self.log = words, log

    def __str__(self) -> str:
        return f"\n{self.words}: this did not work. The end of {self.log}:\n\n{tail(self.log)}\n"


@contextmanager
def step(words: str) -> Iterator[None]:
    """Show that this is being done, and how long it took."""
    begun = time.monotonic()
    print(f"  {words} ".ljust(44, "."), end=" ", flush=True)
    try:
        yield
    except Exception:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - begun:4.1f} s", flush=True)


def say(words: str) -> None:
    print(f"\n{words}", flush=True)
