"""The whole product, started as a newcomer starts it: for stories, the browser and the bench."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import requests

from embedded import postgres

PROJECT = Path(__file__).parents[1]
SECRETARY = "白桂芳"


@dataclass
class Stack:
    """A running product with its demo set, and the stand-in for the outside world's gateways."""

    url: str
    phones: str  # where the stand-in shows what went out
    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    signed_in: dict[str, "Client"] = field(default_factory=dict)

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

    def wait(self, seconds: float = 400) -> None:
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
        items = requests.get(f"{self.phones}/_received", params={"channel": channel}, timeout=10).json()["items"]
        return [item for item in items if to is None or item["to"].endswith(to)]

    def reply(self, phone: str, words: str) -> None:
        """Somebody writes back to the last SMS that they got."""
        said = {"to": f"86{phone.removeprefix('86')}", "content": words}
        requests.post(f"{self.phones}/_reply", json=said, timeout=10).raise_for_status()

    def sign_in(self, phone: str) -> "Client":
        """Sign in as a person does: ask for a code, read the SMS, type it."""
        client = Client(self.url)
        before = len(self.sent("sms", phone))
        client.post("/members/sign-in/codes", {"phone": phone})
        message = until(lambda: self.sent("sms", phone)[before:])[-1]
        code = re.search(r"\d{6}", str(message["content"]["TemplateParam"]))
        assert code, message
        client.post("/members/sign-in", {"phone": phone, "code": code.group(), "remember": True})
        return client

    def person(self, name: str) -> "Client":
        """A member of the demo set, signed in once."""
        if name not in self.signed_in:
            self.signed_in[name] = self.sign_in(self.number(name))
        return self.signed_in[name]

    def number(self, name: str) -> str:
        """A member's telephone number: the secretary's is written down, the others' she looks up."""
        if name == SECRETARY:
            return re.search(rf"{name}\s+(\d+)", self.logins()).group(1)  # type: ignore[union-attr]
        secretary = self.person(SECRETARY)
        found = next(one for one in secretary.get("/members/people", q=name)["items"] if one["name"] == name)
        return secretary.get(f"/members/people/{found['id']}")["phone"]

    def key(self, unit: str) -> "Client":
        """A unit's live key, from where the demo set wrote it down."""
        line = next(line for line in self.logins().splitlines() if unit in line and "jc_live_" in line)
        return Client(self.url, re.search(r"jc_live_[\w-]+", line).group())  # type: ignore[union-attr]

    def logins(self) -> str:
        return (self.data / "demo-logins.txt").read_text()

    def clock_strikes(self, job: str) -> None:
        """Now, for this job of a service's schedules, whatever hour it is."""
        place = postgres.locate(self.data / "postgres")
        with psycopg.connect(place.url.replace("postgresql+psycopg", "postgresql")) as connection:
            struck = connection.execute("UPDATE bus.schedules SET slot = '-infinity' WHERE job = %s", [job])
            assert struck.rowcount == 1, job

    def it_is_time_for_digests(self) -> None:
        """What waits for a time of the day is due, and the clock strikes."""
        place = postgres.locate(self.data / "postgres")
        with psycopg.connect(place.url.replace("postgresql+psycopg", "postgresql")) as connection:
            connection.execute("UPDATE notify.sendings SET due_at = now() WHERE state = 'held'")
        self.clock_strikes("notify.every.write_digests")

    def pids(self, name: str) -> list[int]:
        """The processes of a program under the supervisor, by a word of their command lines."""
        found = []
        for process in descendants(self.process.pid if self.process else 0):
            command = Path(f"/proc/{process}/cmdline")
            if command.exists() and name.encode() in command.read_bytes():
                found.append(process)
        return found


class Client:
    """A browser or a unit's software, as far as HTTP goes."""

    def __init__(self, url: str, key: str | None = None) -> None:
        self.url = f"{url}/api"
        self.http = requests.Session()
        self.http.headers["X-Requested-By"] = "tests"
        if key:
            self.http.headers["Authorization"] = f"Bearer {key}"

    def get(self, path: str, **query):
        return self.ask("GET", path, params=query)

    def post(self, path: str, body: dict | None = None, *, key: str | None = None, version: int | None = None):
        headers = {"Idempotency-Key": key or str(uuid4())} | ({"If-Match": f'"v{version}"'} if version else {})
        return self.ask("POST", path, json=body or {}, headers=headers)

    def put(self, path: str, body: dict | None = None, *, version: int | None = None):
        return self.ask("PUT", path, json=body or {}, headers={"If-Match": f'"v{version}"'} if version else {})

    def ask(self, method: str, path: str, **more):
        answer = self.http.request(method, self.url + path, timeout=30, **more)
        assert answer.status_code < 400, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@contextmanager
def stack(data: Path, begin_with: str | None = None, **settings: str):
    """The product on free ports with its data in a folder; stopped at the end.

    *begin_with*: a copy of this folder, in which such a product has loaded its demo set before.
    """
    if begin_with and not Path(begin_with, "postgres").is_symlink():  # to what only its own server may read
        shutil.copytree(begin_with, data, symlinks=True, dirs_exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    running = Stack(f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}", data, settings)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def descendants(pid: int) -> list[int]:
    """All processes that a process started, and those that these started."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def free_port() -> int:
    """A port for later: of those that Linux gives to nobody who connects somewhere meanwhile."""
    while True:
        port = random.randrange(10_000, 32_768)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def until(seen, seconds: float = 30):
    """Look until *seen* returns something true, and return that: the product needs a moment, how long is no promise."""
    limit = time.monotonic() + seconds
    while not (found := seen()):
        if time.monotonic() > limit:
            raise AssertionError("not seen")
        time.sleep(0.05)
    return found


if __name__ == "__main__":
    with stack(Path(sys.argv[1])):
        pass
