"""python -m chaos.gateway FILE: the gateways' stand-in, in a process of its own, writing down what came by which key.

A line a message: when, channel, idempotency key, to whom. A message's id is its key in every channel: inside a push,
the OutId of an SMS, the Message-ID of a mail. Nothing kills this process: what it has written did arrive.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.standin import Standin
from tests.standin.__main__ import ENDS


class Counter(Standin):
    """Writes each message down at once, before it is answered for."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.book = file.open("a", buffering=1)

    def keep(self, channel: str, to: str, content: dict[str, Any], headers: dict[str, str]) -> None:
        self.book.write(json.dumps([time.time(), channel, _key(channel, content, headers), to]) + "\n")


def _key(channel: str, content: dict[str, Any], headers: dict[str, str]) -> str:
    if channel == "sms":
        return content.get("OutId", "")
    if channel == "email":
        return headers.get("Message-ID", "").strip("<>").partition("@")[0]
    return content.get("id", "")


@dataclass
class Arrival:
    """A message at its gateway."""

    at: float
    channel: str
    key: str
    to: str


@dataclass
class Gateway:
    """The stand-in as the storms see it."""

    url: str
    settings: dict[str, str]
    book: Path

    def arrivals(self) -> list[Arrival]:
        return [Arrival(*json.loads(line)) for line in self.book.read_text().splitlines() if line.endswith("]")]


@contextmanager
def gateway(folder: Path) -> Iterator[Gateway]:
    """Start it; in the block, settings lead to it."""
    book = folder / "arrivals.jsonl"
    book.touch()
    command = [sys.executable, "-m", "chaos.gateway", str(book)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        settings = dict(running.stdout.readline().strip().split("=", 1) for _ in Standin().settings())
        try:
            yield Gateway(url, settings, book)
        finally:
            running.terminate()


def main() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    with Counter(Path(sys.argv[1])) as standin:
        lines = [standin.url, *(f"{name}={value}" for name, value in standin.settings().items())]
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()
        signal.sigwait(ENDS)


if __name__ == "__main__":
    main()
