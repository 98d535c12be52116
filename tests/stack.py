"""The whole product, started as a newcomer starts it: for stories, the browser and the bench."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

PROJECT = Path(__file__).parents[1]


@dataclass
class Stack:
    """A running product with its demo set, and the stand-in for the outside world's gateways."""

    url: str
    phones: str  # where the stand-in shows what went out
    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
        port, phones = self.url.rpartition(":")[2], self.phones.rpartition(":")[2]
        environment |= {"PORT": port, "DEMO_PHONES_PORT": phones, "DATA_DIR": str(self.data), "PUBLIC_URL": self.url}
        command = [sys.executable, "-m", "services"]
        with (self.data / "stack.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env={**environment, **self.settings},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        self.wait()

    def wait(self, seconds: float = 150) -> None:
        """Wait for the line that welcomes the newcomer."""
        limit = time.monotonic() + seconds
        while "打开 Open" not in self.says().rpartition("=== start")[2]:
            if self.process is None or self.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(self.says()[-3000:])
            time.sleep(0.1)

    def says(self) -> str:
        log = self.data / "stack.log"
        return log.read_text() if log.exists() else ""

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.process = None
        with (self.data / "stack.log").open("a") as log:
            log.write("=== start\n")

    def sent(self, channel: str, to: str | None = None) -> list[dict]:
        """What went out by a channel, oldest first."""
        query = {"channel": channel} | ({"to": to} if to else {})
        return requests.get(f"{self.phones}/_received", params=query, timeout=10).json()["items"]


@contextmanager
def stack(data: Path, **settings: str):
    """The product on free ports with its data in a folder; stopped at the end."""
    data.mkdir(parents=True, exist_ok=True)
    running = Stack(f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}", data, settings)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def until(seen, seconds: float = 30):
    """Look until *seen* returns something true, and return that: the product needs a moment, how long is no promise."""
    limit = time.monotonic() + seconds
    while not (found := seen()):
        if time.monotonic() > limit:
            raise AssertionError("not seen")
        time.sleep(0.05)
    return found
