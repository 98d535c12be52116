"""Web servers side by side: the same application, the same Postgres, the same phones.

Each server is started in turn beside the running product, on its database and with its settings. *healthz* answers
JSON with no work; a check-in is durable. Processor time is that of the server's own processes, Postgres and the load
client apart: it hardly depends on what else the machine does. Memory is the proportional set size after the load.

Left out: gunicorn's *sync* workers, which close the connection after each answer and hold no event stream without
giving a whole process to it. granian is no dependency of ours: it takes part where it can be imported.
"""

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from bench.checkins import HEALTHZ
from bench.client import Load, Refused, load
from bench.crews import Phone, on_their_way
from bench.measure import PROJECT, figure
from bench.memory import of_tree
from bench.product import Product
from tests.stack import descendants, free_port

THREADS = 64
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
HEAD = """\
| Server | Check-ins | healthz | Check-ins ÷ healthz | CPU a check-in | CPU a healthz | First answer | Memory |
|---|--:|--:|--:|--:|--:|--:|--:|
"""


@dataclass
class Server:
    """A way to run the application, and what was found of it."""

    name: str
    command: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    first_answer: float = 0
    memory: float = 0
    loads: dict[str, list[Load]] = field(default_factory=lambda: {"check-ins": [], "healthz": []})
    costs: dict[str, list[float]] = field(default_factory=lambda: {"check-ins": [], "healthz": []})

    def __str__(self) -> str:
        rates = {what: median(load.per_second for load in found) for what, found in self.loads.items()}
        costs = [f"{figure(median(self.costs[what]))} ms" for what in ("check-ins", "healthz")]
        told = [f"{figure(rate)} /s" for rate in rates.values()]
        ratio = figure(rates["check-ins"] / rates["healthz"])
        cells = [self.name, *told, ratio, *costs, f"{self.first_answer:.1f} s", f"{self.memory:.0f} MB"]
        return f"| {' | '.join(cells)} |"


@dataclass
class Comparison:
    """One line a server."""

    servers: list[Server]
    note: str

    def __str__(self) -> str:
        return HEAD + "\n".join(map(str, self.servers)) + f"\n\n* {self.note}"


def measure(product: Product, options: Namespace) -> Comparison:
    phones = on_their_way(product, options.connections)[: options.connections]
    servers = list(_servers())
    for server in servers:
        with _running(server) as (pid, url):
            ask = partial(load, url, connections=len(phones), seconds=options.seconds)
            _measure_one(server, pid, ask, phones, options.rounds)
    sizes = f"{options.seconds:.0f} s a round, {options.rounds} rounds"
    return Comparison(servers, f"{len(phones)} phones at once, {sizes}; no stream was open.")


def _servers() -> Iterator[Server]:
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "services.gateway:app"]
    for processes in (1, 2):
        settings = {"WEB_PROCESSES": str(processes), "WEB_THREADS": str(THREADS // processes)}
        yield Server(f"gunicorn gthread, {processes} × {THREADS // processes} threads", gunicorn, settings)
    if find_spec("granian") is None:
        return
    for processes in (1, 2):
        counts = ["--workers", str(processes), "--blocking-threads", str(THREADS // processes)]
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", *counts, "services.gateway:app"]
        yield Server(f"granian, {processes} × {THREADS // processes} threads", command)


@contextmanager
def _running(server: Server) -> Iterator[tuple[int, str]]:
    """Start it; its process and its address, once it answers."""
    port, begun = free_port(), time.monotonic()
    where = {"LISTEN": f"127.0.0.1:{port}", "GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port)}
    environment = {**os.environ, **where, **server.settings}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(server.command, cwd=PROJECT, env=environment, **silent) as process:  # type: ignore[call-overload]
        try:
            _wait(process, server.name, f"http://127.0.0.1:{port}/api/patrol/healthz")
            server.first_answer = time.monotonic() - begun
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen, name: str, url: str) -> None:
    limit = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < limit:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise Refused(f"{name} does not answer")


def _measure_one(server: Server, pid: int, ask: Callable[..., Load], phones: list[Phone], rounds: int) -> None:
    loads = {"check-ins": lambda n: phones[n].check_ins(), "healthz": lambda n: repeat(HEALTHZ)}
    for number in range(rounds + 1):
        for what, requests in loads.items():
            before = _spent(pid)
            found = ask(requests)
            if number:  # the first round fills pools and caches
                server.loads[what].append(found)
                server.costs[what].append(1000 * (_spent(pid) - before) / found.answers)
                print(f"  {server.name}, {what}: {found}", flush=True)
    server.memory = of_tree(pid).total()


def _spent(pid: int) -> float:
    """Seconds of processor time of a process and all that it started."""
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(") ")[2].split() for each in (pid, *descendants(pid))]
    return sum(int(user) + int(system) for user, system in (each[11:13] for each in fields)) / TICK
